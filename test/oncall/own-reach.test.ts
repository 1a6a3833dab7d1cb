import { describe, expect, it } from 'vitest'
import type { PersonalReach } from '../../shared/contracts/reach.ts'
import type { Severity } from '../../shared/contracts/words.ts'
import { ownReach, quietWindow } from '../../shared/oncall/own-reach.ts'

const all: PersonalReach[] = ['phone', 'sms', 'email']

describe('an order of their own', () => {
  it.each<[string, Severity, PersonalReach[], PersonalReach[], PersonalReach[] | undefined, PersonalReach[][]]>([
    ['is not needed', 'error', all, ['sms'], undefined, [['sms'], ['email']]],
    ['begins with its first channel alone', 'error', all, ['phone', 'sms'], ['email', 'sms'], [['email'], ['sms']]],
    ['may have the phone take over', 'error', all, ['sms'], ['sms', 'phone'], [['sms'], ['phone', 'email']]],
    ['may ring where the layer texts', 'warning', all, ['sms'], ['phone'], [['phone'], ['sms', 'email']]],
    ['leaves out what they lack', 'error', ['sms'], ['sms'], ['email', 'sms'], [['sms'], []]],
    ['is none if they have nothing of it', 'error', ['sms'], ['sms'], ['email'], [['sms'], []]],
    ['mutes nothing critical', 'critical', all, ['phone', 'sms'], ['email'], [['phone', 'sms', 'email'], []]],
    [
      'orders what takes over of the critical',
      'critical',
      all,
      ['phone'],
      ['phone', 'email', 'sms'],
      [['phone'], ['email', 'sms']],
    ],
  ])('%s', (_, severity, usable, wanted, order, [channels, fallback]) => {
    expect(ownReach(usable, wanted, order, severity)).toEqual({ channels, fallback })
  })
})

describe('quiet hours', () => {
  const sg = { until: '2026-12-31', off: ['2026-12-25'], working: [] }
  const tan = { name: 'Tan', quiet: ['offdays', '22:00-08:00'], holidays: ['sg'], timezone: 'Asia/Singapore' }
  const at = (time: string, contact: object = tan) =>
    quietWindow(
      { ...tan, ...contact },
      { severity: 'error', now: Date.parse(time), timezone: 'UTC', calendars: { sg } },
    )

  it.each([
    ['a working day', '2026-12-24T12:00:00+08:00', {}, undefined],
    ['its night', '2026-12-24T23:00:00+08:00', {}, '22:00-08:00'],
    ['a holiday of their own', '2026-12-25T12:00:00+08:00', {}, 'offdays'],
    ['the same day, for who has no calendar', '2026-12-25T12:00:00+08:00', { holidays: [] }, undefined],
  ])('count on %s', (_, time, contact, window) => {
    expect(at(time, contact)).toBe(window)
  })
})
