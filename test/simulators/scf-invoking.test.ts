import { describe, expect, it } from 'vitest'
import { REGION, startCloud } from './scf/client.ts'

const FunctionName = 'probe-http'
const ECHO = { 'index.js': 'exports.main = async (event, context) => ({ event, version: context.function_version })' }

describe('invoking', () => {
  it('gives the handler the event, and a context of the vendor’s', async () => {
    const { scf, create } = await startCloud()
    const source =
      'exports.main = async (event, context) => ({ event, context, target: process.env.TARGET, arch: __dirname === process.cwd() })'
    const Environment = { Variables: [{ Key: 'TARGET', Value: '目标' }] }
    await create(FunctionName, { 'index.js': source }, { Environment, Timeout: 7, MemorySize: 256 })
    const { Result } = await scf.Invoke({ FunctionName, ClientContext: '{"n":1}', LogType: 'Tail' })
    const { event, context, target, arch } = JSON.parse(Result?.RetMsg ?? '')
    expect([event, target, arch]).toEqual([{ n: 1 }, '目标', true])
    expect(context).toEqual({
      request_id: Result?.FunctionRequestId,
      function_name: FunctionName,
      function_version: '$LATEST',
      namespace: 'default',
      memory_limit_in_mb: 256,
      time_limit_in_ms: 7000,
      environment: expect.stringContaining('"TARGET":"目标"'),
      tencentcloud_region: REGION,
      tencentcloud_appid: '1250000000',
      tencentcloud_uin: '100000000001',
      callbackWaitsForEmptyEventLoop: true,
    })
    expect(Result).toMatchObject({ ErrMsg: '', InvokeResult: 0 })
    expect(Result?.MemUsage).toBeGreaterThan(1024 * 1024)
    expect(Result?.Log).toMatch(/^START RequestId: .*\nEND RequestId: .*\nReport RequestId: .* Memory:256MB .*\n$/)
  })

  it('runs each runtime on its own Node', async () => {
    const { scf, create } = await startCloud()
    for (const [Runtime, version] of [
      ['Nodejs18.15', /^"v18\./],
      ['Nodejs20.19', /^"v20\./],
    ] as const) {
      const name = Runtime.replace('.', '-')
      await create(name, { 'index.js': 'exports.main = async () => process.version' }, { Runtime })
      expect((await scf.Invoke({ FunctionName: name })).Result?.RetMsg).toMatch(version)
    }
  })

  it('a function that fails or takes too long is no error of the call', async () => {
    const { scf, create } = await startCloud()
    await create(
      FunctionName,
      {
        'index.js': 'exports.main = async ({ hangs }) => { if (hangs) for (;;); throw new RangeError("too far") }',
      },
      { Timeout: 1 },
    )
    const result = async (event: object) =>
      (await scf.Invoke({ FunctionName, ClientContext: JSON.stringify(event) })).Result
    expect(await result({})).toMatchObject({ ErrMsg: 'RangeError: too far', InvokeResult: 1 })
    expect(await result({ hangs: true })).toMatchObject({ ErrMsg: 'Invoking task timed out after 1 seconds' })
  })

  it('one that nobody waits for is run, repeated after a minute, and can be asked for', async () => {
    const { sim, scf, create, pass } = await startCloud()
    const source = 'let n = 0; exports.main = async () => { n += 1; if (n < 3) throw new Error("not yet"); return n }'
    await create(FunctionName, { 'index.js': source })
    const { Result } = await scf.Invoke({ FunctionName, InvocationType: 'Event' })
    expect(Result).toMatchObject({ RetMsg: '', ErrMsg: '' })
    const FunctionRequestId = String(Result?.FunctionRequestId)
    await sim.settled()
    const codes = async () =>
      (await scf.GetRequestStatus({ FunctionName, FunctionRequestId })).Data?.map(({ RetCode, RetryNum }) => [
        RetCode,
        RetryNum,
      ])
    expect(await codes()).toEqual([[-1, 0]])
    await pass(59_999)
    expect(await codes()).toEqual([[-1, 0]])
    await pass(1)
    await pass(60_000)
    expect(await codes()).toEqual([
      [-1, 0],
      [-1, 1],
      [0, 2],
    ])
  })
})

it('what fails as planned is in the list of calls, and nothing of it is done', async () => {
  const { sim, scf, create, refusal } = await startCloud()
  await create(FunctionName, ECHO)
  sim.calls.length = 0
  sim.fail(
    { kind: 'rate-limit', operation: 'PublishVersion' },
    { kind: 'error', code: 'LimitExceeded.Function', operation: 'PublishVersion' },
    { kind: 'reset', operation: 'PublishVersion' },
    { kind: 'http', status: 502, operation: 'PublishVersion', taken: true },
  )
  const publish = () => refusal(scf.PublishVersion({ FunctionName }))
  expect(await publish()).toBe('RequestLimitExceeded')
  expect(await publish()).toBe('LimitExceeded.Function')
  expect(await publish()).toContain('ECONNRESET')
  expect(await publish()).toContain('Bad Gateway')
  expect(sim.failuresLeft).toBe(0)
  expect(await scf.GetFunction({ FunctionName })).toMatchObject({ Status: 'Publishing' })
  expect(sim.calls.map(({ action, kind, code }) => [action, kind, code])).toEqual([
    ['PublishVersion', 'write', 'RequestLimitExceeded'],
    ['PublishVersion', 'write', 'LimitExceeded.Function'],
    ['PublishVersion', 'write', undefined],
    ['GetFunction', 'read', undefined],
  ])
})
