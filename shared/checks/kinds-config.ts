import { httpConfig } from './http.config.ts'
import type { CheckKindConfig } from './kind.ts'

/** The describing halves of all check kinds, for configuration and documentation. One line per kind. */
export const checkKindConfigs: CheckKindConfig<unknown>[] = [httpConfig]
