import { describe, expect, it } from 'vitest'
import type { CompiledPolicy } from '../../shared/contracts/compiled-config.ts'
import type { PlanNote } from '../../shared/oncall/notes.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { defaultPolicy } from '../../shared/oncall/policy.ts'
import { type PlanQuestion, resolvePlan } from '../../shared/oncall/resolve.ts'

const directory: Directory = {
  contacts: {
    lin: { name: '林悦', phone: '+8613800000001', email: 'lin@example.com' },
    wang: { name: '王磊', phone: '+8613800000002' },
    tan: { name: 'Tan Wei', phone: '+6590000003', email: 'tan@example.com', language: 'en' },
    chen: { name: '陈涛', email: 'chen@example.com' },
    zhao: { name: '赵敏' },
  },
  schedules: {
    sre: { rotation: ['lin', 'wang', 'tan'], handoff: 'Mon 10:00', timezone: 'Asia/Shanghai', start: '2026-11-23' },
    solo: { rotation: ['lin'], handoff: '10:00', timezone: 'Asia/Shanghai', start: '2026-11-23' },
  },
  overrides: [{ schedule: 'sre', contact: 'tan', from: '2026-11-28 00:00', to: '2026-11-29 00:00' }],
}

const policy: CompiledPolicy = {
  layers: [
    { page: ['sre'], calls: 2, ackTimeoutMs: 300_000 },
    { page: ['sre.next'], calls: 1, ackTimeoutMs: 60_000 },
  ],
  rounds: 3,
  repeatEveryMs: 600_000,
  acknowledgeOn: 'answer',
  channels: { critical: ['phone', 'sms', 'chat'], error: ['sms', 'chat'], warning: ['chat'], info: [] },
}

const inLinsWeek = Date.parse('2026-11-25T12:00:00+08:00')

function plan(question: Partial<PlanQuestion> = {}) {
  return resolvePlan({
    policy,
    severity: 'critical',
    directory,
    chat: ['wecom'],
    phoneHashOf: (phone) => `person of ${phone}`,
    now: inLinsWeek,
    language: 'zh',
    timezone: 'Asia/Shanghai',
    ...question,
  })
}

const paging = (...page: string[]): CompiledPolicy => ({
  ...policy,
  layers: [{ page, calls: 2, ackTimeoutMs: 300_000 }],
})

const lin = { contact: 'lin', name: '林悦', language: 'zh', phoneHash: 'person of +8613800000001' }

describe('a plan', () => {
  it('names who is on call and who is next, with the ways to reach them', () => {
    expect(plan()).toEqual({
      layers: [
        {
          targets: [{ ...lin, channels: ['phone', 'sms'], fallback: ['email'] }],
          calls: 2,
          ackTimeoutMs: 300_000,
          notes: [],
        },
        {
          targets: [
            {
              contact: 'wang',
              name: '王磊',
              language: 'zh',
              channels: ['phone', 'sms'],
              fallback: [],
              phoneHash: 'person of +8613800000002',
            },
          ],
          calls: 1,
          ackTimeoutMs: 60_000,
          notes: [],
        },
      ],
      rounds: 3,
      repeatEveryMs: 600_000,
      acknowledgeOn: 'answer',
      chat: ['wecom'],
      pages: true,
      at: inLinsWeek,
    })
  })

  it.each([
    ['2026-11-30T09:59:00+08:00', 'lin', 'wang', 'before the hand-off'],
    ['2026-11-30T10:00:00+08:00', 'wang', 'tan', 'after it'],
    ['2026-11-28T12:00:00+08:00', 'tan', 'wang', 'while tan stands in for lin'],
  ])('at %s has %s, then %s: %s', (time, first, second) => {
    const { layers } = plan({ now: Date.parse(time) })
    expect(layers.map(({ targets }) => targets.map(({ contact }) => contact))).toEqual([[first], [second]])
  })

  it.each<[string, string, string[][], string[], PlanQuestion['policy']['layers'][number]['page'][]]>([
    ['whom a hand-off has put on call since', '10:03', [['lin']], ['wang', 'chen'], [['sre'], ['sre.next'], ['chen']]],
    [
      'who is next, where there was no hand-off',
      '09:59',
      [['lin']],
      ['wang', 'chen'],
      [['sre'], ['sre.next'], ['chen']],
    ],
    ['who is next to them, later', '10:03', [['lin'], ['wang']], ['tan'], [['sre'], ['sre.next'], ['sre.next']]],
    ['one further, of three', '09:59', [['lin'], ['wang']], ['tan'], [['sre'], ['sre.next'], ['sre.next']]],
    ['who is next, if on-call itself was never asked for', '10:03', [['chen']], ['tan'], [['chen'], ['sre.next']]],
    ['who is on call, where that was asked for', '10:03', [['lin']], ['wang'], [['lin'], ['sre']]],
    ['in a new round who is next to the first', '10:03', [['lin'], ['wang']], ['wang', 'tan'], [['sre'], ['sre.next']]],
  ])('after a hand-off at 10:00 reaches %s', (_, time, reached, expected, pages) => {
    const layers = pages.map((page) => ({ page, calls: 1, ackTimeoutMs: 60_000 }))
    const { layers: resolved } = plan({
      policy: { ...policy, layers },
      now: Date.parse(`2026-11-30T${time}:00+08:00`),
      reached,
    })
    const left = resolved.slice(reached.length % layers.length)
    expect(left.flatMap(({ targets }) => targets.map(({ contact }) => contact))).toEqual(expected)
  })

  it('passes over who is on call since a hand-off and cannot be reached', () => {
    const { wang: _, ...contacts } = directory.contacts
    const { layers } = plan({
      directory: { ...directory, contacts },
      now: Date.parse('2026-11-30T10:03:00+08:00'),
      reached: [['lin']],
    })
    expect(layers[1]?.targets.map(({ contact }) => contact)).toEqual(['tan'])
  })

  it('speaks to each in their own language', () => {
    const [layer] = plan({ policy: paging('tan', 'lin') }).layers
    expect(layer?.targets.map(({ language }) => language)).toEqual(['en', 'zh'])
  })
})

describe('channels', () => {
  const channelsOf = (question: Partial<PlanQuestion>) => {
    const [target] = plan(question).layers[0]?.targets ?? []
    return target && { channels: target.channels, fallback: target.fallback }
  }

  it.each<[string, Partial<PlanQuestion>, object | undefined]>([
    ['all that the severity wants, then the rest', {}, { channels: ['phone', 'sms'], fallback: ['email'] }],
    ['a severity that only texts rings no phone', { severity: 'error' }, { channels: ['sms'], fallback: ['email'] }],
    ['what one does not have is not used', { policy: paging('wang') }, { channels: ['phone', 'sms'], fallback: [] }],
    ['what is left stands in when nothing fits', { policy: paging('chen') }, { channels: ['email'], fallback: [] }],
    [
      'without a phone channel a text does',
      { configured: ['sms', 'email'] },
      { channels: ['sms'], fallback: ['email'] },
    ],
    [
      'without a mail channel there is no mail',
      { configured: ['phone', 'sms'] },
      { channels: ['phone', 'sms'], fallback: [] },
    ],
    ['without any channel nobody is reached', { configured: [] }, undefined],
  ])('%s', (_, question, expected) => {
    expect(channelsOf(question)).toEqual(expected)
  })

  it('leave out the person where there is no phone', () => {
    expect(plan({ policy: paging('chen') }).layers[0]?.targets[0]).not.toHaveProperty('person')
  })
})

describe('a severity', () => {
  it('that only tells the chat pages nobody', () => {
    expect(plan({ severity: 'warning' })).toMatchObject({ layers: [], pages: false, chat: ['wecom'] })
  })

  it('that tells nobody has neither', () => {
    expect(plan({ severity: 'info' })).toMatchObject({ layers: [], pages: false, chat: [] })
  })

  it('without chat among its channels leaves the robots alone', () => {
    const silent = { ...policy, channels: { ...policy.channels, critical: ['phone' as const] } }
    expect(plan({ policy: silent })).toMatchObject({ pages: true, chat: [] })
  })
})

describe('a layer', () => {
  const layer = (...page: string[]) => {
    const { targets, notes } = plan({ policy: paging(...page) }).layers[0] ?? { targets: [], notes: [] }
    return { targets: targets.map(({ contact }) => contact), notes }
  }

  it.each<[string, string[], { targets: string[]; notes: PlanNote[] }]>([
    ['reaches one contact once', ['lin', 'sre', 'solo', 'wang', 'lin'], { targets: ['lin', 'wang'], notes: [] }],
    [
      'says who has no address',
      ['zhao', 'lin'],
      { targets: ['lin'], notes: [{ code: 'without-address', args: { contact: '赵敏' } }] },
    ],
    [
      'says whom nobody knows',
      ['ghost', 'lin'],
      { targets: ['lin'], notes: [{ code: 'no-such-contact', args: { contact: 'ghost' } }] },
    ],
    [
      'says that nobody is next',
      ['solo.next'],
      { targets: [], notes: [{ code: 'nobody-next', args: { schedule: 'solo' } }] },
    ],
    [
      'knows no contact by the names of an object',
      ['constructor'],
      { targets: [], notes: [{ code: 'no-such-contact', args: { contact: 'constructor' } }] },
    ],
  ])('%s', (_, page, expected) => {
    expect(layer(...page)).toEqual(expected)
  })

  it('says why somebody with a phone is not reached', () => {
    const { layers } = plan({ policy: paging('wang'), severity: 'error', configured: ['phone', 'email'] })
    expect(layers[0]).toMatchObject({
      targets: [],
      notes: [{ code: 'not-reached-by', args: { contact: '王磊', channels: ['sms'] } }],
    })
  })
})

it('the default policy calls the layers of a seed row in their order', () => {
  const contacts = {
    layer1: { name: 'layer1', phone: '+8613800000001' },
    layer2: { name: 'layer2', phone: '+8613800000002' },
  }
  const seed: Directory = { contacts, schedules: {}, overrides: [], layers: ['layer1', 'layer2'] }
  const resolved = plan({ policy: defaultPolicy(seed.layers ?? []), directory: seed })
  expect(resolved).toMatchObject({ rounds: 2, repeatEveryMs: 1_800_000, acknowledgeOn: 'key', pages: true })
  expect(resolved.layers.map(({ targets, calls, ackTimeoutMs }) => [targets[0]?.contact, calls, ackTimeoutMs])).toEqual(
    [
      ['layer1', 2, 300_000],
      ['layer2', 2, 300_000],
    ],
  )
})

describe('quiet hours', () => {
  const sleeping = { ...directory.contacts.lin, name: '林悦', quiet: ['22:00-08:00'] }
  const shanghai = (time: string) => Date.parse(`2026-11-25T${time}:00+08:00`)
  const found = (contact: Directory['contacts'][string], changes: Partial<PlanQuestion>) => {
    const question = { directory: { ...directory, contacts: { lin: contact } }, policy: paging('lin'), ...changes }
    const [layer] = plan({ severity: 'error', ...question }).layers
    return [layer?.targets[0]?.channels, layer?.targets[0]?.fallback, layer?.notes]
  }
  const withoutMail = { name: '林悦', phone: '+8613800000001', quiet: ['22:00-08:00'] }
  const note = { code: 'quiet-hours', args: { contact: '林悦', window: '22:00-08:00' } }

  it.each([
    ['let mail through, which wakes nobody', sleeping, { now: shanghai('23:00') }, [['email'], [], []]],
    ['pass over who has none, and say so', withoutMail, { now: shanghai('07:59') }, [undefined, undefined, [note]]],
    ['are over at their end', withoutMail, { now: shanghai('08:00') }, [['sms'], [], []]],
    [
      'are not for what is critical',
      sleeping,
      { now: shanghai('23:00'), severity: 'critical' as const },
      [['phone', 'sms'], ['email'], []],
    ],
    [
      'go by the clock of who has them',
      { ...withoutMail, timezone: 'Europe/London' },
      { now: shanghai('23:00') },
      [['sms'], [], []],
    ],
  ])('%s', (_, contact, changes, expected) => {
    expect(found(contact, changes)).toEqual(expected)
  })
})
