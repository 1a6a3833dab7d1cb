import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type FcContext, wire as wireFc } from '../../services/probe/aliyun.ts'
import { type ScfContext, wire as wireScf } from '../../services/probe/tencent.ts'
import { httpCheck } from '../checks/records.ts'
import { closedTarget } from '../checks/targets.ts'
import { configFile } from './probe-config.ts'
import { senderEnv, startQueue } from './queue.ts'

const scf: ScfContext = {
  request_id: 'scf-1',
  time_limit_in_ms: 60_000,
  function_name: 'fenghuo-dev-uptime',
  function_version: '3',
}
const scfTimer = { Type: 'Timer', TriggerName: 'schedule-1', Time: '2026-11-21T02:13:00Z', Message: '' }

const fc: FcContext = {
  requestId: 'fc-1',
  function: { name: 'fenghuo-dev-uptime', timeout: 60 },
  service: { versionId: '3' },
}
const fcTimer = Buffer.from('{"triggerTime":"2026-11-21T02:13:00Z","triggerName":"schedule-1","payload":""}')

async function setUp(vantage: string) {
  vi.spyOn(console, 'log').mockReturnValue()
  onTestFinished(() => void vi.restoreAllMocks())
  const queue = await startQueue()
  const url = await closedTarget()
  const checks = ['web', 'api'].map((name) => httpCheck({ http: url }, { name }))
  const own = { VANTAGE: vantage, EVENTS_QUEUE_URL: queue.url, AWS_REGION: 'ap-southeast-1' }
  return { queue, env: { ...senderEnv, ...own, FENGHUO_CONFIG: configFile(checks) } }
}

describe('on SCF', () => {
  it('turns a timer into one report, and a person into what is asked for', async () => {
    const { queue, env } = await setUp('tencent/ap-guangzhou')
    const run = wireScf(env)
    await run(scfTimer, scf)
    await run({ ...scfTimer, Message: '{"checks":["pay/api"]}' }, { ...scf, request_id: 'scf-2' })
    const reports = await queue.reports()
    expect(reports.map(({ observations }) => observations.map(({ check }) => check))).toEqual([
      ['pay/web', 'pay/api'],
      ['pay/api'],
    ])
    expect(reports.map(({ vantage, runner }) => ({ vantage, ...runner }))).toMatchObject([
      { vantage: 'tencent/ap-guangzhou', function: 'fenghuo-dev-uptime', run: 'scf-1', version: '3', coldStart: true },
      { vantage: 'tencent/ap-guangzhou', function: 'fenghuo-dev-uptime', run: 'scf-2', version: '3', coldStart: false },
    ])
  })

  it('finds its configuration where SCF has unpacked the code', async () => {
    const { env } = await setUp('tencent/ap-guangzhou')
    const [root, file] = env.FENGHUO_CONFIG.split(/(?<=\/[^/]*)\/(?=[^/]*$)/)
    expect(wireScf({ ...env, FENGHUO_CONFIG: file, USER_CODE_ROOT: root })).toBeTypeOf('function')
    expect(() => wireScf({ ...env, FENGHUO_CONFIG: file })).toThrow('which cannot be read')
  })

  it('needs the region of a queue whose address does not tell it', async () => {
    const { env } = await setUp('tencent/ap-guangzhou')
    expect(() => wireScf({ ...env, AWS_REGION: undefined })).toThrow('AWS_REGION is not set')
  })
})

describe('on FC', () => {
  it("turns a timer's bytes into one report, and a person's into what is asked for", async () => {
    const { queue, env } = await setUp('aliyun/cn-hangzhou')
    const run = wireFc(env)
    await run(fcTimer, fc)
    await run(Buffer.from('{"checks":["pay/api"]}'), { ...fc, requestId: 'fc-2' })
    const reports = await queue.reports()
    expect(reports.map(({ observations }) => observations.map(({ check }) => check))).toEqual([
      ['pay/web', 'pay/api'],
      ['pay/api'],
    ])
    expect(reports.map(({ vantage, runner }) => ({ vantage, ...runner }))).toMatchObject([
      { vantage: 'aliyun/cn-hangzhou', function: 'fenghuo-dev-uptime', run: 'fc-1', version: '3', coldStart: true },
      { vantage: 'aliyun/cn-hangzhou', function: 'fenghuo-dev-uptime', run: 'fc-2', version: '3', coldStart: false },
    ])
  })

  it.each([
    ['FC 3.0, which has no service', { service: undefined }, {}, 'unknown'],
    ['FC 3.0 by its environment', { service: undefined }, { FC_QUALIFIER: 'live' }, 'live'],
    ['an alias of FC 2.0', { service: { versionId: '', qualifier: 'live' } }, {}, 'live'],
  ])('says which version runs: %s', async (_, context, more, version) => {
    const { queue, env } = await setUp('aliyun/cn-hangzhou')
    await wireFc({ ...env, ...more })(fcTimer, { ...fc, ...context } as FcContext)
    expect(await queue.reports()).toMatchObject([{ runner: { version } }])
  })
})
