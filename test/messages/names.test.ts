import { expect, it } from 'vitest'
import { connectKeys } from '../../shared/channels/connect/keys.ts'
import { compose } from '../../shared/messages/compose.ts'
import { smsSlots } from '../../shared/messages/sms.ts'
import { sayList } from '../../shared/messages/voice.ts'
import { inEnglish, messageOf, opened } from './notices.ts'

it.each([
  { title: 'Replication lag of db-3', said: 'Replication', reason: 'whole words only' },
  { title: 'Checkout', said: 'Checkout', reason: 'all of what is short' },
  { title: 'Supercalifragilistic', said: 'Supercalifra', reason: 'twelve characters of one long word' },
])('only voices and text messages shorten "$title": $reason', ({ title, said }) => {
  const notice = { ...inEnglish(opened), title, summary: title }
  const message = { ...messageOf(notice), language: 'en' as const }
  expect(compose(message).title).toContain(title)
  expect(smsSlots(message)?.params[2]).toBe(said)
  expect(sayList([notice], 'en', notice.at, connectKeys)).toContain(`: ${said} down`)
})
