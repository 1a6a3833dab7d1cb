import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { aliyun } from '../../../plugins/aliyun/cloud.ts'
import { configurationSchema } from '../../../plugins/provider/schema.ts'
import { startAccount } from './account.ts'

function readme(): Promise<string> {
  return readFile(new URL('../../../plugins/aliyun/README.md', import.meta.url), 'utf8')
}

/** The first JSON of the README: what a RAM user may do. */
async function allowed(): Promise<string[]> {
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(await readme()) ?? []
  const { Statement } = JSON.parse(json) as { Statement: { Action: string | string[] }[] }
  return Statement.flatMap(({ Action }) => Action).sort()
}

test('the policy in the README allows what is called, and no more', async () => {
  const account = await startAccount('3.0')
  const logs = { project: 'logs', logstore: 'probes' }
  const { deploy, backend, remove } = await account.deployer({ logs, tags: { team: 'pay' } })
  const name = 'demo-dev-one'
  await deploy({ one: { code: '1', maximumRetryAttempts: 0, reservedConcurrency: 2, tags: { old: 'yes' } } })
  await deploy({ one: { code: '2', events: [{ schedule: 'rate(5 minutes)' }] } })
  await backend.invoke(name, name, '{}', { log: false })
  await backend.logs(name, name, { from: account.clock.now - 60_000, to: account.clock.now })
  await remove()

  const called = new Set(account.fc.calls.map(({ api, operation }) => `${api} ${operation}`))
  const actions = [...called].map((call) => call.replace('3.0 ', 'fc:').replace('logs GetLogs', 'log:GetLogStoreLogs'))
  expect([...actions, 'ram:PassRole'].sort()).toEqual(await allowed())
})

test('the README has every setting', async () => {
  const { provider, function: fn } = configurationSchema(aliyun.schema)
  const text = await readme()
  const settings = Object.keys({ ...provider.properties, ...fn.properties })
  expect(settings.filter((key) => !text.includes(`\`${key}\``))).toEqual([])
})
