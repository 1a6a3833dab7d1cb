import { expect, it } from 'vitest'
import { createJournal, type StackEvent } from '../../local/journal.ts'
import { noticeFactIn, reachedAt } from '../../local/notice-facts.ts'

const AT = Date.UTC(2026, 10, 21, 3)
const tells = { incident: 'pay#1#web', kind: 'opened', incidents: 1 } as const
const line = (fields: object) => JSON.stringify({ event: 'notice', ...tells, ...fields })

it.each([
  ['was taken', line({ to: { chat: 'ops' }, delivery: { status: 'sent' } }), { tells, to: { chat: 'ops' } }],
  ['may have been', line({ to: { chat: 'ops' }, delivery: { status: 'unknown' } }), { tells, to: { chat: 'ops' } }],
  ['was refused', line({ to: { chat: 'ops' }, delivery: { status: 'failed' } }), undefined],
  ['waits for its turn', line({ to: { chat: 'ops' }, delivery: { status: 'waits' } }), undefined],
  ['is none', '{"event":"turn","seq":1}', undefined],
  ['is no fact at all', "{ a: 1 } isn't JSON", undefined],
])('a line of a message that %s', (_reason, text, fact) => {
  expect(noticeFactIn(text)).toEqual(fact)
})

it('a recipient is reached at the type of its robot, or at its own address', () => {
  const config = { channels: { ops: { name: 'ops', type: 'dingtalk', settings: {} } } }
  const people = { contacts: { lin: { name: 'Lin', phone: '+8613800000001', email: 'lin@example.com' } } }
  const at = (to: Parameters<typeof reachedAt>[0]) => reachedAt(to, { config, people })
  expect(at({ chat: 'ops' })).toEqual({ channel: 'dingtalk' })
  expect(at({ contact: 'lin', channel: 'sms' })).toEqual({ channel: 'sms', to: '+8613800000001' })
  expect(at({ contact: 'lin', channel: 'email' })).toEqual({ channel: 'email', to: 'lin@example.com' })
  expect(at({ contact: 'gone', channel: 'email' }), 'left since').toBeUndefined()
})

it('the journal says of each message of a recipient what it tells, in the order in which they came', () => {
  const journal = createJournal()
  const told: StackEvent[] = []
  journal.listen((event) => event.type === 'notified' && told.push(event))
  const message = { at: AT, title: { zh: '', en: '' }, format: 'text' } as const
  journal.sent({ ...message, channel: 'sms', to: '+8613800000001', text: '', refused: 'LimitExceeded' })
  journal.sent({ ...message, channel: 'sms', to: '+8613800000001', text: 'first' })
  journal.sent({ ...message, channel: 'sms', to: '+8613800000002', text: 'of another' })
  journal.sent({ ...message, channel: 'sms', to: '+8613800000001', text: 'second' })

  const resolved = { ...tells, kind: 'resolved' } as const
  journal.notified(tells, { channel: 'sms', to: '+8613800000001' }, AT + 1)
  journal.notified(resolved, { channel: 'sms', to: '+8613800000001' }, AT + 2)
  journal.notified(resolved, { channel: 'sms', to: '+8613800000001' }, AT + 3)

  expect(told).toMatchObject([
    { at: AT + 1, message: { text: 'first', tells } },
    { at: AT + 2, message: { text: 'second', tells: resolved } },
  ])
  expect(journal.messages().map(({ tells: known }) => known?.kind)).toEqual([
    'resolved',
    undefined,
    'opened',
    undefined,
  ])
})
