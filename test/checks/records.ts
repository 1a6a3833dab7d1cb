import { httpConfig } from '../../shared/checks/http.config.ts'
import type { HttpSpec } from '../../shared/checks/http-spec.ts'
import type { CheckIo } from '../../shared/checks/kind.ts'
import type { CompiledCheck } from '../../shared/config/compiled.ts'

/** A check as the configuration compiles it, of a kind that does nothing unless the test says so. */
export function someCheck(changes: Partial<CompiledCheck> = {}): CompiledCheck {
  const name = changes.name ?? 'web'
  return {
    id: `pay/${name}`,
    project: 'pay',
    name,
    title: '收银台',
    kind: 'http',
    spec: {},
    intervalMs: 60_000,
    timeoutMs: 2_000,
    confirm: { m: 2, n: 3 },
    severity: 'critical',
    from: ['aws/ap-southeast-1'],
    ...changes,
  }
}

/** An http check from its keys as people write them. */
export function httpCheck(keys: Record<string, unknown>, changes: Partial<CompiledCheck> = {}) {
  const spec: HttpSpec = httpConfig.schema.parse(keys)
  return { ...someCheck(changes), spec }
}

/** The real clocks and an environment. */
export function someIo(env: CheckIo['env'] = {}): CheckIo {
  return { now: Date.now, monotonic: () => performance.now(), env, signal: new AbortController().signal }
}
