import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import { report as contract, type Report } from '../../../shared/contracts/report.ts'
import { recentOutcomes } from '../../../shared/delivery/recent-outcomes.ts'
import { reportSender, type Send } from '../../../shared/delivery/report-sender.ts'
import { type Invocation, type ProbeDeps, probe } from '../../../shared/engine/verdicts/run-probe.ts'
import { httpCheck, someCheck } from '../../checks/records.ts'

const start = Date.UTC(2026, 10, 21, 2, 13)
const vantage = 'aws/ap-southeast-1'

beforeEach(() => {
  vi.useFakeTimers({ now: start })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const invocation: Invocation = { id: 'run-1', function: 'probe', version: '7', coldStart: true, endsAt: start + 60_000 }

/** Of a kind that no probe knows: an observation without any target. */
const check = (name: string, intervalMs = 60_000) => someCheck({ name, kind: 'none', intervalMs })

function someProbe(checks: ProbeDeps['checks'], send?: Send) {
  const sent: { at: number; report: Report }[] = []
  const lines: Record<string, unknown>[] = []
  const take: Send = async (message) =>
    void sent.push({ at: Date.now() - start, report: contract.parse(JSON.parse(message)) })
  const deps: ProbeDeps = {
    checks,
    vantage,
    io: { now: Date.now, monotonic: () => performance.now(), env: { TOKEN: 's3cret' } },
    reportSender: reportSender(send ?? take, Date.now),
    sends: new Map(),
    recentOutcomes: recentOutcomes(),
    lastResort: async () => {},
    log: (line) => lines.push(line),
  }
  return { deps, sent, lines }
}

describe('a scheduled run', () => {
  it('sends one report of what is due, and tells it in one line', async () => {
    const { deps, sent, lines } = someProbe([check('web'), check('api')])
    await probe(deps, { run: 'due', at: start }, invocation)
    const runner = {
      function: 'probe',
      run: 'run-1',
      version: '7',
      startedAt: start,
      finishedAt: start,
      coldStart: true,
    }
    const observed = { project: 'pay', at: start, outcome: 'unknown', fault: fact('kind-unknown', { kind: 'none' }) }
    const observations = [
      { check: 'pay/web', ...observed },
      { check: 'pay/api', ...observed },
    ]
    expect(sent).toEqual([{ at: 0, report: { v: 1, kind: 'report', vantage, runner, observations } }])
    const counts = { checks: 2, up: 0, degraded: 0, down: 0, unknown: 2 }
    expect(lines).toEqual([
      { level: 'info', event: 'report sent', run: 'run-1', vantage, ...counts, ms: 0, messages: 1, sendMs: 0 },
    ])
  })

  it('tells what became of the last report in each of several regions', async () => {
    const { deps, sent } = someProbe([])
    await probe(deps, { run: 'due', at: start }, invocation)
    deps.sends.set('a', { to: 'ap-southeast-1', isTaken: true })
    deps.sends.set('b', { to: 'ap-northeast-1', isTaken: false, why: 'HTTP 503' })
    await probe(deps, { run: 'due', at: start }, { ...invocation, id: 'run-2' })
    expect(sent.map(({ report }) => report.runner.sends)).toEqual([
      undefined,
      [
        { to: 'ap-southeast-1', isTaken: true },
        { to: 'ap-northeast-1', isTaken: false, why: 'HTTP 503' },
      ],
    ])
  })

  it('sends a heartbeat when nothing is due', async () => {
    const { deps, sent } = someProbe([])
    await probe(deps, { run: 'due', at: start }, invocation)
    expect(sent.map(({ report }) => report.observations)).toEqual([[]])
  })

  it('runs each check in its own minute of an hour', async () => {
    const hourly = Array.from({ length: 30 }, (_, index) => check(`hourly-${index}`, 3_600_000))
    const { deps, sent } = someProbe(hourly)
    for (let minute = 0; minute < 60; minute++) {
      await probe(deps, { run: 'due', at: start + minute * 60_000 }, { ...invocation, id: `run-${minute}` })
    }
    const observed = sent.flatMap(({ report }) => report.observations.map((observation) => observation.check))
    expect(observed.toSorted()).toEqual(hourly.map(({ id }) => id).toSorted())
    expect(sent).toHaveLength(60)
  })

  it('sends a report of its own for each sub-run of checks below a minute', async () => {
    const { deps, sent } = someProbe([check('web'), check('fast', 20_000)])
    const run = probe(deps, { run: 'due', at: start }, invocation)
    await vi.advanceTimersByTimeAsync(55_000)
    await run
    const fast = sent.filter(({ report }) =>
      report.observations.some((observation) => observation.check === 'pay/fast'),
    )
    const first = fast[0]?.at ?? 0
    expect(fast.map(({ at }) => at)).toEqual([first, first + 20_000, first + 40_000])
    const web = sent.filter(({ report }) => report.observations.some((observation) => observation.check === 'pay/web'))
    expect(web.map(({ at }) => at)).toEqual([0])
    const runs = sent.map(({ at, report }) => [at, report.runner.run])
    expect(runs).toEqual(sent.map(({ at }) => [at, at === 0 ? 'run-1' : `run-1+${at / 1000}s`]))
  })

  it('gives the usual timeout to checks of the last sub-run, too', async () => {
    const silent = { ...httpCheck({ http: 'http://silent.example/' }), timeoutMs: 5_000, intervalMs: 10_000 }
    const { deps, sent } = someProbe([silent])
    vi.spyOn(await import('node:dns/promises').then((dns) => dns.default), 'resolve4').mockReturnValue(
      new Promise(() => {}),
    )
    const run = probe(deps, { run: 'due', at: start }, invocation)
    await vi.advanceTimersByTimeAsync(56_000)
    await run
    expect(sent.map(({ at, report }) => [at, report.observations[0]?.outcome])).toEqual(
      [0, 10_000, 20_000, 30_000, 40_000, 50_000].map((startsAt) => [startsAt + 5_000, 'down']),
    )
  })

  it('cuts checks in time to send what it has', async () => {
    const silent = { ...httpCheck({ http: 'http://silent.example/' }), timeoutMs: 120_000 }
    const { deps, sent } = someProbe([silent, check('api')])
    vi.spyOn(await import('node:dns/promises').then((dns) => dns.default), 'resolve4').mockReturnValue(
      new Promise(() => {}),
    )
    const run = probe(deps, { run: 'due', at: start }, { ...invocation, endsAt: start + 20_000 })
    await vi.advanceTimersByTimeAsync(16_000)
    await run
    expect(sent.map(({ at, report }) => [at, report.observations.map(({ fault }) => fault?.code)])).toEqual([
      [16_000, ['cut-short', 'kind-unknown']],
    ])
  })

  it('fails when the report cannot be sent, after telling why', async () => {
    const { deps, lines } = someProbe([check('web')], async () => {
      throw new Error('SQS not reached (tries: 9): ECONNREFUSED')
    })
    await expect(probe(deps, { run: 'due', at: start }, invocation)).rejects.toThrow('SQS not reached')
    expect(lines).toMatchObject([{ level: 'error', event: 'report not sent', run: 'run-1', checks: 1, unknown: 1 }])
  })

  it('goes on with the later sub-runs when one report cannot be sent, and fails in the end', async () => {
    const sent: string[] = []
    const { deps, lines } = someProbe([check('fast', 30_000)], async (message) => {
      const { runner } = contract.parse(JSON.parse(message))
      if (runner.run === 'run-1') throw new Error('SQS not reached')
      sent.push(runner.run)
    })
    const run = probe(deps, { run: 'due', at: start }, invocation)
    run.catch(() => {})
    await vi.advanceTimersByTimeAsync(55_000)
    await expect(run).rejects.toThrow('SQS not reached')
    expect(sent.length).toBeGreaterThan(0)
    expect(lines.map(({ event }) => event)).toContain('report sent')
  })
})

describe('a run by hand', () => {
  it('runs everything, or what it names, at whatever interval', async () => {
    const { deps, sent } = someProbe([check('web'), check('api'), check('nightly', 86_400_000)])
    await probe(deps, { run: 'all' }, invocation)
    const { observations } = await probe(
      deps,
      { run: 'named', checks: ['pay/nightly'] },
      { ...invocation, id: 'run-2' },
    )
    const checks = sent.map(({ report }) => report.observations.map((observation) => observation.check))
    expect(checks).toEqual([['pay/web', 'pay/api', 'pay/nightly'], ['pay/nightly']])
    expect(observations.map((observation) => observation.check)).toEqual(['pay/nightly'])
  })

  it('says which names it does not know, and runs nothing', async () => {
    const { deps, sent } = someProbe([check('web')])
    const run = probe(deps, { run: 'named', checks: ['pay/web', 'pay/wbe'] }, invocation)
    await expect(run).rejects.toThrow('no such check at aws/ap-southeast-1: pay/wbe')
    expect(sent).toEqual([])
  })
})
