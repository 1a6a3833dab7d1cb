import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'
import { loadOnCall } from '../../shared/config/oncall-file.ts'
import { unreachedText } from '../../shared/messages/unreached.ts'
import { unreachedByLayers } from '../../shared/oncall/unreached.ts'

const phone = 'phone: [{ to: "+", type: connect, instance: i, caller: "+6531580000" }]'
const sms = 'sms: [{ to: "+", type: tencent-sms, app: "1400006666", sign: x, templates: { page: "1", resolved: "2" } }]'
const email = 'email: { type: smtp, host: smtp.example.com, port: 465, from: "a@example.com" }'

const now = Date.parse('2026-11-30T10:00:00Z')

function configOf(policy: string, channels = [phone, email]) {
  const { config, problems } = loadConfig(
    `channels: { ${[...channels, 'wecom: { type: wecom-robot, key: a }'].join(', ')} }
policies: { default: { ${policy} } }
projects: { pay: { title: 支付, chat: [wecom], checks: {} } }`,
    'fenghuo.yml',
  )
  if (config === undefined) throw new Error(JSON.stringify(problems))
  return config
}

/** `lin` and `wang` have a phone and a mail address, `chen` and `ming` a mail address, `zhao` a phone. */
function peopleOf(schedules = 'sre: { rotation: [lin, wang] }', chen = '') {
  const turned = schedules.replaceAll(
    'rotation',
    'handoff: Mon 10:00, timezone: Asia/Shanghai, start: 2026-01-05, rotation',
  )
  const { directory, problems } = loadOnCall(
    `contacts:
  lin: { name: Lin, phone: "+6590000001", email: lin@example.com }
  wang: { name: Wang, phone: "+6590000002", email: wang@example.com }
  chen: { name: Chen, email: chen@example.com${chen} }
  zhao: { name: Zhao, phone: "+6590000004" }
  ming: { name: Ming, email: ming@example.com }
schedules: { ${turned} }`,
    'oncall.yml',
  )
  if (directory === undefined) throw new Error(JSON.stringify(problems))
  return directory
}

describe('whom a layer reaches by no address that it uses', () => {
  it.each([
    ['everybody has a phone', 'layers: [{ page: sre }]', 'sre: { rotation: [lin, wang] }'],
    ['somebody else of the layer is always rung', 'layers: [{ page: [chen, sre] }]', 'sre: { rotation: [lin, wang] }'],
    ['somebody of each turn is rung', 'layers: [{ page: sre }]', 'sre: { rotation: [[lin, chen], wang] }'],
    [
      'the other turn of two at once is rung',
      'layers: [{ page: [sre, sre.next] }]',
      'sre: { rotation: [lin, chen, wang] }',
    ],
    ['mail is what the layer uses', 'layers: [{ page: chen }], channels: { critical: [email] }', undefined],
    ['robots alone are told', 'layers: [{ page: chen }], channels: { critical: [chat] }', undefined],
  ])('is nobody where %s', (_, policy, schedules) => {
    expect(unreachedByLayers(configOf(policy), peopleOf(schedules), now)).toEqual([])
  })

  const told =
    (...of: [...Parameters<typeof configOf>]) =>
    (people = peopleOf()) =>
      unreachedByLayers(configOf(...of), people, now).map((one) => `${one.contact} ${unreachedText(one, 'en')}`)

  it('is told of a mail in the place of a call, with all layers and severities', () => {
    const policy =
      'layers: [{ page: sre }, { page: sre.next }], channels: { critical: [phone, chat], error: [phone], warning: [chat] }'
    expect(told(policy)(peopleOf('sre: { rotation: [lin, chen] }'))).toEqual([
      'chen has no `phone`: where layer 1 of `default` (critical, error), layer 2 of `default` (critical, error) rings or texts, they get a mail alone, which wakes nobody',
    ])
  })

  it('is told of a mail that the layer sends beside its calls: that wakes nobody either', () => {
    expect(told('layers: [{ page: chen }], channels: { critical: [phone, email] }')()).toEqual([
      expect.stringMatching(/^chen has no `phone`: /),
    ])
  })

  it.each([
    ['that nobody has asked for', '', 1],
    ['that they have asked for', ', channels: { error: [email] }', 0],
    ['that they have asked for something else in the place of', ', channels: { warning: [email] }', 1],
  ])('is told of a mail for an error %s', (_, own, times) => {
    const config = 'layers: [{ page: chen }], channels: { critical: [chat], error: [phone] }'
    expect(told(config)(peopleOf(undefined, own))).toHaveLength(times)
  })

  it('is told of a mail for what is critical, whatever they have asked for', () => {
    const chen = ', channels: { critical: [email] }'
    expect(told('layers: [{ page: chen }]')(peopleOf(undefined, chen))).toHaveLength(1)
  })

  it('is told of nothing at all, and that the step passes on', () => {
    expect(told('layers: [{ page: sre }]', [phone])(peopleOf('sre: { rotation: [lin, chen] }'))).toEqual([
      'chen has no `phone`, and nothing else takes over: while it is their turn nobody is reached by layer 1 of `default` (critical), and the step passes on',
    ])
  })

  it('is told of a phone alone where mail is sent, unless a text takes over', () => {
    const config = 'layers: [{ page: zhao }], channels: { critical: [email] }'
    expect(told(config)()).toEqual([expect.stringMatching(/^zhao has no `email`, and nothing/)])
    expect(told(config, [phone, email, sms])()).toEqual([])
  })

  it('is told of those that a schedule falls back on, and who stands in', () => {
    const people = peopleOf('sre: { rotation: [lin], then: [support] }, support: { rotation: [wang], then: [chen] }')
    const away = { schedule: 'sre', contact: 'ming', from: '2026-12-01 10:00', to: '2026-12-02 10:00' }
    const beside = { schedule: 'sre', add: 'chen', from: away.from, to: away.to }
    expect(told('layers: [{ page: sre }]')({ ...peopleOf(), overrides: [beside] })).toEqual([])
    expect(told('layers: [{ page: sre }]')({ ...people, overrides: [away] }).map((one) => one.slice(0, 4))).toEqual([
      'ming',
      'chen',
    ])
  })

  it('is not told of turns and of standing in that are over', () => {
    const rotation = (who: string, when: string) => `{ rotation: [${who}], ${when}: 2026-11-30 18:00 }`
    const people = peopleOf(
      `sre: { timezone: Asia/Shanghai, layers: [${rotation('chen', 'until')}, ${rotation('lin', 'from')}] }`,
    )
    const past = { schedule: 'sre', contact: 'ming', from: '2026-11-29 10:00', to: '2026-11-30 18:00' }
    const [hour, all] = [3_600_000, { ...people, overrides: [past] }]
    const config = configOf('layers: [{ page: sre }]')
    const names = (moment: number) => unreachedByLayers(config, all, moment).map(({ contact }) => contact)
    expect(names(now - hour)).toEqual(['chen', 'ming'])
    expect(names(now)).toEqual([])
  })

  it('is nobody who stands in for one of several', () => {
    const span = { schedule: 'sre', from: '2026-12-01 10:00', to: '2026-12-02 10:00' }
    const people = peopleOf('sre: { rotation: [[lin, wang], zhao] }')
    const standsIn = (other: string) => ({ ...people, overrides: [{ ...span, contact: 'ming', for: other }] })
    expect(told('layers: [{ page: sre }]')(standsIn('lin'))).toEqual([])
    expect(told('layers: [{ page: sre }]')(standsIn('zhao'))).toEqual([expect.stringMatching(/^ming /)])
  })

  it('is both of a layer that reaches neither', () => {
    expect(told('layers: [{ page: [chen, ming] }]')()).toHaveLength(2)
  })

  it('is said in Chinese', () => {
    const [one = expect.fail()] = unreachedByLayers(configOf('layers: [{ page: [chen] }]'), peopleOf(), now)
    expect(unreachedText(one, 'zh')).toBe(
      '没有 `phone`：`default` 第 1 层（critical）要打电话或发短信，只能改发邮件，叫不醒人',
    )
  })
})
