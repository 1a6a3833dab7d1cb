import { describe, expect, test } from 'vitest'
import type { Api } from '../../../plugins/aliyun/definition.ts'
import { explained } from '../../../plugins/provider/errors.ts'
import { type Fns, ran, startAccount } from './account.ts'

const APIS: Api[] = ['3.0', '2.0']

const fns: Fns = { one: { code: '1' }, two: { code: '2' } }

/** The unit that holds function `one`. */
const unitOf = { '3.0': 'demo-dev-one', '2.0': 'demo-dev' }

describe.each(APIS)('Function Compute %s', (api) => {
  test('a first deployment makes the functions, makes them live, and starts their timers', async () => {
    const account = await startAccount(api)
    const { deploy } = await account.deployer()
    await deploy(fns)

    account.clock.now += 60_000
    await account.fc.tick()
    expect(ran(account)).toEqual(['demo-dev-one.live 1', 'demo-dev-two.live 2'])
  })

  test('a second deployment changes nothing', async () => {
    const account = await startAccount(api)
    await (await account.deployer()).deploy(fns)
    account.writes()

    const again = await account.deployer()
    expect(await again.deploy(fns)).toEqual([])
    expect(account.writes()).toEqual([])
  })

  const everything: Fns = {
    one: {
      description: 'the first',
      memorySize: 512,
      timeout: 30,
      environment: { KEY: 'value', EMPTY: '' },
      instanceConcurrency: 5,
      maximumRetryAttempts: 0,
      maximumEventAge: 60,
      destinations: { onFailure: 'acs:mns:cn-shanghai:1234567890123456:/queues/dead/messages' },
      events: [
        {
          schedule: {
            rate: 'cron(0/5 9-17 ? * MON-FRI *)',
            timezone: 'Asia/Shanghai',
            name: 'office',
            input: { a: 1 },
          },
        },
        { schedule: { rate: 'rate(2 hours)', enabled: false } },
      ],
      ...(api === '3.0' ? { cpu: 0.25, diskSize: 10_240, reservedConcurrency: 2, asyncTask: true } : {}),
    },
  }
  const placed = {
    role: 'acs:ram::1234567890123456:role/probe',
    vpc: { vpcId: 'vpc-1', vSwitchIds: ['vsw-b', 'vsw-a'], securityGroupId: 'sg-1' },
    logs: { project: 'logs', logstore: 'probes', requestMetrics: true, beginRule: 'DefaultRegex' as const },
    internetAccess: false,
    tags: { team: 'pay' },
  }

  test('all that can be said of a function is kept, so that nothing differs afterwards', async () => {
    const account = await startAccount(api)
    await (await account.deployer(placed)).deploy(everything)
    expect(await (await account.deployer(placed)).deploy(everything)).toEqual([])

    account.clock.now = Date.parse('2026-11-23T01:00:01Z')
    await account.fc.tick()
    expect(ran(account)).toEqual(['demo-dev-one.live one'])
  })

  test('what is taken out of the configuration is taken away', async () => {
    const account = await startAccount(api)
    await (await account.deployer(placed)).deploy(everything)
    const bare = await account.deployer()
    await bare.deploy({ one: {} })
    expect(await bare.deploy({ one: {} })).toEqual([])
    const found = await bare.backend.read(unitOf[api], ['demo-dev-one'])
    expect(found?.functions).toMatchObject([
      {
        tags: bare.mark,
        timers: [{ name: 'schedule-1', qualifier: 'live', fields: { cronExpression: '@every 1m' } }],
        live: {
          configuration: { role: null, vpcConfig: null, logConfig: null, description: null, environmentVariables: {} },
        },
      },
    ])
    expect(found?.functions[0]).not.toHaveProperty('asyncInvocation')
    expect(found?.functions[0]).not.toHaveProperty('reservedConcurrency')
  })

  const released = { '3.0': ['PublishFunctionVersion', 'UpdateAlias'], '2.0': ['PublishVersion', 'UpdateAlias'] }[api]

  test.each<{ what: string; change: Fns; writes: string[] }>([
    { what: 'code', change: { ...fns, one: { code: '3' } }, writes: ['UpdateFunction', ...released] },
    {
      what: 'configuration',
      change: { ...fns, one: { code: '1', environment: { A: 'b' } } },
      writes: ['UpdateFunction', ...released],
    },
    {
      what: 'timers',
      change: { ...fns, one: { code: '1', events: [{ schedule: 'rate(5 minutes)' }, { schedule: 'rate(1 hour)' }] } },
      writes: ['UpdateTrigger', 'CreateTrigger'],
    },
    {
      what: 'retries',
      change: { ...fns, one: { code: '1', maximumRetryAttempts: 1 } },
      writes: [api === '3.0' ? 'PutAsyncInvokeConfig' : 'PutFunctionAsyncInvokeConfig'],
    },
    {
      what: 'the set of functions',
      change: { two: { code: '2' } },
      writes:
        api === '3.0'
          ? [
              'DeleteTrigger',
              'DeleteAsyncInvokeConfig',
              'DeleteConcurrencyConfig',
              'DeleteAlias',
              'DeleteFunctionVersion',
              'DeleteFunction',
            ]
          : ['DeleteTrigger', 'DeleteFunctionAsyncInvokeConfig', 'DeleteFunction'],
    },
  ])('a change of $what changes only that', async ({ change, writes }) => {
    const account = await startAccount(api)
    await (await account.deployer()).deploy(fns)
    account.writes()
    await (await account.deployer()).deploy(change)
    expect(account.writes()).toEqual(writes)
  })

  test('a rollback is one call, and the next deployment goes forward again', async () => {
    const account = await startAccount(api)
    const { backend, deploy } = await account.deployer()
    const [unit, name] = [unitOf[api], 'demo-dev-one']
    await deploy({ one: { code: '1' } })
    await deploy({ one: { code: '2' } })
    account.writes()
    await backend.pointLive(unit, '1')
    expect(account.writes()).toEqual(['UpdateAlias'])
    expect(await backend.invoke(unit, name, '{}', { log: false })).toMatchObject({ result: '1' })
    await deploy({ one: { code: '2' } })
    expect(await backend.invoke(unit, name, '{}', { log: false })).toMatchObject({ result: '2' })
  })

  test('a name that someone else has is refused before anything is changed', async () => {
    const account = await startAccount(api)
    const { units, deploy, mark } = await account.deployer()
    const [unit] = await units({ one: { code: '3' } })
    const other = { ...mark, 'serverless-service': 'other' }
    const theirs = account.backendOf(other)
    await theirs.create(unitOf[api], { ...(unit?.functions[0] ?? raise()), tags: other })
    account.writes()

    await expect(deploy(fns)).rejects.toThrow('demo-dev-one is there and was not made by this service and stage')
    expect(account.writes()).toEqual([])
    expect(await theirs.list()).toEqual([unitOf[api]])
    const mine = await account.deployer()
    await mine.remove()
    expect(account.writes()).toEqual([])
  })

  test('a removal leaves nothing of ours and everything else', async () => {
    const account = await startAccount(api)
    const other = await account.deployer({}, {}, 'prod')
    await other.deploy({ one: {} })
    const { deploy, remove, backend } = await account.deployer()
    await deploy(fns)
    await remove()
    expect(await backend.list()).toEqual([])
    const { functions, services } = account.fc.account
    expect([...functions.keys(), ...services.keys()]).toEqual([api === '3.0' ? 'demo-prod-one' : 'demo-prod'])
    await remove()
  })

  test('logs are a function’s own, all of them, oldest first', async () => {
    const account = await startAccount(api)
    const { deploy, backend } = await account.deployer({ logs: { project: 'logs', logstore: 'probes' } })
    const talk = (text: string, times: number) => `{ for (let n = 1; n <= ${times}; n++) console.log('${text}', n) }`
    await deploy({ one: { code: talk('word', 120) }, two: { code: talk('word demo-dev-one', 1) } })
    const [one, two] = api === '3.0' ? ['demo-dev-one', 'demo-dev-two'] : ['demo-dev', 'demo-dev']
    const query = { from: account.clock.now, to: account.clock.now + 1000 }
    await backend.invoke(one, 'demo-dev-one', '{}', { log: false })
    await backend.invoke(two, 'demo-dev-two', '{}', { log: false })

    const lines = await backend.logs(one, 'demo-dev-one', { ...query, filter: 'word' })
    expect(lines.map(({ text }) => text)).toEqual(Array.from({ length: 120 }, (_, index) => `word ${index + 1}`))
    expect(new Set(lines.map(({ id }) => id)).size).toBe(120)
    expect(lines.every(({ at }) => at >= query.from && at < query.to)).toBe(true)
  })

  test('a function without logs says what to do', async () => {
    const { deployer } = await startAccount(api)
    const { deploy, backend } = await deployer()
    await deploy({ one: {} })
    const logs = backend.logs(unitOf[api], 'demo-dev-one', { from: 0, to: 1000 })
    await expect(logs).rejects.toMatchObject({ code: 'NoLogConfig', advice: { zh: expect.stringContaining('`logs`') } })
  })

  test.each([
    ['as STS names it', 'STS.NTExample'],
    ['as nothing tells that it is temporary', 'LTAI5tExample'],
  ])('a temporary key signs as well: %s', async (_, accessKeyId) => {
    const account = await startAccount(api, { accessKeyId, securityToken: 'token-of-an-hour' })
    const key = { ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId, ALIBABA_CLOUD_SECURITY_TOKEN: 'token-of-an-hour' }
    const { deploy, backend } = await account.deployer({}, key)
    await deploy(fns)
    await backend.invoke(unitOf[api], 'demo-dev-one', '{}', { log: false })
    const stale = await account.deployer({}, { ...key, ALIBABA_CLOUD_SECURITY_TOKEN: 'old' })
    expect(await stale.deploy(fns).catch(String)).toMatch(/CloudError/)
  })

  test('two deployments at once: each comes to an end, and the next one comes to what it wants', async () => {
    const account = await startAccount(api)
    const [one, other] = [await account.deployer(), await account.deployer()]
    const outcomes = await Promise.allSettled([
      one.deploy(fns),
      other.deploy({ one: { code: '3' }, two: { code: '4' } }),
    ])
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue
      expect(explained(outcome.reason).en).toContain('run this again when it is done')
    }
    const last = await account.deployer()
    await last.deploy(fns)
    expect(await last.deploy(fns)).toEqual([])
    account.clock.now += 60_000
    await account.fc.tick()
    expect(ran(account)).toEqual(['demo-dev-one.live 1', 'demo-dev-two.live 2'])
  })
})

function raise(): never {
  throw new Error('There is no unit')
}
