import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { configurationSchema } from '../../../plugins/provider/schema.ts'
import { tencent } from '../../../plugins/tencent/cloud.ts'
import { startAccount } from './account.ts'

const NAME = 'probes-test-probe'

const OTHER_PRODUCTS: Record<string, string> = { TagResources: 'tag', UnTagResources: 'tag', SearchLog: 'cls' }

function readme(): Promise<string> {
  return readFile(new URL('../../../plugins/tencent/README.md', import.meta.url), 'utf8')
}

/** The JSON of the README: what the user who deploys may do. */
async function allowed(): Promise<string[]> {
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(await readme()) ?? []
  const { statement } = JSON.parse(json) as { statement: { action: string[] }[] }
  return statement.flatMap(({ action }) => action).sort()
}

test('the policy in the README allows what is called, and no more', async () => {
  const account = await startAccount()
  const code = (n: number) => `exports.handler = async () => ${n}`
  const schedule = (rate: string) => ({ events: [{ schedule: rate }] })
  const first = { ...schedule('rate(1 minute)'), reservedConcurrency: 2, tags: { old: 'yes' } }
  const logs = { logsetId: 'set', topicId: 'topic' }
  await account.deploy([await account.unit('probe', code(0), first)])
  await account.deploy([await account.unit('probe', code(1), { ...schedule('rate(5 minutes)'), tags: { new: 'yes' } })])
  for (let n = 2; n < 7; n++)
    await account.deploy([await account.unit('probe', code(n), { logs, memorySize: 128 * n })])
  await account.backend.invoke('', NAME, '{}', { log: false })
  await account.backend.logs('', NAME, { from: account.now() - 60_000, to: account.now() })
  await account.deploy([])

  const called = new Set(account.scf.calls.map(({ action }) => `${OTHER_PRODUCTS[action] ?? 'scf'}:${action}`))
  expect([...called, 'scf:InvokeFunction'].sort()).toEqual(await allowed())
})

test('the README has every setting', async () => {
  const { provider, function: fn } = configurationSchema(tencent.schema)
  const text = await readme()
  const settings = Object.keys({ ...provider.properties, ...fn.properties })
  expect(settings.filter((key) => !text.includes(`\`${key}\``))).toEqual([])
})
