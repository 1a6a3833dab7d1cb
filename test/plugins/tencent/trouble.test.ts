import { expect, test } from 'vitest'
import { markOf } from '../../../plugins/provider/service.ts'
import { type Api, apiOf } from '../../../plugins/tencent/api.ts'
import { ScfBackend } from '../../../plugins/tencent/scf.ts'
import { failure, liveCode, service, startAccount } from './account.ts'

const ONE = 'exports.handler = async () => ({ version: 1 })'
const TWO = 'exports.handler = async () => ({ version: 2 })'
const NAME = 'probes-test-probe'
const everyMinute = { events: [{ schedule: 'rate(1 minute)' }] }

test('a function of somebody else is refused by name, and nothing is written', async () => {
  const account = await startAccount()
  const unit = await account.unit('probe', ONE)
  const [theirs] = unit.functions
  if (theirs) await account.backend.create(NAME, { ...theirs, tags: { owner: 'someone' } })
  account.writes()
  const others = await account.unit('other', ONE)
  expect(await failure(account.deploy([others, unit]))).toContain(`${NAME} is there and was not made by this service`)
  expect(account.writes()).toEqual([])
})

test('an update that the vendor fails leaves the old version serving, and the next deployment mends it', async () => {
  const account = await startAccount()
  await account.deploy([await account.unit('probe', ONE, everyMinute)])
  account.scf.failTransition('UpdateFunctionCode', 'InternalError', 'disk full')
  const unit = await account.unit('probe', TWO, everyMinute)
  expect(await failure(account.deploy([unit]))).toContain(`${NAME} did not become ready: disk full`)
  expect((await account.backend.read(NAME, []))?.live).toBe('1')
  expect((await account.backend.invoke('', NAME, '{}', { log: false })).result).toBe('{"version":1}')
  await account.deploy([unit])
  expect((await account.backend.invoke('', NAME, '{}', { log: false })).result).toBe('{"version":2}')
})

test('a version that could not be published never goes live', async () => {
  const account = await startAccount()
  await account.deploy([await account.unit('probe', ONE)])
  account.scf.failTransition('PublishVersion', 'InternalError', 'no room')
  const unit = await account.unit('probe', TWO)
  expect(await failure(account.deploy([unit]))).toContain(`version 2 of ${NAME} did not become ready`)
  expect((await account.backend.read(NAME, []))?.live).toBe('1')
  await account.deploy([unit])
  expect((await account.backend.read(NAME, []))?.live).toBe('3')
})

test('a function that could not be created is deleted and created again', async () => {
  const account = await startAccount()
  account.scf.failTransition('CreateFunction', 'InternalError', 'no luck')
  const unit = await account.unit('probe', ONE)
  expect(await failure(account.deploy([unit]))).toContain('did not become ready: no luck')
  account.writes()
  await account.deploy([unit])
  expect(account.writes().slice(0, 3)).toEqual(['DeleteFunction', 'CreateFunction', 'PublishVersion'])
})

test.each([
  ['throttles', { kind: 'rate-limit', operation: 'CreateFunction' }],
  ['an internal error', { kind: 'error', operation: 'PublishVersion', code: 'InternalError' }],
  ['HTTP 500', { kind: 'http', status: 500, operation: 'CreateFunction' }],
  ['a connection that is cut before the call', { kind: 'reset', operation: 'CreateAlias' }],
  ['a connection that is cut after the call', { kind: 'reset', operation: 'CreateFunction', taken: true }],
  ['an answer that is lost', { kind: 'reset', operation: 'CreateTrigger', taken: true }],
  ['garbage', { kind: 'garbage', operation: 'GetFunction' }],
  [
    'another word for what is not there',
    { kind: 'error', operation: 'GetFunction', code: 'InvalidParameterValue.FunctionName' },
  ],
] as const)('%s: it is tried again, and ends well', async (_, fault) => {
  const account = await startAccount()
  const unit = await account.unit('probe', ONE, everyMinute)
  account.scf.fail({ ...fault })
  await account.deploy([unit])
  expect(account.scf.failuresLeft).toBe(0)
  expect(await account.deploy([unit])).toEqual([])
})

test('a quota that is reached in the middle fails what is over it, and tells its code, request and remedy', async () => {
  const account = await startAccount({ functionQuota: 2 })
  const all = await Promise.all(['one', 'two', 'three'].map((key) => account.unit(key, ONE, everyMinute)))
  expect(await failure(account.deploy(all))).toMatch(
    /At most 2 functions.*\(CreateFunction: LimitExceeded\.Function, request [\w-]{36}\)\n {2}Remove what is not needed/,
  )
  expect(await account.backend.list()).toHaveLength(2)
})

test('a function deleted by hand while it is deployed is made again', async () => {
  const account = await startAccount()
  await account.deploy([await account.unit('probe', ONE, everyMinute)])
  const unit = await account.unit('probe', TWO, everyMinute)
  const { updateCode } = account.backend
  let gone = false
  account.backend.updateCode = async (...given) => {
    if (!gone) account.scf.removeByHand('ap-guangzhou', NAME)
    gone = true
    return updateCode.apply(account.backend, given)
  }
  await account.deploy([unit])
  expect(await account.deploy([unit])).toEqual([])
})

test('cut off at any call and run again, a deployment ends the same, with one timer on the alias', async () => {
  for (let cutAt = 0, wasCut = true; wasCut; cutAt++) {
    const account = await startAccount()
    await account.deploy([await account.unit('probe', ONE, everyMinute)])
    const unit = await account.unit('probe', TWO, { ...everyMinute, timeout: 20 })
    const { calls } = account.scf
    const start = calls.length
    const { wait } = account.io
    const backend = cut(account.backend, cutAt)
    account.backend = backend.cut
    wasCut = (await failure(account.deploy([unit]))) !== 'nothing failed'
    account.backend = backend.whole
    await account.deploy([unit])
    expect(await account.deploy([unit])).toEqual([])
    expect(account.io.wait).toBe(wait)
    expect(calls.length).toBeGreaterThan(start)
    expect(liveCode(account, NAME)).toBe(TWO)
    expect((await account.backend.read(NAME, []))?.functions[0]?.timers).toHaveLength(1)
  }
})

test('two deployments at once end with one of both live, and each that did not get its way says so', async () => {
  const account = await startAccount()
  await account.deploy([await account.unit('probe', ONE)])
  const units = [await account.unit('probe', TWO), await account.unit('probe', ONE, { timeout: 20 })]
  const ends = await Promise.all(units.map((unit) => failure(account.deploy([unit]))))
  for (const end of ends) expect(end).toMatch(/nothing failed|changed by someone else/)
  const [last] = units
  if (last) await account.deploy([last])
  expect(liveCode(account, NAME)).toBe(TWO)
})

test('where the vendor does not show the entry file, the alias says which code is live', async () => {
  const account = await startAccount()
  const { region } = service
  const key = { secretId: 'AKIDexample', secretKey: 'not-a-real-secret-key' }
  const api = apiOf({ region, key, movedTo: account.scf.url }, [], account.around)
  const blind: Api = {
    ...api,
    scf: async <T>(action: string, request?: object) => {
      const answer = await api.scf<T>(action, request)
      return action === 'GetFunction' ? { ...answer, CodeInfo: '' } : answer
    },
  }
  account.backend = new ScfBackend(blind, { region, namespace: 'default', mark: markOf(service) })
  const unit = await account.unit('probe', ONE)
  await account.deploy([unit])
  expect(await account.deploy([unit])).toEqual([])
  expect(await account.deploy([await account.unit('probe', TWO)])).toContain(`${NAME}: update code`)
  expect(liveCode(account, NAME)).toBe(TWO)
})

/** A backend that fails before one of its calls, as if the machine went down. */
function cut<T extends object>(whole: T, at: number): { whole: T; cut: T } {
  let index = 0
  const proxy = new Proxy(whole, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return async (...given: unknown[]) => {
        if (index++ === at) throw new Error('the machine went down')
        return Reflect.apply(member, target, given)
      }
    },
  })
  return { whole, cut: proxy }
}
