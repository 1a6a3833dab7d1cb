import { describe, expect, test } from 'vitest'
import { deployService } from '../../../plugins/provider/deploy-service.ts'
import { showInfo } from '../../../plugins/provider/info.ts'
import { invokeFunction } from '../../../plugins/provider/invoke.ts'
import { showLogs } from '../../../plugins/provider/logs.ts'
import { removeService } from '../../../plugins/provider/remove.ts'
import { startAccount } from './account.ts'
import { sessionOn } from './session.ts'

const NAME = 'probes-test-probe'
const ECHO = 'exports.handler = async (event) => { console.log("seen", JSON.stringify(event)); return event }'
const everyMinute = { events: [{ schedule: 'rate(1 minute)' }] }

describe('deploy', () => {
  test('says what it does and what there is then, in the language of whoever reads it', async () => {
    const account = await startAccount()
    await account.deploy([await account.unit('probe', ECHO, { ...everyMinute, timeout: 3 })])
    const { session, printed } = sessionOn(account, {}, ['probe'], 'zh')
    const doing: string[] = []
    session.io.doing = (name, { zh }) => doing.push(`${name} ${zh}`)
    await deployService(session, [await account.packaged('probe', ECHO, { ...everyMinute, timeout: 4 })], {
      partial: false,
    })
    expect(printed).toEqual([
      '正在部署 probes 到 stage test（腾讯云云函数，ap-guangzhou）',
      `${NAME}：更新配置：Timeout: 3 → 4`,
      `${NAME}：发布新版本并生效`,
      '已部署 probes 到 stage test（腾讯云云函数，ap-guangzhou）',
      [
        'service: probes',
        'stage: test',
        'region: ap-guangzhou',
        'functions:',
        `  ${NAME}：就绪，版本 2 生效，另有：1`,
        '    定时器 schedule-1（live）：0 * * * * * *',
      ].join('\n'),
    ])
    expect(doing).toEqual([`${NAME} 更新配置`, `${NAME} 发布新版本`, `${NAME} 版本 2 生效`])
  })
})

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
  await expect(command(session)).rejects.toMatchObject({ advice: { en: 'Deploy it first.' } })
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
    const chinese = sessionOn(account, {}, [], 'zh')
    await removeService(chinese.session)
    expect(chinese.printed).toEqual(['没有可删除的：stage test 的 probes（腾讯云云函数，ap-guangzhou）'])
  })
})
