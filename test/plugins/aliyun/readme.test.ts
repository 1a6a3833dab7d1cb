import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { aliyun } from '../../../plugins/aliyun/cloud.ts'
import type { Api } from '../../../plugins/aliyun/definition.ts'
import { configurationSchema } from '../../../plugins/provider/schema.ts'
import type { RamPolicy } from '../../simulators/fc/ram.ts'
import { startAccount } from './account.ts'

function readme(): Promise<string> {
  return readFile(new URL('../../../plugins/aliyun/README.md', import.meta.url), 'utf8')
}

/** What a RAM user may do who deploys with one of the APIs: the README's policies, in their order. */
async function policyOf(api: Api): Promise<RamPolicy> {
  const [of3 = '', of2 = ''] = [...(await readme()).matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json)
  return JSON.parse(api === '3.0' ? of3 : of2)
}

const actionsOf = ({ Statement }: RamPolicy) => [...new Set(Statement.flatMap(({ Action }) => Action))].sort()

/** Everything that a deployer does in its life, by a user with this policy; the actions that RAM was asked for. */
async function life(api: Api, policy: RamPolicy): Promise<string[]> {
  const account = await startAccount(api, { policy })
  const logs = { project: 'logs', logstore: 'probes' }
  const role = `acs:ram::${account.fc.account.owner.accountId}:role/demo-dev-probe`
  const { deploy, backend, remove } = await account.deployer({ logs, role, tags: { team: 'pay', old: 'yes' } })
  const next = await account.deployer({ logs: { ...logs, requestMetrics: true }, role, tags: { team: 'pay' } })
  const name = 'demo-dev-one'
  const unit = api === '3.0' ? name : 'demo-dev'
  const reserved = api === '3.0' ? { reservedConcurrency: 2 } : {}
  await deploy({ one: { code: '1', maximumRetryAttempts: 0, ...reserved } })
  await next.deploy({ one: { code: '2', events: [{ schedule: 'rate(5 minutes)' }] } })
  for (let code = 3; code < 9; code++) await next.deploy({ one: { code: String(code) } })
  await backend.invoke(unit, name, '{}', { log: false })
  await backend.logs(unit, name, { from: account.clock.now - 60_000, to: account.clock.now })
  await remove()
  return [...new Set(account.fc.calls.flatMap(({ actions = [] }) => actions))].sort()
}

describe.each<Api>(['3.0', '2.0'])('the policy in the README for Function Compute %s', (api) => {
  test('allows what RAM asks for, and no more', async () => {
    const policy = await policyOf(api)
    expect(await life(api, policy)).toEqual(actionsOf(policy))
  })

  test('is needed whole: without the right to asynchronous invocation a deployment fails', async () => {
    const { Statement } = await policyOf(api)
    const lacking = Statement.map((one) => ({
      ...one,
      Action: [one.Action].flat().filter((action) => action !== 'fc:PutFunctionAsyncInvokeConfig'),
    }))
    const thrown = await life(api, { Statement: lacking }).catch((error: unknown) => error)
    const [{ cause }] = (thrown as AggregateError).errors
    expect(cause).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining("'fc:PutFunctionAsyncInvokeConfig'"),
    })
  })
})

test('the README has every setting', async () => {
  const { provider, function: fn } = configurationSchema(aliyun.schema)
  const text = await readme()
  const settings = Object.keys({ ...provider.properties, ...fn.properties })
  expect(settings.filter((key) => !text.includes(`\`${key}\``))).toEqual([])
})
