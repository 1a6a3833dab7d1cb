import { expect, test } from 'vitest'
import { perform } from '../../../plugins/provider/deploy.ts'
import { type Fns, ran, startAccount } from './account.ts'

// What only Function Compute 3.0 has: versions that take their time, quotas of a function, and single functions.

const fns: Fns = { one: { code: '1' }, two: { code: '2' } }

test('a version that does not become ready leaves the old one serving', async () => {
  const account = await startAccount('3.0', { preparation: { createMs: 3000, updateMs: 3000 } })
  const { deploy } = await account.deployer()
  await deploy({ one: { code: '1' } })
  account.fc.account.preparationFaults.push('the image is gone')
  const failure = await deploy({ one: { code: '2' } }).catch((error: AggregateError) => error.errors)
  expect(String(failure)).toContain('did not become ready: the image is gone')

  account.clock.now += 60_000
  await account.fc.tick()
  expect(ran(account)).toEqual(['demo-dev-one.live 1'])
  await deploy({ one: { code: '2' } })
  account.clock.now += 60_000
  await account.fc.tick()
  expect(ran(account)).toEqual(['demo-dev-one.live 2'])
})

test('a function that is deleted by hand between plan and execution is made anew', async () => {
  const account = await startAccount('3.0')
  const { deploy, plan, backend } = await account.deployer()
  await deploy(fns)
  const change: Fns = { ...fns, one: { code: '3' } }
  const planned = await plan(change)
  account.fc.deleteByHand('demo-dev-one')
  await perform(backend, planned, account.io)
  expect(await deploy(change)).toEqual([])
})

test('a quota that is reached in the middle is told with its code, and the rest is deployed later', async () => {
  const account = await startAccount('3.0', { quotas: { instances: 100 } })
  const { deploy } = await account.deployer()
  const reserving: Fns = { one: { reservedConcurrency: 60 }, two: { reservedConcurrency: 60 } }
  const [failure, ...more] = await deploy(reserving).catch((error: AggregateError) => error.errors)
  expect(more).toEqual([])
  expect(failure.message).toMatch(/^demo-dev-(one|two): /)
  expect(failure.cause).toMatchObject({ kind: 'final', action: 'PutConcurrencyConfig', code: 'LimitExceededError' })
  expect(failure.cause.advice.en).toContain('Quota Center')
  account.fc.account.quotas.instances = 200
  await deploy(reserving)
  expect(await deploy(reserving)).toEqual([])
})

test('a removal takes with it what someone hung on a function of ours by hand', async () => {
  const account = await startAccount('3.0')
  const { deploy, backend, remove } = await account.deployer()
  await deploy({ one: {} })
  await backend.createTimer('demo-dev-one', 'demo-dev-one', {
    name: 'by-hand',
    fields: { cronExpression: '@every 1h', enable: true, payload: null, description: null },
  })
  await remove()
  expect(await backend.list()).toEqual([])
})
