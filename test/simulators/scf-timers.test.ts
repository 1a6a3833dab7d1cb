import { afterEach, describe, expect, it } from 'vitest'
import { startTestCloud, type TestCloud, TRANSITION } from './scf/client.ts'
import { readCron } from './scf/cron.ts'
import type { ScfOptions } from './scf/scf.ts'
import type { Run } from './scf/state.ts'

const HOUR = 3_600_000
const FunctionName = 'probe'

describe('a timer’s expression', () => {
  /** The first seconds at which it is due, from the given time on. */
  function due(cron: string, from: string, count: number): string[] {
    const test = readCron(cron)
    const found: string[] = []
    for (let at = Date.parse(`${from}Z`); found.length < count; at += 1000) {
      if (test(at)) found.push(new Date(at).toISOString().slice(0, 19))
    }
    return found
  }

  it.each([
    ['every minute', '0 * * * * * *', '2026-11-21T03:03:05', ['2026-11-21T03:04:00', '2026-11-21T03:05:00']],
    ['every five seconds', '*/5 * * * * * *', '2026-11-21T03:03:06', ['2026-11-21T03:03:10', '2026-11-21T03:03:15']],
    [
      'at 9 on working days',
      '0 0 9 * * MON-FRI *',
      '2026-11-21T00:00:00',
      ['2026-11-23T09:00:00', '2026-11-24T09:00:00'],
    ],
    ['Sunday is 0', '0 0 0 * * 0 *', '2026-11-21T00:00:00', ['2026-11-22T00:00:00']],
    ['a list and a range', '0 0,30 8-9 * * * *', '2026-11-21T08:30:00', ['2026-11-21T08:30:00', '2026-11-21T09:00:00']],
    ['a step from a start', '10/20 0 0 * * * *', '2026-11-21T00:00:00', ['2026-11-21T00:00:10', '2026-11-21T00:00:30']],
    ['a month by its name', '0 0 0 1 dec * *', '2026-11-21T00:00:00', ['2026-12-01T00:00:00']],
    ['day or weekday', '0 0 0 22 * 1 *', '2026-11-21T00:00:00', ['2026-11-22T00:00:00', '2026-11-23T00:00:00']],
    ['an open weekday', '0 0 0 22 * ? *', '2026-11-21T00:00:00', ['2026-11-22T00:00:00']],
    ['one year', '0 0 0 1 1 * 2027', '2026-12-31T00:00:00', ['2027-01-01T00:00:00']],
    ['the older five fields', '*/15 * * * *', '2026-11-21T03:03:05', ['2026-11-21T03:15:00', '2026-11-21T03:30:00']],
  ])('%s: %s', (_what, cron, from, expected) => {
    expect(due(cron, from, expected.length)).toEqual(expected)
  })

  it.each([
    ['six fields', '0 * * * * *', 'a cron has 7 fields, "0 * * * * *" has 6'],
    ['a form of another cloud', '@every 1m', 'a cron has 7 fields, "@every 1m" has 2'],
    ['a second too many', '60 * * * * * *', 'the second "60" is not within 0 to 59'],
    ['day 0', '0 0 0 0 * * *', 'the day "0" is not within 1 to 31'],
    ['Sunday as 7', '0 0 0 * * 7 *', 'the weekday "7" is not within 0 to 6'],
    ['a step of 0', '*/0 * * * * * *', 'the second "*/0" has a step that is none'],
    ['backwards', '30-10 * * * * * *', 'the second "30-10" runs backwards'],
    ['the last day', '0 0 0 L * * *', 'the day "L" is not understood'],
    ['an open hour', '0 0 ? * * * *', 'the hour "?" is not understood'],
    ['nothing between commas', '0,,5 * * * * * *', 'the second "0,,5" is not understood'],
    ['a year that is over the end', '0 0 0 1 1 * 2100', 'the year "2100" is not within 1970 to 2099'],
  ])('%s is refused: %s', (_what, cron, message) => {
    expect(() => readCron(cron)).toThrow(message)
  })
})

let cloud: TestCloud | undefined
afterEach(async () => {
  await cloud?.sim.close()
  cloud = undefined
})

/** A cloud, and what ran in it as lines. */
async function start(options: Partial<ScfOptions> = {}) {
  const runs: string[] = []
  const onRun = ({ by, version, statusCode, message, retry }: Run) => {
    const repeated = retry > 0 ? ` retry ${retry}` : ''
    runs.push(`${by} v${version} ${statusCode === 200 ? message : statusCode}${repeated}`)
  }
  cloud = await startTestCloud({ onRun, ...options })
  return { ...cloud, runs }
}

const timer = { FunctionName, Type: 'timer', Enable: 'OPEN' }
const TIME = { 'index.js': 'exports.main = async ({ Time }) => Time.slice(11)' }

describe('timers', () => {
  it('fire by the clock with the vendor’s event, in Beijing time', async () => {
    const { scf, create, pass, runs } = await start()
    await create(FunctionName, { 'index.js': 'exports.main = async (event) => event' })
    await scf.CreateTrigger({
      ...timer,
      TriggerName: 'morning',
      TriggerDesc: '0 0 9 * * * *',
      CustomArgument: '{"check":1}',
    })
    await pass(HOUR - TRANSITION - 1)
    expect(runs).toEqual([])
    await pass(1)
    const event = { Type: 'Timer', TriggerName: 'morning', Time: '2026-11-21T01:00:00Z', Message: '{"check":1}' }
    expect(runs).toEqual([`morning v$LATEST ${JSON.stringify(event)}`])
    await pass(HOUR)
    expect(runs).toHaveLength(1)
  })

  it('are read back in another form than they are written in', async () => {
    const { scf, create } = await start()
    await create(FunctionName, TIME)
    const given = {
      ...timer,
      TriggerName: 'every-minute',
      TriggerDesc: '0 * * * * * *',
      Qualifier: '$DEFAULT',
      CustomArgument: '{"check":"front-page"}',
    }
    const shown = {
      TriggerName: 'every-minute',
      Type: 'timer',
      TriggerDesc: '{"cron":"0 * * * * * *"}',
      Qualifier: '$DEFAULT',
      Enable: 1,
      AvailableStatus: 'Available',
      CustomArgument: '{"check":"front-page"}',
      AddTime: '2026-11-21 08:00:01',
      ModTime: '2026-11-21 08:00:01',
      Description: '',
    }
    expect((await scf.CreateTrigger(given)).TriggerInfo).toEqual(shown)
    expect(await scf.ListTriggers({ FunctionName })).toMatchObject({ TotalCount: 1, Triggers: [shown] })
    const Filters = [{ Name: 'Qualifier', Values: ['$LATEST'] }]
    expect(await scf.ListTriggers({ FunctionName, Filters })).toMatchObject({ TotalCount: 0, Triggers: [] })
  })

  it('follow their alias, and go on with the old version while the new one is made', async () => {
    const { sim, scf, create, pass, runs } = await start()
    await create(FunctionName, TIME)
    const publish = async (FunctionVersion: string, alias: 'CreateAlias' | 'UpdateAlias') => {
      await scf.PublishVersion({ FunctionName })
      await pass(TRANSITION)
      await scf[alias]({ FunctionName, Name: 'live', FunctionVersion })
    }
    await publish('1', 'CreateAlias')
    await scf.CreateTrigger({ ...timer, TriggerName: 'minute', TriggerDesc: '0 * * * * * *', Qualifier: 'live' })
    await pass(60_000)

    sim.failTransition('UpdateFunctionConfiguration', 'InternalError', 'no luck')
    await scf.UpdateFunctionConfiguration({ FunctionName, Timeout: 5 })
    await pass(60_000)
    await scf.UpdateFunctionConfiguration({ FunctionName, Timeout: 5 })
    await pass(TRANSITION)
    await publish('2', 'UpdateAlias')
    await pass(60_000)
    expect(runs).toEqual(['minute v1 "00:01:00Z"', 'minute v1 "00:02:00Z"', 'minute v2 "00:03:00Z"'])
  })

  it('do not fire while they are closed, and go with their function', async () => {
    const { scf, create, pass, runs } = await start()
    await create(FunctionName, TIME)
    const minute = { ...timer, TriggerName: 'minute' }
    await scf.CreateTrigger({ ...minute, TriggerDesc: '0 * * * * * *', Enable: 'CLOSE' })
    await pass(60_000)
    await scf.UpdateTriggerStatus({ ...minute, Enable: 'OPEN' })
    await pass(60_000)
    await scf.UpdateTrigger({ ...minute, TriggerDesc: '30 * * * * * *' })
    await pass(60_000)
    await scf.DeleteFunction({ FunctionName })
    await pass(60_000)
    expect(runs).toEqual(['minute v$LATEST "00:02:00Z"', 'minute v$LATEST "00:02:30Z"'])
  })

  it('a run that fails is repeated as often as the function says, then given up', async () => {
    const { sim, scf, create, pass, runs } = await start()
    const DeadLetterConfig = { Type: 'CMQ_QUEUE', Name: 'lost' }
    await create(FunctionName, { 'index.js': 'exports.main = () => { throw new Error("no") }' }, { DeadLetterConfig })
    await scf.CreateTrigger({ ...timer, TriggerName: 'once', TriggerDesc: '0 1 8 * * * *' })
    await pass(10 * 60_000)
    expect(runs).toEqual(['once v$LATEST 430', 'once v$LATEST 430 retry 1', 'once v$LATEST 430 retry 2'])
    expect(sim.cloud.deadLetters).toMatchObject([{ functionName: FunctionName, reason: 'Error: no', to: 'lost' }])

    const AsyncTriggerConfig = { RetryConfig: [{ RetryNum: 0 }], MsgTTL: 3600 }
    await scf.UpdateFunctionEventInvokeConfig({ FunctionName, AsyncTriggerConfig })
    expect(await scf.GetFunctionEventInvokeConfig({ FunctionName })).toMatchObject({ AsyncTriggerConfig })
    await pass(24 * HOUR)
    expect(runs.slice(3)).toEqual(['once v$LATEST 430'])
  })

  it('without capacity an event waits, and is dropped when it is too old', async () => {
    const { sim, scf, create, pass, runs } = await start()
    await create(FunctionName, TIME)
    const AsyncTriggerConfig = { RetryConfig: [{ RetryNum: 0 }], MsgTTL: 120 }
    await scf.UpdateFunctionEventInvokeConfig({ FunctionName, AsyncTriggerConfig })
    await scf.PutReservedConcurrencyConfig({ FunctionName, ReservedConcurrencyMem: 0 })
    expect(await scf.GetReservedConcurrencyConfig({ FunctionName })).toMatchObject({ ReservedMem: 0 })
    await scf.CreateTrigger({ ...timer, TriggerName: 'once', TriggerDesc: '0 1,10 8 * * * *' })
    await pass(5 * 60_000)
    expect(sim.cloud.deadLetters).toMatchObject([{ reason: 'ResourceLimitReached', to: '' }])
    await pass(6 * 60_000 - 50_000)
    await scf.DeleteReservedConcurrencyConfig({ FunctionName })
    await pass(60_000)
    expect(runs).toEqual(['once v$LATEST "00:10:00Z"'])
    expect(sim.cloud.deadLetters).toHaveLength(1)
  })

  it('of a function whose runtime is not here fail, and say so', async () => {
    const { sim, scf, create, pass, runs } = await start()
    await create(FunctionName, TIME, { Runtime: 'Nodejs16.13' })
    await scf.CreateTrigger({ ...timer, TriggerName: 'once', TriggerDesc: '0 1 8 * * * *' })
    await pass(10 * 60_000)
    expect(runs).toEqual([])
    expect(sim.cloud.deadLetters).toMatchObject([{ reason: 'runtime Nodejs16.13 is not simulated' }])
    expect(await scf.Invoke({ FunctionName })).toMatchObject({
      Result: { ErrMsg: 'runtime Nodejs16.13 is not simulated' },
    })
  })

  it('keep what the instance has in memory from one run to the next', async () => {
    const { scf, create, pass, runs } = await start()
    await create(FunctionName, { 'index.js': 'let n = 0; exports.main = async () => ++n' })
    await scf.CreateTrigger({ ...timer, TriggerName: 'minute', TriggerDesc: '0 * * * * * *' })
    await pass(3 * 60_000)
    expect(runs).toEqual(['minute v$LATEST 1', 'minute v$LATEST 2', 'minute v$LATEST 3'])
  })
})
