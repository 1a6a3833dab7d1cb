import { expect, test } from 'vitest'
import { startAccount } from './account.ts'

const ONE = 'exports.handler = async () => ({ version: 1 })'
const TWO = 'exports.handler = async () => ({ version: 2 })'
const everyMinute = { events: [{ schedule: 'rate(1 minute)' }] }

test('a function is made, published, made live, and then its timer is bound to the alias', async () => {
  const account = await startAccount()
  const unit = await account.unit('probe', ONE, everyMinute)

  expect(await account.deploy([unit])).toEqual([
    'probes-test-probe: create',
    'probes-test-probe: publish a version and make it live',
    'probes-test-probe: put asynchronous invocation',
    'probes-test-probe: create timer schedule-1',
  ])

  expect(account.writes()).toEqual([
    'CreateFunction',
    'PublishVersion',
    'CreateAlias',
    'UpdateFunctionEventInvokeConfig',
    'CreateTrigger',
  ])
  expect(await account.backend.read('probes-test-probe', [])).toMatchObject({
    live: '1',
    functions: [
      {
        ours: true,
        state: { is: 'ready' },
        timers: [{ name: 'schedule-1', qualifier: 'live', fields: { TriggerDesc: '0 * * * * * *', Enable: 'OPEN' } }],
      },
    ],
  })
  expect(await account.backend.invoke('', 'probes-test-probe', '{}', { log: false })).toMatchObject({
    result: '{"version":1}',
    failed: false,
  })
})

test('a second deployment changes nothing', async () => {
  const account = await startAccount()
  const units = [
    await account.unit('one', ONE, everyMinute),
    await account.unit('two', TWO, { environment: { A: 'b' }, memorySize: 256 }),
    await account.unit('three', ONE, { description: 'Looks around', maximumRetryAttempts: 0, reservedConcurrency: 2 }),
  ]
  await account.deploy(units)
  account.writes()
  expect(await account.deploy(units)).toEqual([])
  expect(account.writes()).toEqual([])
})

test('new code is one upload and one version, and the timer stays', async () => {
  const account = await startAccount()
  await account.deploy([await account.unit('probe', ONE, everyMinute)])
  account.writes()
  expect(await account.deploy([await account.unit('probe', TWO, everyMinute)])).toEqual([
    'probes-test-probe: update code',
    'probes-test-probe: publish a version and make it live',
  ])
  expect(account.writes()).toEqual(['UpdateFunctionCode', 'PublishVersion', 'UpdateAlias'])
  expect((await account.backend.invoke('', 'probes-test-probe', '{}', { log: false })).result).toBe('{"version":2}')
})

test('a new setting is named, and uploads no code', async () => {
  const account = await startAccount()
  await account.deploy([await account.unit('probe', ONE, { environment: { TOKEN: 'first-secret' } })])
  account.writes()
  const changed = { timeout: 30, environment: { TOKEN: 'other-secret' } }
  expect(await account.deploy([await account.unit('probe', ONE, changed)])).toEqual([
    'probes-test-probe: update configuration: Timeout: 3 → 30, Environment (TOKEN)',
    'probes-test-probe: publish a version and make it live',
  ])
  expect(account.writes()).toEqual(['UpdateFunctionConfiguration', 'PublishVersion', 'UpdateAlias'])
})

test('a version that an alias of somebody else leads to is kept, beside the five newest', async () => {
  const account = await startAccount()
  const version = (n: number) => account.unit('probe', `exports.handler = async () => ${n}`)
  await account.deploy([await version(1)])
  const found = account.scf.cloud.regions.get('ap-guangzhou')?.get('default/probes-test-probe')
  const live = found?.aliases.get('live')
  if (live) found?.aliases.set('canary', { ...live, name: 'canary' })
  for (let n = 2; n < 10; n++) await account.deploy([await version(n)])
  const kept = (await account.backend.read('probes-test-probe', []))?.versions.map((one) => one.version)
  expect(kept).toEqual(['9', '8', '7', '6', '5', '4', '1'])
  expect(await account.deploy([await version(9)])).toEqual([])
})
