import { expect, test } from 'vitest'
import { startAccount } from './account.ts'

const CODE = 'exports.handler = async () => 1'
const NAME = 'probes-test-probe'
const VPC = { vpcId: 'vpc-1a2b', subnetId: 'subnet-3c4d' }
const all = {
  description: 'Looks around, each minute.',
  memorySize: 256,
  timeout: 20,
  environment: { A: '1', B: 2, C: true },
  role: 'SCF_ExecuteRole',
  vpc: VPC,
  internetAccess: false,
  logs: { logsetId: 'set', topicId: 'topic' },
  deadLetter: { type: 'topic', name: 'lost' },
  maximumRetryAttempts: 0,
  maximumEventAge: 60,
  reservedConcurrency: 3,
  tags: { team: 'sre' },
  events: [
    {
      schedule: {
        rate: 'cron(0 1 * * ? *)',
        input: { a: 1 },
        description: 'Each morning',
        enabled: false,
        name: 'dawn',
      },
    },
  ],
}

test.each([
  ['keeps what is left out', false],
  ['resets what is left out', true],
])('every setting is made, changed and taken away again, on a cloud whose update %s', async (_, resetsOmitted) => {
  const account = await startAccount({ resetsOmitted })
  const plain = await account.unit('probe', CODE)
  const full = await account.unit('probe', CODE, all)
  for (const unit of [full, plain, full, await account.unit('probe', CODE, { ...all, memorySize: 512 }), plain]) {
    await account.deploy([unit])
    account.writes()
    expect(await account.deploy([unit])).toEqual([])
    expect(account.writes()).toEqual([])
  }
  const found = await account.backend.read(NAME, [])
  expect(found?.functions[0]).toMatchObject({
    latest: {
      configuration: { Role: null, VpcConfig: null, DeadLetterConfig: null, Environment: {}, Description: '' },
    },
    asyncInvocation: { RetryNum: 2, MsgTTL: 21_600 },
    timers: [],
    tags: { 'serverless-service': 'probes', 'serverless-stage': 'test' },
  })
  expect(found?.functions[0]).not.toHaveProperty('reservedConcurrency')
})

test("settings arrive in the vendor's own form", async () => {
  const account = await startAccount()
  await account.deploy([await account.unit('probe', CODE, all)])
  const given = account.scf.calls.find(({ action }) => action === 'CreateFunction')?.parameters
  expect(given).toMatchObject({
    FunctionName: NAME,
    Handler: 'index.handler',
    Runtime: 'Nodejs18.15',
    MemorySize: 256,
    Timeout: 20,
    Environment: {
      Variables: [
        { Key: 'A', Value: '1' },
        { Key: 'B', Value: '2' },
        { Key: 'C', Value: 'true' },
      ],
    },
    Role: 'SCF_ExecuteRole',
    VpcConfig: { VpcId: 'vpc-1a2b', SubnetId: 'subnet-3c4d' },
    PublicNetConfig: { PublicNetStatus: 'DISABLE' },
    ClsLogsetId: 'set',
    ClsTopicId: 'topic',
    DeadLetterConfig: { Type: 'topic', Name: 'lost' },
  })
  expect(await account.backend.read(NAME, [])).toMatchObject({
    functions: [
      {
        reservedConcurrency: 768,
        asyncInvocation: { RetryNum: 0, MsgTTL: 60 },
        timers: [
          {
            name: 'dawn',
            qualifier: 'live',
            fields: {
              TriggerDesc: '0 0 9 * * * *',
              Enable: 'CLOSE',
              CustomArgument: '{"a":1}',
              Description: 'Each morning',
            },
          },
        ],
      },
    ],
  })
})

test('a timer is changed in place, renamed by another, and freed from what someone bound it to', async () => {
  const account = await startAccount()
  const at = (rate: string, name: string) => account.unit('probe', CODE, { events: [{ schedule: { rate, name } }] })
  await account.deploy([await at('rate(1 minute)', 'one')])
  account.writes()
  await account.deploy([await at('rate(5 minutes)', 'one')])
  expect(account.writes()).toEqual(['UpdateTrigger'])
  await account.deploy([await at('rate(5 minutes)', 'two')])
  expect(account.writes()).toEqual(['DeleteTrigger', 'CreateTrigger'])

  const held = account.scf.cloud.regions.get('ap-guangzhou')?.get(`default/${NAME}`)?.triggers[0]
  if (held) held.qualifier = '$DEFAULT'
  await account.deploy([await at('rate(5 minutes)', 'two')])
  expect(account.writes()).toEqual(['DeleteTrigger', 'CreateTrigger'])
  expect((await account.backend.read(NAME, []))?.functions[0]?.timers).toMatchObject([
    { name: 'two', qualifier: 'live' },
  ])
})

test('more tags than one call takes are set and taken away in several', async () => {
  const account = await startAccount()
  const tags = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`key${n}`, 'v']))
  await account.deploy([await account.unit('probe', CODE)])
  account.writes()
  await account.deploy([await account.unit('probe', CODE, { tags })])
  expect(account.writes()).toEqual(['TagResources', 'TagResources', 'TagResources'])
  await account.deploy([await account.unit('probe', CODE)])
  expect(account.writes()).toEqual(['UnTagResources', 'UnTagResources', 'UnTagResources'])
  expect(await account.deploy([await account.unit('probe', CODE)])).toEqual([])
})

test.each([
  ['a runtime', { runtime: 'nodejs16.x' }, 'Runtime', 'Nodejs18.15 to Nodejs16.13'],
  ['the way of asynchronous calls', { asyncRun: true }, 'AsyncRunEnable', 'FALSE to TRUE'],
])('%s cannot be changed: that is said before anything is', async (_, definition, field, change) => {
  const account = await startAccount()
  await account.deploy([await account.unit('probe', CODE)])
  account.writes()
  await expect(account.deploy([await account.unit('probe', CODE, definition)])).rejects.toThrow(
    `${NAME}: ${field} can't be changed from ${change} once a function is there: remove it first`,
  )
  expect(account.writes()).toEqual([])
})

test('a function of asynchronous events is made as one and stays one', async () => {
  const account = await startAccount()
  await account.deploy([await account.unit('probe', CODE, { asyncRun: true })])
  expect(account.scf.cloud.regions.get('ap-guangzhou')?.get(`default/${NAME}`)?.asyncRun).toBe(true)
  expect(await account.deploy([await account.unit('probe', CODE, { asyncRun: true })])).toEqual([])
  expect(await account.deploy([await account.unit('probe', CODE, { asyncRun: true, memorySize: 256 })])).toContain(
    `${NAME}: update configuration: MemorySize: 128 → 256`,
  )
})
