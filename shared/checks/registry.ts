import { http } from './http.ts'
import type { CheckKind } from './kind.ts'

/** The running halves of all check kinds, by their name. One line per kind. */
export const checkKinds: Record<string, CheckKind<unknown>> = {
  http,
}
