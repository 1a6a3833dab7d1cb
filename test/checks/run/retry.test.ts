import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CheckKind, RunResult } from '../../../shared/checks/kind.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { runChecks } from '../../../shared/checks/run/run-checks.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
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
type Look = { ms: number; seen: RunResult } | 'silent'

const says = (said: string) => fact('connection-failed', { said })
const down = (fault: Fact, ms = 0): Look => ({ ms, seen: { outcome: 'down', fault } })
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
        look === 'silent'
          ? { ms: deadline - io.now(), seen: { outcome: 'down' as const, fault: says('nothing') } }
          : look
      return new Promise((resolve) => setTimeout(() => resolve(seen), ms))
    },
  }
  const check = someCheck({ kind: 'seer', timeoutMs: 5_000, ...changes })
  const deadline = cutAfterMs === undefined ? {} : { deadline: start + cutAfterMs }
  const run = runChecks([check], someIo(), { kinds: { seer: kind }, ...deadline })
  await vi.advanceTimersByTimeAsync(10_000)
  const [observation] = await run
  return { starts, left: left.length, seen: [observation?.outcome, observation?.fault], observation }
}

describe('a check that finds its target down', () => {
  it('is not repeated unless that is asked for', async () => {
    const { starts, seen } = await runs([down(fact('connection-refused'))], {})
    expect(starts).toEqual(['0 to 5000'])
    expect(seen).toEqual(['down', fact('connection-refused')])
  })

  it('looks again a moment later, and says what was before', async () => {
    const { starts, seen, observation } = await runs([down(fact('dns-failed', { why: 'server-failed' }), 30), up(40)], {
      retries: 1,
    })
    expect(starts).toEqual(['0 to 2500', '230 to 5000'])
    expect(seen).toEqual(['up', fact('recovered', { try: 2, before: fact('dns-failed', { why: 'server-failed' }) })])
    expect(observation).toMatchObject({ at: start, latencyMs: 40 })
  })

  it('is down when all tries are, as the last one saw it, and says how many there were', async () => {
    const { starts, seen } = await runs([down(says('a'), 10), down(says('b'), 10), down(says('c'), 10)], { retries: 2 })
    expect(starts).toEqual(['0 to 1666', '210 to 2605', '420 to 5000'])
    expect(seen).toEqual(['down', fact('after-tries', { tries: 3, last: says('c') })])
  })

  it('leaves time for the next try when it hears nothing', async () => {
    const { starts, seen } = await runs(['silent', 'silent', up()], { retries: 2, timeoutMs: 3_000 })
    expect(starts).toEqual(['0 to 1000', '1200 to 2100', '2300 to 3000'])
    expect(seen).toEqual(['up', fact('recovered', { try: 3, before: says('nothing') })])
  })

  it('does not look again without time to do so', async () => {
    const { starts, seen } = await runs([down(says('slow'), 850), up()], { retries: 1, timeoutMs: 1_000 })
    expect(starts).toEqual(['0 to 500'])
    expect(seen).toEqual(['down', says('slow')])
  })

  it('does not look again after the run has ended', async () => {
    const { starts, seen } = await runs([down(says('a')), up()], { retries: 1 }, 100)
    expect(starts).toEqual(['0 to 2500'])
    expect(seen).toEqual(['unknown', fact('cut-short')])
  })
})

it.each<RunResult>([
  { outcome: 'up', fault: fact('certificate-expires', { inMs: 2635200000 }) },
  { outcome: 'degraded', fault: fact('over-limit', { of: 'latency', tookMs: 900, limitMs: 800 }) },
  { outcome: 'unknown', fault: fact('variables-not-set', { names: ['TOKEN'] }) },
])('what is not down is not looked at again: %j', async (seen) => {
  const result = await runs([{ ms: 0, seen }], { retries: 3 })
  expect(result.starts).toHaveLength(1)
  expect(result.seen).toEqual([seen.outcome, seen.fault])
})

it('keeps what the last try has to say', async () => {
  const slow = fact('over-limit', { of: 'latency', tookMs: 900, limitMs: 800 })
  const { seen } = await runs([down(says('a')), { ms: 0, seen: { outcome: 'degraded', fault: slow } }], { retries: 1 })
  expect(seen).toEqual(['degraded', fact('recovered', { try: 2, before: says('a'), now: slow })])
})
