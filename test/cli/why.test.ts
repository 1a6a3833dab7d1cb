import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contactsOf, storeOf } from '../../cli/engine.ts'
import { takeStorm } from '../../shared/engine/alerts/take-storm.ts'
import { keepChanges } from '../../shared/store/changes.ts'
import { page } from './paging.ts'
import { people, startTestStack, type TestStack } from './stack.ts'
import { fenghuoYml, startOfTest } from './terminal.ts'

let stack: TestStack
beforeAll(async () => {
  stack = await startTestStack('local')
  stack.terminal.write('fenghuo.yml', fenghuoYml)
  await contactsOf(stack.target).write('pay', {
    contacts: { ...people, song: { name: '宋宁', phone: '+8613800000003' } },
    schedules: {
      sre: { timezone: 'Asia/Shanghai', rotation: ['lin', 'wang'], handoff: '10:00', start: '2026-11-21' },
    },
    overrides: [],
  })
})
afterAll(() => stack.stop())
const why = async (...args: string[]) => (await stack.terminal.run('why', ...args)).out.split('\n')

describe('fenghuo why', () => {
  it('tells each decision with its rule, and why somebody was not called', async () => {
    const { number } = await page(stack)
    await stack.terminal.run('ack', String(number), '--as', 'lin')
    expect(await why(String(number))).toEqual([
      `#${number} pay / 收银台`,
      '02:13:00  Opened, CRITICAL: checkout fails (from grafana)',
      '          rule: projects.pay has the policy default, by which critical uses phone, chat',
      '02:13:00  Round 1, layer 1: paging 林悦 (陈涛 has no phone)',
      '          rule: policies.default.layers[0] pages sre, each phone up to 2 times, for 5 min',
      '02:13:00  Told 林悦 SMS: the page',
      '02:13:00  Told wecom: the alert',
      '02:13:00  林悦 has it (on the command line)',
      '',
      'Not called',
      '  林悦  reached in writing: critical rang no phone of theirs',
      '  王磊  not on call in sre at 02:13',
      '  宋宁  the policy default does not name them',
    ])
    expect((await why(String(number), '--language', 'zh')).slice(-4)).toEqual([
      '没有呼叫',
      '  林悦  已书面通知：critical 没有打其电话',
      '  王磊  02:13 不在 sre 值班',
      '  宋宁  策略 default 没有写到',
    ])
  })

  it('goes by the files that the local stack was started with, unless others are named', async () => {
    const { folder, write, run } = stack.terminal
    const file = join(folder, '.fenghuo/stack.json')
    const kept = readFileSync(file, 'utf8')
    write('own/fenghuo.yml', fenghuoYml.replace('  pay:', '  cart:'))
    write('.fenghuo/stack.json', JSON.stringify({ ...JSON.parse(kept), config: join(folder, 'own/fenghuo.yml') }))
    expect(await why('--key', 'nowhere')).toEqual([expect.stringContaining('has come to cart')])
    expect(await why('--key', 'nowhere', '--config', 'fenghuo.yml')).toEqual([
      expect.stringContaining('has come to pay'),
    ])
    const silence = ['silence', 'add', 'project=cart', '--for', '1h', '--comment', 'move']
    expect((await run(...silence)).err).toBe('')
    // It is not about a deployment.
    expect((await run('why', '1', '--stage', 'prod', '--config', 'none.yml')).err).toContain('none.yml')
    // What no console does asks for the address of none.
    stack.terminal.io.env.FENGHUO_CONSOLE_URL = 'nowhere'
    const calendars = await run('calendar')
    delete stack.terminal.io.env.FENGHUO_CONSOLE_URL
    expect(calendars.err).not.toContain('nowhere')
    write('.fenghuo/stack.json', kept)
    expect((await run(...silence)).err).toContain('no project is named `cart`')
  })

  it('begins with what was changed just before', async () => {
    const { number, openedAt } = await page(stack, {
      project: 'pay',
      key: 'after-a-deployment',
      at: startOfTest + 86_400_000,
    })
    const change = { at: openedAt - 180_000, summary: 'Deployed checkout 1.42.0', source: 'ci/build-7', links: [] }
    await keepChanges('pay', [change], storeOf(stack.target, stack.terminal.io))
    const [, changed] = await why(String(number))
    expect(changed).toBe('changed: Deployed checkout 1.42.0 (ci/build-7, 3 min before it began)')
    const [, inChinese] = await why(String(number), '--language', 'zh')
    expect(inChinese).toBe('变更：Deployed checkout 1.42.0（ci/build-7，发生前 3 分钟）')
  })

  it('of a key of an alert that paged somebody tells the incident', async () => {
    const { number, groupKey } = await page(stack)
    expect((await why('--key', groupKey))[0]).toMatch(new RegExp(`^#${number} `))
  })

  it('of one that never came, and one of a storm, tells what became of it', async () => {
    expect(await stack.terminal.run('why', '--key', 'nothing', '--project', 'pay')).toEqual({
      code: 1,
      out: 'no alert with the key nothing has come to pay, or it is forgotten: see whether its sender reaches us (`inbound`, `doctor`)',
      err: '',
    })
    expect((await stack.terminal.run('why', '--key', 'nothing', '--json')).code).toBe(1)
    const joined = {
      action: 'trigger',
      dedupKey: 'db-7',
      project: 'pay',
      summary: 'x',
      source: 'x',
      severity: 'critical',
    } as const
    await takeStorm(
      { name: 'pay', title: '支付', limit: 1 },
      { joined: [{ ...joined, takenAt: startOfTest }], ended: [] },
      stack.handed,
    )
    expect(await stack.terminal.run('why', '--key', 'db-7')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^db-7 came above the storm limit of pay and joined #\d+$/),
    })
  })

  it('of a project that nobody has configured says where its alerts go', async () => {
    const { err } = await stack.terminal.run('why', '--key', 'nothing', '--project', 'pya')
    expect(err).toBe('note: no project is named `pya` (did you mean `pay`?): its alerts go to those who run Fenghuo')
  })

  it.each([
    [[], /^error: say which: the number of an incident, such as `why 1024`, or --key/],
    [['1024', '--key', 'x'], /^error: say which/],
    [['--project', 'pay'], /^error: say which/],
    [['1024', '--project', 'pay'], /^error: --project goes with --key/],
    [['--language', 'zh'], /^错误：写明哪一个/],
  ])('%j is refused', async (args, told) => {
    expect(await stack.terminal.run('why', ...args)).toMatchObject({ code: 2, err: expect.stringMatching(told) })
  })
})
