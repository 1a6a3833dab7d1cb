import { expect, it } from 'vitest'
import { type NoticeKind, noticeKinds, ofKind } from '../../shared/incidents/notice-kinds.ts'
import { compose } from '../../shared/messages/compose.ts'
import { smsSlots } from '../../shared/messages/sms.ts'
import { acknowledged, messageOf, opened, resolved } from '../messages/notices.ts'

const kinds = Object.keys(noticeKinds) as NoticeKind[]
const links = { acknowledge: 'https://oncall.example.com/ack?t=a', token: 'a' }

/** An incident of which there is a notice of any kind: it was taken and is over, as far as a kind says so. */
const noticeOf = (kind: NoticeKind) => ({ ...opened, ...acknowledged, ...resolved, calling: opened.calling, kind })

it.each(kinds)('%s has an acknowledge link where there is something to take, and only there', (kind) => {
  const { links: shown } = compose(messageOf(noticeOf(kind), { links }))
  const offers = shown.some(({ href }) => href === links.acknowledge)
  expect(offers).toBe(ofKind(kind).leaves === 'open')
})

it.each(kinds)('%s is told by the text that it names, and by none where it names none', (kind) => {
  expect(smsSlots(messageOf(noticeOf(kind)))?.template).toBe(ofKind(kind).text)
})

it('what leaves nothing to take is no trouble that somebody has to hear the end of, unless it is the first they hear of it', () => {
  const later = kinds.filter((kind) => ofKind(kind).leaves !== 'open' && kind !== 'held-taken')
  for (const kind of later) expect(ofKind(kind).tellsTrouble).toBeUndefined()
})
