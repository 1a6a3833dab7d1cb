import { expect } from 'vitest'
import { httpConfig } from '../../shared/checks/http/config.ts'
import type { HttpSpec } from '../../shared/checks/http/spec.ts'
import type { CheckIo, RunResult } from '../../shared/checks/kind.ts'
import { checkKindConfigs } from '../../shared/checks/registered/configs.ts'
import { checkKinds } from '../../shared/checks/registered/runs.ts'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import type { Fact } from '../../shared/contracts/fact.ts'

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

/** A check of any kind that probes run, from its keys as people write them, and its running half. */
export async function seenBy(
  keys: Record<string, unknown>,
  io: CheckIo = someIo(),
  timeoutMs = 2_000,
  changes: Partial<CompiledCheck> = {},
): Promise<RunResult> {
  const descriptor = checkKindConfigs.find(({ kind }) => kind in keys)
  const kind = checkKinds[descriptor?.kind ?? '']
  if (descriptor === undefined || kind === undefined) throw new Error(`no kind of check in ${Object.keys(keys)}`)
  return kind.run({ ...someCheck(changes), spec: descriptor.schema.parse(keys) }, io, io.now() + timeoutMs)
}

/** The time of a check that is to end with `fault`: what a timeout says, else enough on a busy machine; ms. */
export function timeoutFor({ args }: Fact): number {
  return typeof args.limitMs === 'number' ? args.limitMs : 2_000
}

/** A fault of having taken longer than `limitMs`, however long that was. */
export function overLimit(limitMs: number, of = 'latency') {
  return { code: 'over-limit', args: { of, tookMs: expect.any(Number), limitMs } }
}

/** The real clocks and an environment. */
export function someIo(env: CheckIo['env'] = {}): CheckIo {
  return { now: Date.now, monotonic: () => performance.now(), env, signal: new AbortController().signal }
}
