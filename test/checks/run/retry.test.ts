import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CheckKind, Seen } from '../../../shared/checks/kind.ts'
import { runChecks } from '../../../shared/checks/run/run-checks.ts'
import { someCheck, someIo } from '../records.ts'

const start = Date.UTC(2026, 10, 21, 2, 13)

beforeEach(() => {
  vi.useFakeTimers({ now: start })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

/** A look that takes so long and sees that; `silent` hears nothing until its own deadline. */
type Look = { ms: number; seen: Seen } | 'silent'

const down = (detail: string, ms = 0): Look => ({ ms, seen: { outcome: 'down', detail } })
const up = (ms = 0): Look => ({ ms, seen: { outcome: 'up', latencyMs: ms } })

/** Runs a check that sees one thing after the other. */
async function runs(looks: Look[], changes: { retries?: number; timeoutMs?: number }, cutAfterMs?: number) {
  const starts: string[] = []
  const left = [...looks]
  const kind: CheckKind<unknown> = {
    kind: 'seer',
    run(_check, io, deadline) {
      const look = left.shift()
      if (look === undefined) throw new Error('one look too many')
      starts.push(`${io.now() - start} to ${deadline - start}`)
      const { ms, seen } =
        look === 'silent' ? { ms: deadline - io.now(), seen: { outcome: 'down' as const, detail: 'timeout' } } : look
      return new Promise((resolve) => setTimeout(() => resolve(seen), ms))
    },
  }
  const check = someCheck({ kind: 'seer', timeoutMs: 5_000, ...changes })
  const deadline = cutAfterMs === undefined ? {} : { deadline: start + cutAfterMs }
  const run = runChecks([check], someIo(), { kinds: { seer: kind }, ...deadline })
  await vi.advanceTimersByTimeAsync(10_000)
  const [observation] = await run
  return { starts, left: left.length, seen: [observation?.outcome, observation?.detail], observation }
}

describe('a check that finds its target down', () => {
  it('is not repeated unless that is asked for', async () => {
    const { starts, seen } = await runs([down('connection refused')], {})
    expect(starts).toEqual(['0 to 5000'])
    expect(seen).toEqual(['down', 'connection refused'])
  })

  it('looks again a moment later, and says what was before', async () => {
    const { starts, seen, observation } = await runs([down('DNS: server failed', 30), up(40)], { retries: 1 })
    expect(starts).toEqual(['0 to 2500', '230 to 5000'])
    expect(seen).toEqual(['up', 'try 2, before: DNS: server failed'])
    expect(observation).toMatchObject({ at: start, latencyMs: 40 })
  })

  it('is down when all tries are, as the last one saw it, and says how many there were', async () => {
    const { starts, seen } = await runs([down('a', 10), down('b', 10), down('c', 10)], { retries: 2 })
    expect(starts).toEqual(['0 to 1666', '210 to 2605', '420 to 5000'])
    expect(seen).toEqual(['down', 'c; 3 tries'])
  })

  it('leaves time for the next try when it hears nothing', async () => {
    const { starts, seen } = await runs(['silent', 'silent', up()], { retries: 2, timeoutMs: 3_000 })
    expect(starts).toEqual(['0 to 1000', '1200 to 2100', '2300 to 3000'])
    expect(seen).toEqual(['up', 'try 3, before: timeout'])
  })

  it('does not look again without time to do so', async () => {
    const { starts, seen } = await runs([down('slow', 850), up()], { retries: 1, timeoutMs: 1_000 })
    expect(starts).toEqual(['0 to 500'])
    expect(seen).toEqual(['down', 'slow'])
  })

  it('does not look again after the run has ended', async () => {
    const { starts, seen } = await runs([down('a'), up()], { retries: 1 }, 100)
    expect(starts).toEqual(['0 to 2500'])
    expect(seen).toEqual(['unknown', 'cut short: the run was out of time'])
  })
})

it.each<Seen>([
  { outcome: 'up', detail: 'certificate expires in 30d' },
  { outcome: 'degraded', detail: '900ms, limit 800ms' },
  { outcome: 'unknown', detail: "not set in the probe's environment: TOKEN" },
])('what is not down is not looked at again: %j', async (seen) => {
  const result = await runs([{ ms: 0, seen }], { retries: 3 })
  expect(result.starts).toHaveLength(1)
  expect(result.seen).toEqual([seen.outcome, seen.detail])
})

it('keeps what the last try has to say', async () => {
  const { seen } = await runs(
    [down('timeout'), { ms: 0, seen: { outcome: 'degraded', detail: '900ms, limit 800ms' } }],
    { retries: 1 },
  )
  expect(seen).toEqual(['degraded', '900ms, limit 800ms; try 2, before: timeout'])
})
