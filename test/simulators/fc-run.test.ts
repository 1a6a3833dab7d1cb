import { describe, expect, it } from 'vitest'
import { type Fields, startFc3 } from './fc/calls3.ts'
import { ACCOUNT, REGION, refusal, START, says } from './fc/client.ts'
import type { FcOptions } from './fc/simulator.ts'

/** A function `probe` of this source. */
async function deploy(source: string, fields: Fields = {}, options: Partial<FcOptions> = {}) {
  const fc = await startFc3(options)
  await fc.createSource(source, fields)
  return fc
}

describe('an invocation', () => {
  it('gives the event’s bytes and the vendor’s context', async () => {
    const { invoke } = await deploy(
      `exports.handler = async (event, context) => ({ bytes: Buffer.isBuffer(event), text: event.toString(), context })`,
      { memorySize: 128, cpu: 0.05, timeout: 7 },
    )
    const { status, text, error, log } = await invoke('{"a":"值"}')
    expect({ status, error, log }).toEqual({ status: 200, error: undefined, log: undefined })
    expect(JSON.parse(text)).toEqual({
      bytes: true,
      text: '{"a":"值"}',
      context: {
        requestId: expect.stringMatching(/^1-[0-9a-f]{8}-[0-9a-f]{12}$/),
        credentials: { accessKeyId: '', accessKeySecret: '', securityToken: '' },
        function: { name: 'probe', handler: 'index.handler', memory: 128, timeout: 7 },
        service: { name: '', logProject: '', logStore: '', qualifier: 'LATEST', versionId: 'LATEST' },
        region: REGION,
        accountId: ACCOUNT,
        retryCount: 0,
        logger: {},
        tracing: { spanContext: '', jaegerEndpoint: '', spanBaggages: {} },
      },
    })
  })

  it('gives a role’s keys, the machine’s addresses and what was deployed, and nothing of this process', async () => {
    const credentials = { accessKeyId: 'STS.role', accessKeySecret: 'its secret', securityToken: 'its token' }
    const { invoke } = await deploy(
      'exports.handler = async (event, context) => ({ env: process.env, credentials: context.credentials })',
      { role: `acs:ram::${ACCOUNT}:role/probe`, environmentVariables: { TARGET: 'https://example.com/' } },
      { credentials, environment: { FENGHUO_ALIYUN_URL: 'http://127.0.0.1:1' } },
    )
    expect(JSON.parse((await invoke()).text)).toEqual({
      credentials,
      env: {
        PATH: expect.any(String),
        TZ: 'UTC',
        FC_ACCOUNT_ID: ACCOUNT,
        FC_REGION: REGION,
        FC_FUNCTION_NAME: 'probe',
        FC_FUNCTION_HANDLER: 'index.handler',
        FC_FUNCTION_MEMORY_SIZE: '512',
        FC_SERVICE_NAME: '',
        FC_QUALIFIER: 'LATEST',
        FC_VERSION_ID: 'LATEST',
        ALIBABA_CLOUD_ACCESS_KEY_ID: 'STS.role',
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'its secret',
        ALIBABA_CLOUD_SECURITY_TOKEN: 'its token',
        FENGHUO_ALIYUN_URL: 'http://127.0.0.1:1',
        TARGET: 'https://example.com/',
      },
    })
  })

  it.each([
    ['bytes', `Buffer.from('raw')`, 'raw'],
    ['an object', '{ a: 1 }', '{"a":1}'],
    ['a number', '7', '7'],
    ['a text', `'text'`, 'text'],
  ])('answers with %s', async (_what, value, text) => {
    const { invoke } = await deploy(`exports.handler = (event, context, callback) => callback(null, ${value})`)
    expect(await invoke()).toMatchObject({ status: 200, text })
  })

  it.each(['nodejs18', 'nodejs20'])('runs on %s', async (runtime) => {
    const { invoke } = await deploy('exports.handler = async () => process.version', { runtime })
    expect((await invoke()).text).toMatch(`v${runtime.slice(-2)}.`)
  })

  it('shows the end of its log when asked', async () => {
    const { invoke } = await deploy(`exports.handler = async (event, context) => {
      console.log('printed')
      context.logger.warn('warned')
    }`)
    const { log } = await invoke('', undefined, { xFcLogType: 'Tail' })
    expect(log).toMatch(
      /^FC Invoke Start RequestId: (\S+)\nprinted\n\S+Z \1 \[warn\] warned\nFC Invoke End RequestId: \1\n\nDuration: /,
    )
    expect(log).toContain('Memory Size: 512 MB')
  })

  it.each([
    ['throws', `throw new TypeError('broken')`, { errorMessage: 'broken', errorType: 'TypeError' }],
    [
      'takes too long',
      'await new Promise(() => setInterval(() => {}, 1000))',
      { errorMessage: 'Function timed out after 1 seconds' },
    ],
    ['ends its process', 'process.exit(3)', { errorMessage: 'Process exited unexpectedly before completing request' }],
  ])('a function that %s is a 200 that says so', async (_what, body, expected) => {
    const { invoke } = await deploy(`exports.handler = async () => { ${body} }`, { timeout: 1 })
    const { status, error, text } = await invoke()
    expect([status, error]).toEqual([200, 'UnhandledInvocationError'])
    expect(JSON.parse(text)).toMatchObject(expected)
  })

  it('says when there is nothing to run', async () => {
    const { invoke } = await deploy('exports.other = 1')
    expect((await invoke()).text).toContain('index exports no function handler')
    expect((await refusal(invoke('', 'live')))?.code).toBe('AliasNotFound')
    expect((await refusal(invoke('', undefined, { xFcInvocationType: 'Later' })))?.code).toBe('InvalidArgument')
  })

  it('runs what the qualifier stands for, each version in an instance of its own that stays', async () => {
    const counting = (name: string) => `let calls = 0; exports.handler = async () => '${name} ' + ++calls`
    const { invoke, updateSource, publish, alias, moveAlias } = await deploy(counting('one'))
    await alias('live', await publish())
    await updateSource(counting('two'), { environmentVariables: { A: '1' } })
    const texts = async (...qualifiers: (string | undefined)[]) => {
      const all: string[] = []
      for (const qualifier of qualifiers) all.push((await invoke('', qualifier)).text)
      return all
    }
    expect(await texts('live', 'live', '1', undefined)).toEqual(['one 1', 'one 2', 'one 3', 'two 1'])
    await moveAlias('live', { versionId: await publish() })
    expect(await texts('live', '1', undefined)).toEqual(['two 1', 'one 4', 'two 2'])
  })

  it('goes by the weights of an alias', async () => {
    let random = 0.2
    const { invoke, updateSource, publish, alias } = await deploy(says('one')['index.js'], {}, { random: () => random })
    await publish()
    await updateSource(says('two')['index.js'])
    await publish()
    await alias('live', '1', { additionalVersionWeight: { '2': 0.2 } })
    expect((await invoke('', 'live')).text).toBe('one')
    random = 0.19
    expect((await invoke('', 'live')).text).toBe('two')
  })

  it('goes to the old code while an update is prepared, and after one that failed', async () => {
    const { invoke, updateSource, clock, sim } = await deploy(
      says('one')['index.js'],
      {},
      { preparation: { updateMs: 1000 } },
    )
    await updateSource(says('two')['index.js'])
    expect((await invoke()).text).toBe('one')
    clock.advance(1000)
    expect((await invoke()).text).toBe('two')
    sim.account.preparationFaults.push('no room')
    await updateSource(says('three')['index.js'])
    clock.advance(1000)
    expect((await invoke()).text).toBe('two')
  })

  it('waits for a function to be ready', async () => {
    const { invoke, clock } = await deploy(says('one')['index.js'], {}, { preparation: { createMs: 1000 } })
    expect(await refusal(invoke())).toMatchObject({ code: 'PreconditionFailed', statusCode: 412 })
    clock.advance(1000)
    expect((await invoke()).text).toBe('one')
  })

  it('is throttled when no instance is reserved for it', async () => {
    const { invoke, reserve } = await deploy(says('one')['index.js'])
    await reserve('probe', 0)
    expect(await refusal(invoke())).toMatchObject({ code: 'ResourceThrottled', statusCode: 429 })
  })
})

describe('an asynchronous invocation', () => {
  const ASYNC = { xFcInvocationType: 'Async' }
  const FAILING = `exports.handler = async (event, context) => { throw new Error('attempt ' + context.retryCount) }`

  it('is accepted, and runs', async () => {
    const { invoke, sim } = await deploy(says('one')['index.js'])
    expect(await invoke('{}', undefined, ASYNC)).toMatchObject({ status: 202, text: '' })
    await sim.settled()
    expect(sim.runs).toMatchObject([{ at: START, kind: 'async', functionName: 'probe', attempt: 1 }])
  })

  it('is tried four times in all, or as the qualifier has it', async () => {
    const { invoke, putAsync, sim } = await deploy(FAILING)
    const attempts = async () => {
      sim.runs.length = 0
      await invoke('{}', undefined, ASYNC)
      await sim.settled()
      return sim.runs.map(({ result }) => JSON.parse(result.body.toString()).errorMessage)
    }
    expect(await attempts()).toEqual(['attempt 0', 'attempt 1', 'attempt 2', 'attempt 3'])
    await putAsync({ maxAsyncRetryAttempts: 0 })
    expect(await attempts()).toEqual(['attempt 0'])
  })

  it('takes 128 KB', async () => {
    const { invoke } = await deploy(says('one')['index.js'])
    expect((await refusal(invoke('x'.repeat(131_073), undefined, ASYNC)))?.code).toBe('EntityTooLarge')
    expect(await invoke('x'.repeat(131_072), undefined, ASYNC)).toMatchObject({ status: 202 })
  })
})
