import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fenghuoYml, type Terminal, terminal, oncallYml as written } from './terminal.ts'

/** Nobody's number is one that Amazon Connect does not support. */
const oncallYml = written.replaceAll('+86138', '+65138')

let here: Terminal
beforeEach(() => {
  here = terminal({ env: { CONNECT_INSTANCE_ID: 'c', WECOM_KEY: 'w', PAY_URL: 'http://127.0.0.1' } })
  here.write('fenghuo.yml', fenghuoYml)
  here.write('oncall.yml', oncallYml)
})
afterEach(() => here.remove())

/** Says what the formats of the project `pay` are told. */
const inbound = (options: string) =>
  here.write('fenghuo.yml', fenghuoYml.replace('    title: 支付\n', `    title: 支付\n    inbound: { ${options} }\n`))

it('warns of numbers whose only route their vendor does not support', async () => {
  here.write('oncall.yml', written)
  const { code, err } = await here.run('validate')
  expect(code).toBe(0)
  expect(err).toMatch(
    /^warning: oncall\.yml:2:28 contacts\.lin\.phone: the only route of 3 numbers is connect: AWS names/,
  )
})

describe('fenghuo validate', () => {
  it('says what there is when all is well', async () => {
    expect(await here.run('validate')).toEqual({
      code: 0,
      out: 'fine: 3 projects, 3 checks, 1 vantage, 2 channels, 4 contacts, 1 schedule',
      err: '',
    })
  })

  it('names in one warning every place that needs variables, and those that are not set', async () => {
    delete here.io.env.WECOM_KEY
    here.io.env.PAY_URL = ''
    const { code, err } = await here.run('validate')
    expect(code).toBe(0)
    expect(err.split('\n')).toEqual([
      'warning: what these refer to is not set in the environment:',
      '  projects.pay.checks.web: PAY_URL',
      '  projects.pay.checks.api: PAY_URL',
      '  projects.shop.checks.home: PAY_URL',
      '  channels.wecom: WECOM_KEY',
    ])
  })

  it('tells the mistakes of both files, each with its place', async () => {
    here.write(
      'fenghuo.yml',
      fenghuoYml
        .replace('timezone: Asia/Shanghai', 'timezone: Shanghai')
        .replace('page: sre', 'page: [srt, sre.next, lin]'),
    )
    here.write('oncall.yml', oncallYml.replace('"+6513800000001"', '"13800000001"'))
    const { code, out, err } = await here.run('validate')
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out.split('\n').filter((line) => line.includes('.yml:'))).toEqual([
      'fenghuo.yml:2:11 timezone: "Shanghai" is not an IANA time zone, such as Asia/Shanghai',
      'fenghuo.yml:14:18 policies.default.layers.0.page.0: no contact or schedule is named `srt` (did you mean `sre`?); there are: lin, wang, chen, spare, sre, sre.next',
      'oncall.yml:2:28 contacts.lin.phone: lin (林悦): "13800000001" is not an E.164 number: write it with + and country code, such as "+8613800000001"',
    ])
    expect(out).toContain('\n3 mistakes')
  })

  it.each([
    ['that breaks off', oncallYml.slice(0, oncallYml.indexOf('chen@'))],
    ['without anybody', 'schedules: {}\n'],
  ])('holds no name against an oncall.yml %s', async (_, text) => {
    here.write('oncall.yml', text)
    const { code, out } = await here.run('validate')
    expect(code).toBe(1)
    expect(out).not.toContain('fenghuo.yml:')
  })

  it('gives machines the places', async () => {
    here.write('oncall.yml', oncallYml.replace('rotation: [lin, wang]', 'rotation: [lin, wag]'))
    const { code, out } = await here.run('validate', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      problems: [{ file: 'oncall.yml', line: 8, column: 21, key: 'schedules.sre.rotation.1' }],
      warnings: [],
      unset: [],
    })
  })

  it('warns at a contact’s place of a layer that has no address for them, for machines too', async () => {
    here.write('oncall.yml', oncallYml.replace('rotation: [lin, wang]', 'rotation: [lin, chen]'))
    const told = 'has no `phone`, and nothing else takes over: while it is their turn nobody is reached by layer 1'
    const { code, err } = await here.run('validate')
    expect([code, err]).toEqual([0, expect.stringContaining(`warning: oncall.yml:4:3 contacts.chen: ${told}`)])
    const { warnings } = JSON.parse((await here.run('validate', '--json')).out)
    expect(warnings).toEqual([
      {
        ...{ file: 'oncall.yml', line: 4, column: 3, key: 'contacts.chen', code: 'not-reached' },
        message: expect.stringContaining(told),
      },
    ])
  })

  it.each([
    {
      reason: 'a schedule that starts later, and who is on call by it already',
      change: () => here.write('oncall.yml', oncallYml.replace(/start: [0-9-]+/, 'start: 2027-01-04')),
      warning: 'oncall.yml:11:12 schedules.sre.start: is still to come; until then its turns are counted back: ',
    },
    {
      reason: 'a stand-in whose time is over',
      change: () =>
        here.write(
          'oncall.yml',
          oncallYml.replace(
            'from: 2026-11-21 18:00, to: 2026-11-22 01:00',
            'from: 2026-11-01 10:00, to: 2026-11-02 10:00',
          ),
        ),
      warning: 'oncall.yml:13:65 overrides.0.to: is over (sre wang 2026-11-01 10:00 – 2026-11-02 10:00): it can go',
    },
    {
      reason: 'a mail address that not every server takes',
      change: () => here.write('oncall.yml', oncallYml.replace(/name: 王磊,/, 'name: 王磊, email: 王磊@例子.公司,')),
      warning:
        'oncall.yml:3:28 contacts.wang.email: has other letters than ASCII before its @: only a mail server with ',
    },
    {
      reason: 'a severity that waits, and tells nobody afterwards',
      change: () =>
        here.write(
          'fenghuo.yml',
          fenghuoYml.replace(
            '    channels: {',
            '    hold: { error: "22:00-09:00", info: "22:00-09:00" }\n    channels: {',
          ),
        ),
      warning:
        'fenghuo.yml:16:35 policies.default.hold.info: has no effect: the severity has no channels and tells nobody',
    },
    {
      reason: 'a secret in the file',
      change: () => here.write('fenghuo.yml', fenghuoYml.replace(/key: *"?\$\{WECOM_KEY\}"?/, 'key: 0f1e2d3c')),
      warning:
        'fenghuo.yml:10:10 channels.wecom.key: is written in plain text: put it into the environment, and ${NAME} here',
    },
    {
      reason: 'links to sign in that no channel can bring',
      change: () => {
        const access = 'access: [{ role: viewer, who: ["contact:*"] }]'
        here.write('fenghuo.yml', `${fenghuoYml}\nconsole: { link: true, ${access} }\n`)
      },
      warning:
        'fenghuo.yml:31:12 console.link: reaches nobody: no channel here writes plain words to one person; add `email`, ',
    },
    {
      reason: 'a state that nothing of AWS is known to have',
      change: () => inbound('aws: { events: [ec2], outcomes: { ec2: { stoped: critical, running: over } } }'),
      warning:
        'fenghuo.yml:22:57 projects.pay.inbound.aws.outcomes.ec2.stoped: is no state of ec2 that is known here (did you mean `stopped`?); known are pending, ',
    },
    {
      reason: 'a service by another name than in the table',
      change: () =>
        inbound('sns: { topics: ["arn:aws:sns:us-east-1:123456789012:a"], outcomes: { alarms: { OK: over } } }'),
      warning: 'fenghuo.yml:22:85 projects.pay.inbound.sns.outcomes.alarms: is none of emr-cluster, ',
    },
  ])('warns of $reason', async ({ change, warning }) => {
    change()
    const { code, err } = await here.run('validate')
    expect(code).toBe(0)
    expect(err).toContain(`warning: ${warning}`)
  })

  it('takes what AWS has beside what is in the table, and detail types, for meant', async () => {
    inbound(
      'aws: { events: [rds], outcomes: { alarm: { ALARM: error }, rds: { backup: notice }, Glue Job State Change: { X: error } } }',
    )
    expect(await here.run('validate')).toMatchObject({ code: 0, err: '' })
  })

  it('checks fenghuo.yml alone where the private file is not', async () => {
    const alone = terminal({ env: here.io.env })
    alone.write('fenghuo.yml', fenghuoYml)
    const { code, err } = await alone.run('validate')
    expect({ code, err }).toEqual({
      code: 0,
      err: 'warning: there is no oncall.yml: the names in policies were not checked',
    })
    alone.remove()
  })

  it('reads other files from where the command is given', async () => {
    here.write('staging/watch.yml', fenghuoYml.replace('language: zh', 'language: cn'))
    here.io.cwd = `${here.folder}/staging`
    const { code, out } = await here.run('validate', '--config', 'watch.yml')
    expect(code).toBe(1)
    expect(out).toContain('watch.yml:1:11 language: ')
  })

  it.each([
    { args: ['--config', 'none.yml'], err: 'error: none.yml: there is no such file', reason: 'no such file' },
    {
      args: ['--oncall', 'none.yml'],
      err: 'error: none.yml: there is no such file',
      reason: 'one that was asked for',
    },
    { args: ['--config', '.'], err: 'error: .: is a folder, not a file', reason: 'a folder' },
  ])('could not do it: $reason', async ({ args, err }) => {
    expect(await here.run('validate', ...args)).toEqual({ code: 2, out: '', err })
  })
})
