import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'
import { loadOnCall } from '../../shared/config/oncall-file.ts'
import { onCall } from '../../shared/oncall/on-call.ts'
import { everybodyIn } from '../../shared/oncall/turns.ts'
import { leavesNoTime } from '../../shared/oncall/window.ts'
import { itTellsProblems, policy, valid } from './spoilt.ts'

describe('what a policy cannot mean', () => {
  itTellsProblems([
    [
      'somebody twice in a layer',
      'policies',
      policy('layers: [{ page: [lin, sre, ‸lin] }]'),
      ['policies.default.layers.0.page.2', '`lin` stands in this list already: take one out'],
    ],
    [
      'a robot twice',
      'policies',
      policy('layers: [{ page: lin, chat: [wecom, ‸wecom] }]'),
      ['policies.default.layers.0.chat.1', '`wecom` stands in this list already'],
    ],
    [
      'a channel twice',
      'policies',
      policy('layers: [{ page: lin }], channels: { critical: [phone, chat, ‸phone] }'),
      ['policies.default.channels.critical.2', '`phone` stands in this list already'],
    ],
    [
      'one role twice',
      'policies',
      policy('layers: [{ page: sre }], acknowledgements: [sre, ‸sre]'),
      ['policies.default.acknowledgements.1', '`sre` stands in this list already'],
    ],
    [
      'more people than there are',
      'policies',
      policy('layers: [{ page: [lin, sre] }], acknowledgements: ‸2'),
      ['policies.default.acknowledgements', '2 people have to take an incident, and the layers reach lin alone'],
    ],
    [
      'more people than are paged at once',
      'policies',
      policy('layers: [{ page: sre }], acknowledgements: ‸2'),
      [
        'policies.default.acknowledgements',
        '2 people have to take an incident, and the layers page one person at most',
      ],
    ],
    [
      'a role that no layer asks for what it has to take',
      'policies',
      policy(
        'layers: [{ page: lin }, { page: sre, channels: { critical: [chat] } }], channels: { critical: [phone], error: [phone] }, acknowledgements: [lin, ‸sre]',
      ),
      [
        'policies.default.acknowledgements.1',
        'sre has to take what is `critical`, and no layer that pages sre is for that',
      ],
    ],
    [
      'whoever is next to the only one',
      'policies',
      policy('layers: [{ page: sre }, { page: ‸sre.next }]'),
      ['policies.default.layers.1.page', '`sre.next` is never anybody: sre has one person alone'],
    ],
    [
      'what is worse without a word',
      'policies',
      policy('layers: [{ page: lin }], ‸channels: { error: [sms], warning: [chat] }'),
      ['policies.default.channels', '`critical` is missing and tells nobody, while `warning`, which is less, does'],
    ],
    [
      'a layer that is left out for all',
      'policies',
      policy('layers: [{ page: lin }, ‸{ page: sre, channels: { critical: [] } }], channels: { critical: [phone] }'),
      ['policies.default.layers.1', 'is left out for every severity: take the layer out'],
    ],
    [
      'robots of a layer that no severity tells',
      'policies',
      policy('layers: [{ page: lin, chat: ‸wecom }], channels: { critical: [phone], error: [sms] }'),
      ['policies.default.layers.0.chat', 'has no effect: no severity uses `chat` here'],
    ],
    [
      'fewer calls by a route that is none',
      'policies',
      policy('layers: [{ page: lin }], callsBy: { ‸tencent-vms: 1 }'),
      [
        'policies.default.callsBy.tencent-vms',
        'has no effect: no call goes by tencent-vms; `channels.phone` has: connect',
      ],
    ],
    [
      'a hold without an end',
      'policies',
      policy('layers: [{ page: lin }], hold: { warning: ‸["Mon-Fri 00:00-24:00", "Sat,Sun"] }'),
      ['policies.default.hold.warning', 'leaves no time out: what is held would never be told'],
    ],
    [
      'maintenance without an end',
      'head',
      `${valid.head}\nmaintenance: { always: { match: [project=pay], during: ‸"09:00-09:00" } }`,
      ['maintenance.always.during', 'leaves no time out: nobody would ever be paged'],
    ],
    [
      'one policy twice to hand over to',
      'defaults',
      'defaults: { chat: [wecom], handOver: [quiet, ‸quiet] }',
      ['defaults.handOver.1', '`quiet` stands in this list already'],
    ],
  ])
})

const contacts = `contacts:
  lin: { name: 林悦, phone: "+8613800000001" }
  wang: { name: 王磊, email: wang@example.com }
  chen: { name: 陈涛, email: chen@example.com }
`
const rest = 'handoff: 10:00, timezone: Asia/Shanghai, start: 2026-11-23'
const schedules = (...lines: string[]) => `${contacts}schedules:\n${lines.map((line) => `  ${line}\n`).join('')}`
const sre = `sre: { rotation: [lin, wang], ${rest} }`
const override = (keys: string) =>
  `${schedules(sre)}overrides: [{ ${keys}, from: 2026-12-05 18:00, to: 2026-12-07 10:00 }]\n`

describe('what oncall.yml cannot mean', () => {
  it.each<[string, string, string, string]>([
    [
      'one person twice in a turn',
      schedules(`sre: { rotation: [[lin, lin], wang], ${rest} }`),
      'schedules.sre.rotation.0.1',
      '`lin` stands in this list already',
    ],
    [
      'one fallback twice',
      schedules(`sre: { rotation: [lin], then: [chen, chen], ${rest} }`),
      'schedules.sre.then.1',
      '`chen` stands in this list already',
    ],
    [
      'a rotation that ends before it begins',
      schedules(`sre: { rotation: [lin], from: 2027-01-04 10:00, until: 2027-01-04 10:00, ${rest} }`),
      'schedules.sre.until',
      'is not after its `from` (2027-01-04 10:00), so that it never counts',
    ],
    [
      'a number twice for one person',
      contacts.replace('phone: "+8613800000001"', 'phone: "+8613800000001", otherPhones: ["+8613800000001"]'),
      'contacts.lin.otherPhones.0',
      'lin (林悦) has this number already',
    ],
    [
      'a channel of their own without its address',
      contacts.replace('wang@example.com', 'wang@example.com, channels: { error: [email, sms] }'),
      'contacts.wang.channels.error.1',
      '`sms` reaches them by their `phone`, and there is none',
    ],
    [
      'a channel of their own twice',
      contacts.replace('wang@example.com', 'wang@example.com, channels: { error: [email, email] }'),
      'contacts.wang.channels.error.1',
      '`email` stands in this list already',
    ],
    [
      'a stand-in for somebody without turns',
      override('schedule: sre, contact: wang, for: chen'),
      'overrides.0',
      'changes nothing: chen has no turns in sre',
    ],
    [
      'somebody off who never was on',
      override('schedule: sre, remove: chen'),
      'overrides.0',
      'chen has no turns in sre',
    ],
    [
      'a swap with somebody without turns',
      override('schedule: sre, swap: [lin, chen]'),
      'overrides.0',
      'chen has no turns in sre',
    ],
  ])('%s', (_, text, key, message) => {
    const { directory, problems } = loadOnCall(text, 'oncall.yml')
    expect(directory).toBeUndefined()
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ key, message: expect.stringContaining(message) })
    expect(problems[0]?.zh).toMatch(/\p{Script=Han}/u)
  })

  it('takes whoever stands in, and whoever a fallback has, for people with turns', () => {
    const text = `${schedules(`sre: { rotation: [lin], then: night, ${rest} }`, `night: { rotation: [wang], ${rest} }`)}overrides:
  - { schedule: sre, contact: chen, for: lin, from: 2026-12-05 18:00, to: 2026-12-07 10:00 }
  - { schedule: sre, remove: chen, from: 2026-12-08 18:00, to: 2026-12-09 10:00 }
  - { schedule: sre, remove: wang, from: 2026-12-08 18:00, to: 2026-12-09 10:00 }
`
    expect(loadOnCall(text, 'oncall.yml').problems).toEqual([])
  })
})

it.each([
  [['00:00-24:00'], true],
  [['Mon-Sun'], true],
  [['Mon 09:00-Mon 09:00'], true],
  [['workdays', 'Sat,Sun'], true],
  [['22:00-09:00', '09:00-22:00'], true],
  [['22:00-09:00', '09:00-21:59'], false],
  [['Mon-Sat', 'Sun 00:00-23:59'], false],
  [['workdays'], false],
])('%j leaves no time out: %s', (windows, expected) => expect(leavesNoTime(windows)).toBe(expected))

it('a schedule that has several on call at once may give as many acknowledgements', () => {
  const text = `${contacts}schedules: { sre: { rotation: [[lin, wang], [wang, chen]], ${rest} } }`
  const { directory } = loadOnCall(text, 'oncall.yml')
  const written = (wanted: number) =>
    Object.values({ ...valid, policies: policy(`layers: [{ page: sre }], acknowledgements: ${wanted}`) }).join('\n')
  expect(loadConfig(written(2), 'fenghuo.yml', directory).problems).toEqual([])
  expect(loadConfig(written(3), 'fenghuo.yml', directory).problems).toHaveLength(1)
})

it('schedules that stand in for each other round the clock are meant, and have somebody at any time', () => {
  const by = (zone: string) => `handoff: 10:00, timezone: ${zone}, start: 2026-11-23, during: "09:00-17:00"`
  const text = schedules(
    `sg: { rotation: [lin], then: eu, ${by('Asia/Singapore')} }`,
    `eu: { rotation: [wang], then: us, ${by('Europe/London')} }`,
    `us: { rotation: [chen], then: sg, ${by('America/Los_Angeles')} }`,
  )
  const { directory = expect.fail(), problems } = loadOnCall(text, 'oncall.yml')
  expect(problems).toEqual([])
  const at = (hour: number) => onCall(directory, 'us', Date.UTC(2026, 10, 24, hour)).contacts
  expect([at(2), at(10), at(18)]).toEqual([['lin'], ['wang'], ['chen']])
  expect(everybodyIn(directory, 'us')).toEqual(new Set(['chen', 'lin', 'wang']))
})
