import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CheckIo, CheckKind, RunResult } from '../../../shared/checks/kind.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { runChecks } from '../../../shared/checks/run/run-checks.ts'
import type { CompiledCheck } from '../../../shared/contracts/compiled-config.ts'
import type { Observation } from '../../../shared/contracts/report.ts'
import { observation as contract } from '../../../shared/contracts/report.ts'
import { someCheck, someIo } from '../records.ts'

const start = Date.UTC(2026, 10, 21, 2, 13)

beforeEach(() => {
  vi.useFakeTimers({ now: start })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

type Behaviour = (check: CompiledCheck, io: CheckIo, deadline: number) => Promise<RunResult>

/** Checks named by their index, each of a kind that behaves like that. */
function checksThat(...behaviours: Behaviour[]) {
  const checks = behaviours.map((_, index) =>
    someCheck({ id: `pay/${index}`, kind: `kind-${index}`, timeoutMs: 5_000 }),
  )
  const kinds: Record<string, CheckKind<unknown>> = {}
  for (const [index, run] of behaviours.entries()) kinds[`kind-${index}`] = { kind: `kind-${index}`, run }
  return { checks, kinds }
}

const takes =
  (ms: number, seen: RunResult = { outcome: 'up' }): Behaviour =>
  () =>
    new Promise((resolve) => setTimeout(() => resolve(seen), ms))
const never: Behaviour = () => new Promise(() => {})

const told = (observations: Observation[]) => observations.map(({ outcome, fault }) => [outcome, fault])

describe('observations', () => {
  it('come in the order of the checks, each with its start', async () => {
    const { checks, kinds } = checksThat(
      takes(300, {
        outcome: 'down',
        fault: fact('http-status', { status: 502 }),
        latencyMs: 213,
        phases: { connect: 1 },
      }),
      takes(100, { outcome: 'up', latencyMs: 99.5 }),
    )
    const run = runChecks(checks, someIo(), { kinds, concurrency: 1 })
    await vi.advanceTimersByTimeAsync(400)
    expect(await run).toEqual([
      {
        check: 'pay/0',
        project: 'pay',
        at: start,
        outcome: 'down',
        fault: fact('http-status', { status: 502 }),
        latencyMs: 213,
        phases: { connect: 1 },
      },
      { check: 'pay/1', project: 'pay', at: start + 300, outcome: 'up', latencyMs: 99.5 },
    ])
  })

  it('are told one by one as checks end', async () => {
    const { checks, kinds } = checksThat(takes(300), takes(100), takes(200))
    const ended: string[] = []
    const run = runChecks(checks, someIo(), {
      kinds,
      onObserved: ({ check }) => ended.push(`${check} ${Date.now() - start}`),
    })
    await vi.advanceTimersByTimeAsync(300)
    await run
    expect(ended).toEqual(['pay/1 100', 'pay/2 200', 'pay/0 300'])
  })

  it('of no checks are none', async () => {
    expect(await runChecks([], someIo())).toEqual([])
  })

  it('fit the contract, whatever a target puts into a fault', async () => {
    const { checks, kinds } = checksThat(
      takes(0, {
        outcome: 'down',
        fault: fact('connection-failed', { said: `\u0000a\r\n\ufffe\ud800b\u202e${'烽'.repeat(300)}` }),
      }),
    )
    const run = runChecks(checks, someIo(), { kinds })
    await vi.advanceTimersByTimeAsync(0)
    const [observation] = await run
    expect(contract.parse(observation)).toEqual(observation)
    expect(observation?.fault?.args).toEqual({ said: `a b ${'烽'.repeat(155)}…` })
  })
})

describe('a check that fails in itself', () => {
  it('is unknown, and the others go on', async () => {
    const { checks, kinds } = checksThat(
      () => Promise.reject(new TypeError('no such field')),
      () => {
        throw new Error('thrown at once')
      },
      takes(10),
    )
    const run = runChecks([...checks, someCheck({ kind: 'seance' })], someIo(), { kinds, concurrency: 1 })
    await vi.advanceTimersByTimeAsync(10)
    expect(told(await run)).toEqual([
      ['unknown', fact('check-failed', { said: 'TypeError: no such field' })],
      ['unknown', fact('check-failed', { said: 'Error: thrown at once' })],
      ['up', undefined],
      ['unknown', fact('kind-unknown', { kind: 'seance' })],
    ])
  })

  it('is given up two seconds after its deadline when it does not come back', async () => {
    const { checks, kinds } = checksThat(never, takes(10))
    const run = runChecks(checks, someIo(), { kinds, concurrency: 1 })
    await vi.advanceTimersByTimeAsync(6_999)
    const early = vi.fn()
    run.then(early)
    await vi.advanceTimersByTimeAsync(0)
    expect(early).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(11)
    expect(told(await run)).toEqual([
      ['unknown', fact('did-not-end')],
      ['up', undefined],
    ])
  })
})

describe('concurrency', () => {
  it.each([1, 3, 50])('is at most %i', async (concurrency) => {
    let running = 0
    let most = 0
    const busy: Behaviour = async () => {
      running++
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 10))
      running--
      return { outcome: 'up' }
    }
    const { checks, kinds } = checksThat(...Array.from({ length: 120 }, () => busy))
    const run = runChecks(checks, someIo(), { kinds, concurrency })
    await vi.advanceTimersByTimeAsync(1_200)
    expect(await run).toHaveLength(120)
    expect(most).toBe(concurrency)
  })

  it('is enough for all to end in time though all are silent', async () => {
    const silent = takes(4_990, { outcome: 'down', fault: fact('timeout', { limitMs: 5_000 }) })
    const { checks, kinds } = checksThat(...Array.from({ length: 1000 }, () => silent))
    const run = runChecks(checks, someIo(), { kinds, deadline: start + 55_500 })
    await vi.advanceTimersByTimeAsync(55_500)
    expect((await run).filter(({ outcome }) => outcome === 'down')).toHaveLength(1000)
  })

  it('is never more than the probe can bear', async () => {
    let started = 0
    const counted: Behaviour = (...given) => {
      started++
      return never(...given)
    }
    const { checks, kinds } = checksThat(...Array.from({ length: 300 }, () => counted))
    const run = runChecks(checks, someIo(), { kinds, deadline: start + 5_100 })
    await vi.advanceTimersByTimeAsync(100)
    expect(started).toBe(200)
    await vi.advanceTimersByTimeAsync(5_000)
    await run
  })

  it('is 50 unless it is given', async () => {
    let started = 0
    const counted: Behaviour = (...run) => {
      started++
      return takes(10)(...run)
    }
    const { checks, kinds } = checksThat(...Array.from({ length: 60 }, () => counted))
    const run = runChecks(checks, someIo(), { kinds })
    await vi.advanceTimersByTimeAsync(0)
    expect(started).toBe(50)
    await vi.advanceTimersByTimeAsync(20)
    expect(await run).toHaveLength(60)
  })
})

describe('runs that overlap', () => {
  it('never run a check beside itself', async () => {
    const { checks, kinds } = checksThat(takes(300), takes(100))
    const running = new Set<string>()
    const first = runChecks(checks, someIo(), { kinds, running })
    await vi.advanceTimersByTimeAsync(200)
    const second = runChecks(checks, someIo(), { kinds, running })
    await vi.advanceTimersByTimeAsync(100)
    expect(told(await first)).toEqual([
      ['up', undefined],
      ['up', undefined],
    ])
    expect(told(await second)).toEqual([
      ['unknown', fact('still-running')],
      ['up', undefined],
    ])
    expect(running.size).toBe(0)
    const third = runChecks(checks, someIo(), { kinds, running })
    await vi.advanceTimersByTimeAsync(300)
    expect((await third).map(({ outcome }) => outcome)).toEqual(['up', 'up'])
  })
})

describe('a run that is out of time', () => {
  it('reports what it has, and marks the rest unknown', async () => {
    const { checks, kinds } = checksThat(takes(1_000), never, never, takes(10))
    const run = runChecks(checks, someIo(), { kinds, concurrency: 2, deadline: start + 1_200 })
    await vi.advanceTimersByTimeAsync(1_200)
    expect(told(await run)).toEqual([
      ['up', undefined],
      ['unknown', fact('cut-short')],
      ['unknown', fact('cut-short')],
      ['unknown', fact('not-run-in-time')],
    ])
  })

  it('tells its checks, so that they can close what they opened', async () => {
    const cut = vi.fn()
    const { checks, kinds } = checksThat((_check, io) => {
      io.signal.addEventListener('abort', cut)
      return new Promise(() => {})
    })
    const run = runChecks(checks, someIo(), { kinds, deadline: start + 100 })
    await vi.advanceTimersByTimeAsync(100)
    await run
    expect(cut).toHaveBeenCalledOnce()
  })

  it('gives each check its own deadline, by its timeout', async () => {
    const deadlines: number[] = []
    const { checks, kinds } = checksThat(async (_check, _io, deadline) => {
      deadlines.push(deadline)
      return { outcome: 'up' }
    })
    await runChecks(checks, someIo(), { kinds, deadline: start + 100 })
    expect(deadlines).toEqual([start + 5_000])
  })

  it('ends with the signal it was given, too', async () => {
    const end = new AbortController()
    const { checks, kinds } = checksThat(never)
    const run = runChecks(checks, { ...someIo(), signal: end.signal }, { kinds })
    end.abort()
    expect(told(await run)).toEqual([['unknown', fact('cut-short')]])
    const later = await runChecks(checks, { ...someIo(), signal: end.signal }, { kinds })
    expect(told(later)).toEqual([['unknown', fact('not-run-in-time')]])
  })
})
