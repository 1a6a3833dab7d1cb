import { expect } from 'vitest'
import { vantagePointsConfig } from '../../../shared/checks/vantage-points/config.ts'
import { speedTestKeys } from '../../../shared/checks/vantage-points/keys.ts'
import { vantagePoints } from '../../../shared/checks/vantage-points/run.ts'
import type { VantagePointsSpec } from '../../../shared/checks/vantage-points/spec.ts'
import { place } from '../../../shared/contracts/report.ts'
import { someCheck, someIo } from '../records.ts'

interface Circumstances {
  env?: Record<string, string | undefined>
  timeoutMs?: number
  speedTests?: Record<string, Record<string, unknown>>
  signal?: AbortSignal
}

/** Runs a check from its keys as people write them, once. */
export async function lookAround(keys: Record<string, unknown>, circumstances: Circumstances = {}) {
  const { env = {}, timeoutMs = 20_000, speedTests = {}, signal } = circumstances
  const entries = Object.entries(speedTests).map(([name, entry]) => [name, speedTestKeys.parse(entry)])
  const linked = vantagePointsConfig.section?.link(vantagePointsConfig.schema.parse(keys), Object.fromEntries(entries))
  if (linked === undefined || !('spec' in linked)) throw new Error(`no check: ${JSON.stringify(linked)}`)
  const spec = linked.spec as VantagePointsSpec
  const check = { ...someCheck({ kind: 'vantage-points', timeoutMs }), spec }
  const io = { ...someIo(env), ...(signal === undefined ? {} : { signal }) }
  const seen = await vantagePoints.run(check, io, io.now() + timeoutMs)
  for (const one of seen.places ?? []) expect(place.parse(one)).toEqual(one)
  return seen
}
