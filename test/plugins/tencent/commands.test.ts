import { describe, expect, test } from 'vitest'
import { showInfo } from '../../../plugins/provider/info.ts'
import { invokeFunction } from '../../../plugins/provider/invoke.ts'
import { showLogs, startOf } from '../../../plugins/provider/logs.ts'
import { removeService } from '../../../plugins/provider/remove.ts'
import { rollBack, rollBackFunction } from '../../../plugins/provider/rollback.ts'
import { startAccount } from './account.ts'
import { sessionOn } from './session.ts'

const NAME = 'probes-test-probe'
const ECHO = 'exports.handler = async (event) => { console.log("seen", JSON.stringify(event)); return event }'
const version = (n: number) => `exports.handler = async () => ${n}`
const everyMinute = { events: [{ schedule: 'rate(1 minute)' }] }

describe('info', () => {
  test('shows what is there, without a value of the environment', async () => {
    const account = await startAccount()
    const events = [...everyMinute.events, { schedule: { rate: 'rate(1 day)', enabled: false } }]
    await account.deploy([await account.unit('probe', ECHO, { events, environment: { TOKEN: 'hush' } })])
    const { session, printed } = sessionOn(account)
    await showInfo(session)
    expect(printed).toEqual([
      [
        'service: probes',
        'stage: test',
        'region: ap-guangzhou',
        'functions:',
        `  ${NAME}: ready, version 1 is live`,
        '    timer schedule-1 on live: 0 * * * * * *',
        '    timer schedule-2 on live: 0 0 0 * * * * (disabled)',
      ].join('\n'),
    ])
  })

  test('is data with --json', async () => {
    const account = await startAccount()
    await account.deploy([await account.unit('probe', ECHO, everyMinute)])
    const { session, printed } = sessionOn(account, { json: true })
    await showInfo(session)
    expect(JSON.parse(printed[0] ?? '')).toMatchObject({
      service: 'probes',
      functions: [
        {
          name: NAME,
          state: { is: 'ready' },
          live: '1',
          versions: [{ version: '1', publishedAt: expect.stringMatching(/^2026-11-21T08:/) }],
          timers: [{ name: 'schedule-1', qualifier: 'live', TriggerDesc: '0 * * * * * *' }],
        },
      ],
    })
  })

  test('says that nothing is there', async () => {
    const { session, printed } = sessionOn(await startAccount())
    await showInfo(session)
    expect(printed[0]).toContain('functions: none is deployed')
  })
})

describe('invoke', () => {
  test.each([
    [{}, '{}', 'an empty event'],
    [{ data: '{"a":1}' }, '{"a":1}', '--data'],
    [{ path: 'event.json' }, '{"from":"a file"}', '--path'],
    [{ path: 'event.yml' }, '{"from":"YAML"}', '--path of YAML'],
    [{ data: 'plain', raw: true }, '"plain"', '--raw'],
  ])('with %j gives %s: %s', async (options, result, _) => {
    const account = await startAccount()
    await account.deploy([await account.unit('probe', ECHO)])
    const { session, printed } = sessionOn(account, { function: 'probe', ...options })
    await invokeFunction(session)
    expect(printed).toEqual([result])
  })

  test('shows the log with --log', async () => {
    const account = await startAccount()
    await account.deploy([await account.unit('probe', ECHO)])
    const { session, printed } = sessionOn(account, { function: 'probe', log: true, data: '1' })
    await invokeFunction(session)
    expect(printed[1]).toContain('seen 1')
  })

  test('ends badly where the function does', async () => {
    const account = await startAccount()
    await account.deploy([await account.unit('probe', 'exports.handler = async () => { throw new Error("no!") }')])
    const { session, printed } = sessionOn(account, { function: 'probe' })
    await expect(invokeFunction(session)).rejects.toThrow(/^probe failed \(request [\w-]+\)$/)
    expect(printed[0]).toContain('no!')
  })

  test.each([
    [{ function: 'prob' }, 'There is no function prob: the configuration has probe'],
    [{ function: 'probe', data: '{a' }, '--data is no JSON'],
    [{ function: 'probe', path: 'none.json' }, 'none.json is not there'],
    [{ function: 'probe', path: 'bad.yaml' }, 'bad.yaml is no YAML'],
  ])('%j is refused: %s', async (options, reason) => {
    const account = await startAccount()
    await expect(invokeFunction(sessionOn(account, options).session)).rejects.toThrow(reason)
    expect(account.scf.calls).toEqual([])
  })
})

test.each([
  ['invoke', invokeFunction],
  ['logs', showLogs],
])('%s of what is not deployed says what to do', async (_, command) => {
  const { session } = sessionOn(await startAccount(), { function: 'probe' })
  await expect(command(session)).rejects.toMatchObject({ advice: 'Deploy it first.' })
})

describe('logs', () => {
  test('are those of this function, from --startTime on, and only those that --filter finds', async () => {
    const account = await startAccount()
    await account.deploy([await account.unit('probe', ECHO), await account.unit('other', ECHO)])
    await account.backend.invoke('', NAME, '"first"', { log: false })
    await account.backend.invoke('', 'probes-test-other', '"other"', { log: false })
    await account.io.wait(3_600_000)
    await account.backend.invoke('', NAME, '"second"', { log: false })
    await account.io.wait(1000)

    const lately = sessionOn(account, { function: 'probe' })
    await showLogs(lately.session)
    expect(lately.printed.filter((line) => line.includes('seen'))).toEqual([expect.stringMatching(/Z seen "second"$/)])

    const all = sessionOn(account, { function: 'probe', startTime: '2h', filter: 'seen' })
    await showLogs(all.session)
    expect(all.printed.map((line) => line.slice(25))).toEqual(['seen "first"', 'seen "second"'])
  })

  test('with --tail go on, each line once', async () => {
    const account = await startAccount()
    await account.deploy([await account.unit('probe', ECHO)])
    await account.backend.invoke('', NAME, '"first"', { log: false })
    const { session, printed } = sessionOn(account, { function: 'probe', tail: true, filter: 'seen' })
    let looks = 0
    const { wait } = session.io
    session.io.wait = async (ms) => {
      looks += 1
      if (looks === 3) await account.backend.invoke('', NAME, '"later"', { log: false })
      if (looks === 6) throw new Error('interrupted')
      await wait(ms)
    }
    await wait(1000)
    await expect(showLogs(session)).rejects.toThrow('interrupted')
    expect(printed.map((line) => line.slice(25))).toEqual(['seen "first"', 'seen "later"'])
  })

  test.each([
    ['10m', -600_000],
    ['2h', -7_200_000],
    ['45s', -45_000],
    ['1d', -86_400_000],
  ])('%s is %d ms from now', (text, ms) => {
    expect(startOf('--startTime', text, 1e12, Error) - 1e12).toBe(ms)
  })

  test('take a time, and refuse what is none', () => {
    expect(startOf('--startTime', '2026-11-21T08:00:00Z', 0, Error)).toBe(Date.UTC(2026, 10, 21, 8))
    expect(startOf('--startTime', '1795248029000', 0, Error)).toBe(1795248029000)
    expect(() => startOf('--startTime', 'yesterday', 0, Error)).toThrow('--startTime yesterday: write 10m')
  })
})

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
    expect(await result(account)).toBe('1')
  })

  test('of one function goes to the version that is named', async () => {
    const { account } = await twice()
    const options = { function: 'probe', 'function-version': '1' }
    await rollBackFunction(sessionOn(account, options).session)
    expect(await result(account)).toBe('1')
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
    expect(await result(account)).toBe('1')
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
    expect(await result(account)).toBe('2')
  })
})

describe('remove', () => {
  test('takes away what is ours, timers first, and nothing else', async () => {
    const account = await startAccount()
    const theirs = await account.unit('theirs', ECHO)
    const [fn] = theirs.functions
    await account.deploy([await account.unit('probe', ECHO, everyMinute)])
    if (fn) await account.backend.create(theirs.name, { ...fn, tags: { 'serverless-service': 'probes' } })
    await account.io.wait(10_000)
    account.writes()
    const { session, printed } = sessionOn(account)
    await removeService(session)
    expect(account.writes()).toEqual(['DeleteTrigger', 'DeleteFunction'])
    expect(printed).toEqual([`Removed probes in stage test (Tencent Cloud SCF, ap-guangzhou): ${NAME}`])
    expect(await account.backend.read('probes-test-theirs', [])).toBeDefined()
    await removeService(session)
    expect(printed[1]).toBe('There is nothing to remove of probes in stage test (Tencent Cloud SCF, ap-guangzhou)')
  })
})
