import { describe, expect, test } from 'vitest'
import { rollBack, rollBackFunction } from '../../../plugins/provider/rollback.ts'
import { liveCode, startAccount } from './account.ts'
import { sessionOn } from './session.ts'

const NAME = 'probes-test-probe'
const ECHO = 'exports.handler = async (event) => { console.log("seen", JSON.stringify(event)); return event }'
const version = (n: number) => `exports.handler = async () => ${n}`
const everyMinute = { events: [{ schedule: 'rate(1 minute)' }] }

describe('rollback', () => {
  async function twice() {
    const account = await startAccount()
    await account.deploy([await account.unit('probe', version(1), everyMinute)])
    await account.io.wait(60_000)
    const between = account.now()
    await account.io.wait(60_000)
    await account.deploy([await account.unit('probe', version(2), everyMinute)])
    account.writes()
    return { account, between }
  }
  const result = async ({ backend }: Awaited<ReturnType<typeof startAccount>>) =>
    (await backend.invoke('', NAME, '{}', { log: false })).result

  test('makes the version before live again with one call, and the next deployment goes forward', async () => {
    const { account } = await twice()
    const { session, printed } = sessionOn(account)
    await rollBack(session)
    expect(printed).toEqual([`${NAME}: version 1 is live, 2 was`])
    expect(account.writes()).toEqual(['UpdateAlias'])
    expect(await result(account)).toBe('1')
    const unit = await account.unit('probe', version(2), everyMinute)
    await account.deploy([unit])
    expect(await result(account)).toBe('2')
    expect(await account.deploy([unit])).toEqual([])
  })

  test('goes to what was live at a time', async () => {
    const { account, between } = await twice()
    await rollBack(sessionOn(account, { timestamp: String(between) }).session)
    expect(liveCode(account, NAME)).toBe(version(1))
  })

  test('of one function goes to the version that is named', async () => {
    const { account } = await twice()
    const options = { function: 'probe', 'function-version': '1' }
    await rollBackFunction(sessionOn(account, options).session)
    expect(liveCode(account, NAME)).toBe(version(1))
    const again = sessionOn(account, options)
    await rollBackFunction(again.session)
    expect(again.printed).toEqual([`${NAME}: version 1 is live already`])
    const none = sessionOn(account, { ...options, 'function-version': '7' })
    await expect(rollBackFunction(none.session)).rejects.toThrow('probe has no version 7: it has 2, 1')
  })

  test('leaves a function that is new as it is, says so, and changes nothing where all are', async () => {
    const { account } = await twice()
    const units = [await account.unit('probe', version(3), everyMinute), await account.unit('new', ECHO)]
    await account.deploy(units)
    account.writes()
    const { session, printed } = sessionOn(account, {}, ['probe', 'new'])
    await rollBack(session)
    expect(account.writes()).toEqual(['UpdateAlias'])
    expect(printed.sort()).toEqual([
      'probes-test-new: version 1 stays live, for there is no earlier one',
      `${NAME}: version 2 is live, 3 was`,
    ])
    await account.deploy([await account.unit('new', ECHO)])
    account.writes()
    await expect(rollBack(sessionOn(account, {}, ['new']).session)).rejects.toThrow(
      'Nothing is rolled back, for there is no earlier version of probes-test-new',
    )
    expect(account.writes()).toEqual([])
  })

  test('takes one deployment back after the other, and leaves alone what they did not change', async () => {
    const { account } = await twice()
    const other = await account.unit('other', version(1))
    const both = (n: number) => Promise.all(['probe', 'other'].map((key) => account.unit(key, version(n))))
    await account.deploy([...(await both(3)).slice(0, 1), other])
    await account.io.wait(3_600_000)
    await account.deploy(await both(4))
    await account.io.wait(3_600_000)
    await account.deploy([...(await both(5)).slice(0, 1), ...(await both(4)).slice(1)])
    const back = async () => {
      const { session, printed } = sessionOn(account, {}, ['probe', 'other'])
      await rollBack(session)
      return printed.sort()
    }
    expect(await back()).toEqual([`${NAME}: version 4 is live, 5 was`])
    expect(await back()).toEqual(['probes-test-other: version 1 is live, 2 was', `${NAME}: version 3 is live, 4 was`])
  })

  test('waits for a function that is being changed, and says which option is wrong', async () => {
    const { account } = await twice()
    account.scf.fail({ kind: 'error', operation: 'UpdateAlias', code: 'FailedOperation.UpdateAlias' })
    await rollBack(sessionOn(account).session)
    expect(liveCode(account, NAME)).toBe(version(1))
    await expect(rollBack(sessionOn(account, { timestamp: 'noon' }).session)).rejects.toThrow('--timestamp noon: write')
  })

  test('passes over versions that are not ready', async () => {
    const { account } = await twice()
    account.scf.failTransition('PublishVersion', 'InternalError', 'no room')
    await expect(account.deploy([await account.unit('probe', version(3), everyMinute)])).rejects.toThrow()
    await account.deploy([await account.unit('probe', version(4), everyMinute)])
    const { session, printed } = sessionOn(account)
    await rollBack(session)
    expect(printed).toEqual([`${NAME}: version 2 is live, 4 was`])
  })

  test('passes over a version that holds the same: the answer to its publication was lost, and it was made again', async () => {
    const { account } = await twice()
    account.scf.fail({ kind: 'reset', operation: 'PublishVersion', taken: true })
    await account.deploy([await account.unit('probe', version(3), everyMinute)])
    const { session, printed } = sessionOn(account)
    await rollBack(session)
    expect(printed).toEqual([`${NAME}: version 2 is live, 4 was`])
    expect(liveCode(account, NAME)).toBe(version(2))
  })
})
