import { expect, test } from 'vitest'
import { replyIn } from '../../shared/incidents/reply.ts'

const HOUR = 3_600_000

test.each([
  ['ack 1024', { act: 'acknowledge', number: 1024 }],
  ['ACK #1024.', { act: 'acknowledge', number: 1024 }],
  ['acknowledge 1024', { act: 'acknowledge', number: 1024 }],
  ['认领 1024 号', { act: 'acknowledge', number: 1024 }],
  ['认领1024号', { act: 'acknowledge', number: 1024 }],
  ['认领 １０２４', { act: 'acknowledge', number: 1024 }],
  ['ack1024', { act: 'acknowledge', number: 1024 }],
  ['认领', { act: 'acknowledge' }],
  ['pass 1024', { act: 'pass', number: 1024 }],
  ['转交 1024', { act: 'pass', number: 1024 }],
  ['snooze 1024', { act: 'snooze', number: 1024, ms: HOUR }],
  ['snooze 1024 2h', { act: 'snooze', number: 1024, ms: 2 * HOUR }],
  ['稍后 1024 30分钟', { act: 'snooze', number: 1024, ms: HOUR / 2 }],
  ['稍后 2小时', { act: 'snooze', ms: 2 * HOUR }],
  ['unack 1024', { act: 'give-back', number: 1024 }],
  ['恢复 1024', { act: 'resolve', number: 1024 }],
  ['resolve 1024 force', { act: 'resolve', number: 1024, force: true }],
  ['恢复 1024 强制', { act: 'resolve', number: 1024, force: true }],
])('%s is understood', (text, reply) => expect(replyIn(text)).toEqual(reply))

test.each([
  ['', 'nothing'],
  ['1024', 'a number says nothing of what to do with it'],
  ['takeaway 1024', 'another word that begins alike'],
  ['ack 1024 1025', 'two at once'],
  ['ack 1024 please', 'more than was asked for'],
  ['ack 1234567890', 'no number of an incident'],
  ['snooze 1024 30s', 'too short to be of use'],
  ['snooze 1024 30d', 'forgotten by everybody'],
  ['snooze 1024 soon', 'no time'],
  [`ack ${'1'.repeat(60)}`, 'a letter'],
])('%s asks for nothing: %s', (text) => expect(replyIn(text)).toBeUndefined())
