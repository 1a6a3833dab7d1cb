import { expect, test } from 'vitest'
import { startAccount } from './account.ts'

test.each([
  ['3.0', 'demo-dev-one'],
  ['2.0', 'demo-dev'],
] as const)('on %s a version that an alias of somebody else leads to is kept, beside the five newest', async (api, unit) => {
  const account = await startAccount(api)
  const { deploy, backend, remove } = await account.deployer()
  await deploy({ one: { code: '1' } })
  const { functions, services } = account.fc.account
  const owner = functions.get(unit) ?? services.get(unit)
  owner?.versions.createAlias({ aliasName: 'canary', versionId: '1' }, account.clock.now)
  for (let n = 2; n < 10; n++) await deploy({ one: { code: String(n) } })
  const kept = (await backend.read(unit, []))?.versions.map(({ version }) => version)
  expect(kept).toEqual(['9', '8', '7', '6', '5', '4', '1'])
  expect(await deploy({ one: { code: '9' } })).toEqual([])

  await remove()
  expect(await backend.list()).toEqual([])
})
