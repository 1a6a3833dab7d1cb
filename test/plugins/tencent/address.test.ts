import { expect, test } from 'vitest'
import { removeService } from '../../../plugins/provider/remove.ts'
import { summary } from '../../../plugins/provider/summary.ts'
import { failure, service, startAccount } from './account.ts'
import { sessionOn } from './session.ts'

const CODE = 'exports.handler = async () => ({ statusCode: 200, body: "" })'
const NAME = 'probes-test-relay'
const reachable = { url: true, fixedEgress: true }
const found = (account: Awaited<ReturnType<typeof startAccount>>) =>
  account.scf.cloud.regions.get('ap-guangzhou')?.get(`default/${NAME}`) ?? expect.unreachable('no function')

test('a function has an address, and its requests leave from one that stays: info tells both', async () => {
  const account = await startAccount()
  const unit = await account.unit('relay', CODE, reachable)
  expect(await account.deploy([unit])).toEqual([
    `${NAME}: create`,
    `${NAME}: publish a version and make it live`,
    `${NAME}: put asynchronous invocation`,
    `${NAME}: open url`,
  ])
  expect(account.writes().at(-1)).toBe('CreateTrigger')
  const { latest, urls } = found(account)
  expect(latest.content.configuration.PublicNetConfig).toEqual({
    PublicNetStatus: 'ENABLE',
    EipConfig: { EipStatus: 'ENABLE' },
  })
  expect(urls).toMatchObject([{ qualifier: 'live', settings: { AuthType: 'NONE' }, open: true }])

  const there = await account.backend.read(NAME, [])
  const { en: told } = summary(service, there ? [there] : [])
  expect(told).toContain(`address: ${urls[0]?.address}`)
  expect(told).toContain('its requests come from 203.0.113.20')

  expect(await account.deploy([unit]), 'again').toEqual([])
})

test('the address stays through new code, and through what somebody did in the console', async () => {
  const account = await startAccount()
  await account.deploy([await account.unit('relay', CODE, reachable)])
  const [before] = found(account).urls
  await account.deploy([await account.unit('relay', `${CODE}\n`, reachable)])
  if (before) before.open = false
  expect(await account.deploy([await account.unit('relay', `${CODE}\n`, reachable)])).toEqual([`${NAME}: open url`])
  expect(found(account).urls).toMatchObject([{ address: before?.address, open: true }])
})

test('one that is wanted no more is closed, and what others bound to the working copy stays', async () => {
  const account = await startAccount()
  await account.deploy([await account.unit('relay', CODE, { url: true })])
  const { urls } = found(account)
  const own = urls[0] ?? expect.unreachable('no address')
  urls.push({ ...own, name: 'by-hand', qualifier: '$LATEST' })
  expect(await account.deploy([await account.unit('relay', CODE)])).toEqual([`${NAME}: close url`])
  expect(found(account).urls.map(({ name }) => name)).toEqual(['by-hand'])
})

test('removing the service closes the address before the function', async () => {
  const account = await startAccount()
  await account.deploy([await account.unit('relay', CODE, reachable)])
  account.writes()
  await removeService(sessionOn(account, {}, ['relay']).session)
  expect(account.writes()).toEqual(['DeleteTrigger', 'DeleteFunction'])
})

test('a fixed egress without the public network is refused before the first call', async () => {
  const account = await startAccount()
  const shut = account.unit('relay', CODE, { fixedEgress: true, internetAccess: false })
  expect(await failure(shut)).toContain('fixedEgress')
})
