import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contactsOf } from '../../cli/engine.ts'
import { reportText } from '../../cli/report/text.ts'
import { page } from './paging.ts'
import { people, startTestStack, type TestStack } from './stack.ts'
import { fenghuoYml } from './terminal.ts'

let stack: TestStack
beforeAll(async () => {
  stack = await startTestStack('local')
  stack.terminal.write('fenghuo.yml', fenghuoYml)
  await contactsOf(stack.target).write('pay', {
    contacts: people,
    schedules: {
      sre: { timezone: 'Asia/Shanghai', rotation: ['lin'], handoff: '10:00', start: '2026-11-21', during: ['Mon-Fri'] },
    },
    overrides: [],
  })
  const { number } = await page(stack)
  await stack.terminal.run('ack', String(number), '--as', 'lin')
  await stack.terminal.run('silence', 'add', 'project=pay', '--for', '2h', '--comment', 'upgrade', '--as', 'lin')
})
afterAll(() => stack.stop())

describe('fenghuo report', () => {
  it('tells pages, nights, times, the noisiest, and what is ahead', async () => {
    stack.terminal.io.now = () => Date.parse('2026-11-22T02:20:00+08:00')
    const { code, out } = await stack.terminal.run('report', '--since', '1d')
    expect(code).toBe(0)
    const lines = out.split('\n')
    expect(lines.slice(0, 6)).toEqual([
      'From 2026-11-21 02:20 to 2026-11-22 02:20 (Asia/Shanghai)',
      '',
      'Incidents: CRITICAL 1; not over: 1',
      'Pages: 1, calls that rang: 0; incidents that nobody answered: 0',
      'Time to acknowledge: mean 0 s, median 0 s (of 1)',
      'Time to resolve: none',
    ])
    expect(lines).toContain('林悦  1      1         0      1')
    expect(out).toContain('Evenness of the nights')
    expect(out).toMatch(/pay +收银台 +1 +1 +1/)
    expect(out).toMatch(/Silence \S+ until .*: project=pay \(林悦: upgrade\)/)
    expect(out).toContain('Nobody is on call in sre from 2026-11-21 10:00')
  })

  it('names what is of our own by its words', () => {
    const none = { opened: {}, open: 0, pages: 0, calls: 0, exhausted: 0, people: [], resolved: { count: 0 } }
    const noise = { project: 'pay', title: '', code: 'alert-storm', incidents: 1, pages: 2, nights: 0 }
    const report = { ...none, acknowledged: { count: 0 }, noisiest: [noise] }
    const told = reportText(report, { silences: [], gaps: [] }, { from: 0, to: 1 }, { language: 'en', timezone: 'UTC' })
    expect(told).toMatch(/pay +alert storm +1 +2 +0/)
  })

  it('leaves other projects out if asked, and is there for machines', async () => {
    const { out } = await stack.terminal.run('report', '--project', 'fenghuo', '--json')
    expect(JSON.parse(out)).toMatchObject({ opened: {}, pages: 0, noisiest: [], silences: [{ comment: 'upgrade' }] })
  })

  it('of a project that is not there is refused, with those that are', async () => {
    expect(await stack.terminal.run('report', '--project', 'pai')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(
        /^error: --project pai: no such project in fenghuo.yml \(did you mean `pay`\?\); there are: .*pay.*, fenghuo$/,
      ),
    })
  })

  it.each([
    ['2099-01-01', /^error: --since 2099-01-01: 2099-01-01 00:00 is still to come/],
    ['soon', /^error: --since soon: write 7d, or a date such as/],
  ])('since %s is refused', async (since, told) => {
    expect(await stack.terminal.run('report', '--since', since)).toMatchObject({
      code: 2,
      err: expect.stringMatching(told),
    })
  })
})

describe('fenghuo incidents --format md', () => {
  it('is the beginning of a post-mortem', async () => {
    const { number } = await page(stack)
    await stack.terminal.run('ack', String(number), '--as', 'lin')
    const { out } = await stack.terminal.run('incidents', String(number), '--format', 'md')
    expect(out).toContain(`# #${number} pay / 收银台`)
    expect(out).toContain('| acknowledged after | 7 min |')
    expect(out).toContain('| 02:20:00 | 林悦 has it (on the command line) |')
    expect(out).toMatch(/## Who was told what, and when\n\n.*\n.*\n\| 02:13:00 \| Told 林悦 SMS: the page \|/)
    expect(out).toContain('## To do')
  })

  it('is of one incident', async () => {
    const { code, err } = await stack.terminal.run('incidents', '--format', 'md')
    expect([code, err]).toEqual([2, 'error: --format md is of one incident: give its number'])
  })
})

describe('fenghuo oncall --verified', () => {
  it('says when each channel of each person last worked, and is not content while a phone never has', async () => {
    const { code, out } = await stack.terminal.run('oncall', '--verified')
    expect(code).toBe(1)
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^WHO +PHONE +SMS +E-MAIL$/),
      expect.stringMatching(/^林悦 +never +2026-11-22 02:13 \(sent\)/),
      expect.stringMatching(/^王磊 +never +never/),
    ])
  })
})
