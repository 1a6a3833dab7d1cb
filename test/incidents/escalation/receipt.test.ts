import { expect, it } from 'vitest'
import { layer, target } from '../story.ts'
import { begun } from './begun.ts'

const texted = () => begun({ layers: [layer([target('lin', { channels: ['sms'], fallback: ['email'] })])] })

it('a carrier’s refusal lets the next channel take over, be it known before or after that the vendor took the text', () => {
  const usual = texted()
  usual.delivered('page', 'lin sms', 'sent')
  const early = texted()

  const refused = ['step 3 at 02:18', 'tell lin email: page', '| lin: sms to email, empty number']
  for (const story of [usual, early])
    expect(story.receipt('page', 'lin sms', 'empty number')).toEqual([
      expect.stringContaining('not-arrived'),
      ...refused,
    ])
  expect(early.delivered('page', 'lin sms', 'sent')).toEqual(['| page to lin sms: sent'])
  expect(early.attempts).toEqual(['lin sms 1 failed', 'lin email 1 requested'])
})

it('a text that its vendor refuses for now is stood in for by the next channel at once, said once, and still tried', () => {
  const story = texted()

  const waits = ['step 3 at 02:18', 'tell lin email: page', '| lin: sms to email, Throttling']
  expect(story.delivered('page', 'lin sms', 'waiting', 'Throttling')).toEqual([
    '| page to lin sms: waiting, Throttling',
    ...waits,
  ])
  expect(story.delivered('page', 'lin sms', 'waiting', 'Throttling')).toEqual([])
  story.delivered('page', 'lin email', 'sent')
  expect(story.delivered('page', 'lin sms', 'failed', 'Throttling')).toEqual(['| page to lin sms: failed, Throttling'])
  expect(story.phase).toBe('layer 0.0')
})

it('a text that waited is not sent for its vendor’s having taken it when its carrier has refused it already', () => {
  const story = texted()
  story.delivered('page', 'lin sms', 'waiting', 'Throttling')
  story.receipt('page', 'lin sms', 'empty number')
  story.delivered('page', 'lin sms', 'sent')

  expect(story.attempts).toEqual(['lin sms 1 failed', 'lin email 1 requested'])
})
