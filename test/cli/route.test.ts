import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fenghuoYml, oncallYml, type Terminal, terminal } from './terminal.ts'

let here: Terminal
beforeEach(() => {
  here = terminal()
  here.write('fenghuo.yml', fenghuoYml)
  here.write('oncall.yml', oncallYml)
})
afterEach(() => here.remove())

async function firstLayer(...args: string[]): Promise<string[]> {
  const { code, out } = await here.run('route', '--project', 'pay', '--json', ...args)
  expect(code).toBe(0)
  return JSON.parse(out).layers[0].targets.map(({ contact }: { contact: string }) => contact)
}

describe('fenghuo route', () => {
  it('tells layer by layer who would be paged, how, and what comes next', async () => {
    expect(await here.run('route', '--project', 'pay')).toEqual({
      code: 0,
      out: [
        'CRITICAL alert of pay, 2026-11-22 02:13 (Asia/Shanghai, UTC+8)',
        '',
        'LAYER  WHO                  AT ONCE  IF THAT FAILS  CALLS  NEXT AFTER',
        '1      林悦 (lin)           phone                   2      5 min',
        '2      林悦 (lin)           phone                   1      10 min',
        '2      - 陈涛 has no phone',
        '',
        '2 rounds, then everybody again every 30 min, until somebody acknowledges or it recovers.',
        'Told once per state change: wecom.',
      ].join('\n'),
      err: '',
    })
  })

  it.each([
    { at: '2026-11-22T00:59', who: 'wang', reason: 'an override, in the time zone of the configuration' },
    { at: '2026-11-22 01:00', who: 'lin', reason: 'its end, written with a space' },
    { at: '2026-11-21T16:59:00Z', who: 'wang', reason: 'the same moments with an offset of their own' },
    { at: '2026-11-21T17:00:00Z', who: 'lin', reason: 'and the end of them' },
    { at: '2026-11-23T10:00', who: 'wang', reason: 'after the hand-over' },
  ])('--at: $reason', async ({ at, who }) => {
    expect(await firstLayer('--at', at)).toEqual([who])
  })

  it("takes the project's own severity unless told another", async () => {
    const { out } = await here.run('route', '--project', 'shop')
    expect(out.split('\n')).toEqual([
      'ERROR alert of shop, 2026-11-22 02:13 (Asia/Shanghai, UTC+8)',
      '',
      'Nobody is paged.',
      'Told once per state change: wecom.',
    ])
    const critical = await here.run('route', '--project', 'shop', '--severity', 'critical')
    expect(critical.out).toContain('林悦 (lin)')
  })

  it('is unhappy when a page would reach nobody', async () => {
    here.write('fenghuo.yml', fenghuoYml.replace('page: sre', 'page: chen').replace('page: [chen, sre]', 'page: chen'))
    const { code, out } = await here.run('route', '--project', 'pay')
    expect(code).toBe(1)
    expect(out).toContain('- 陈涛 has no phone')
  })

  it('shows machines no stand-in for a number', async () => {
    const { out } = await here.run('route', '--project', 'pay', '--json')
    expect(out).not.toContain('person')
    expect(JSON.parse(out)).toMatchObject({
      project: 'pay',
      severity: 'critical',
      pages: true,
      rounds: 2,
      chat: ['wecom'],
    })
  })

  it('says where the alerts of a project go that nobody has configured', async () => {
    const { code, out, err } = await here.run('route', '--project', 'pya')
    expect(code).toBe(0)
    expect(err).toBe('note: no project is named `pya` (did you mean `pay`?): its alerts go to those who run Fenghuo')
    expect(out).toContain('林悦 (lin)')
  })

  it.each([
    {
      args: ['--project', 'pay', '--at', 'tomorrow'],
      err: '--at tomorrow: write 18:00, "Sat 18:00" or "2026-12-05 18:00"',
      reason: 'no time',
    },
    { args: ['--project', 'pay', '--at', '2026-02-30T10:00'], err: '--at 2026-02-30T10:00', reason: 'no day' },
    { args: [], err: "required option '--project <project>' not specified", reason: 'no project' },
    {
      args: ['--project', 'pay', '--severity', 'high'],
      err: 'Allowed choices are critical, error, warning, info',
      reason: 'no severity',
    },
    {
      args: ['--project', 'pay', '--stage', 'prod'],
      err: '--stage, --region and --local go with --deployed',
      reason: 'a deployment that would not be asked',
    },
    { args: ['--project', 'pay', '--oncall', 'none.yml'], err: 'none.yml: there is no such file', reason: 'no people' },
  ])('could not do it: $reason', async ({ args, err }) => {
    const result = await here.run('route', ...args)
    expect(result).toMatchObject({ code: 2, out: '' })
    expect(result.err).toContain(err)
  })
})
