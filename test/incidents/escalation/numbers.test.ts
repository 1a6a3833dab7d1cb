import { describe, expect, it } from 'vitest'
import { layer, target } from '../story.ts'
import { begun } from './begun.ts'

const two = target('lin', { fallback: ['email'], others: [{ phoneHash: 'person-lin-home' }] })
const calls = (lines: string[]) => lines.filter((line) => /^(call|tell lin|\|) /.test(line)).sort()

describe('a person with two numbers', () => {
  it('is called at the second once the first has rung as often as the layer has it', () => {
    const story = begun({ layers: [layer([two], { calls: 2 })] })
    expect(calls(story.at('02:14').call('lin', 'unanswered'))).toEqual([
      'call lin for step 3',
      '| call 1 to lin: unanswered',
    ])
    expect(calls(story.at('02:15').call('lin', 'unanswered'))).toEqual([
      'call lin-home for step 4',
      '| call 2 to lin: unanswered',
    ])
    expect(story.phase).toBe('layer 0.0')
    expect(calls(story.at('02:16').call('lin-home', 'unanswered'))).toEqual([
      'call lin-home for step 5',
      '| call 1 to lin: unanswered',
    ])
    story.at('02:17').call('lin-home', 'unanswered')
    expect(story.phase).toBe('next')
  })

  it.each(['unanswered', 'busy', 'no-key', 'failed'] as const)('is called at the second after %s', (outcome) => {
    const story = begun({ layers: [layer([two])] })
    expect(story.call('lin', outcome)).toContain('call lin-home for step 3')
  })

  it('is not called at the second after passing it on by key, or while the first may ring', () => {
    const passed = begun({ layers: [layer([two]), layer([target('wang')])] })
    expect(passed.call('lin', 'passed')).not.toContain('call lin-home for step 3')
    const unknown = begun({ layers: [layer([two])] })
    expect(calls(unknown.call('lin', 'unknown'))).toEqual(['| call 1 to lin: unknown'])
  })

  it('takes it by a key at the second as at the first', () => {
    const story = begun({ layers: [layer([two])] })
    story.call('lin', 'unanswered')
    story.call('lin-home', 'listening')
    expect(story.keyOne('lin-home')).toContain('| acknowledged by lin, phone')
  })

  it('is mailed once no number is left that could ring', () => {
    const story = begun({ layers: [layer([two])] })
    story.call('lin', 'failed', { reason: 'no such number' })
    expect(calls(story.call('lin-home', 'failed', { reason: 'no such number' }))).toEqual([
      'tell lin email: page',
      '| call 1 to lin: failed, no such number',
      '| lin: phone to email, no such number',
    ])
  })

  it('is called off at the second when somebody else has it', () => {
    const story = begun({ layers: [layer([two, target('wang')])] })
    story.call('lin', 'unanswered')
    expect(story.acknowledge('wang')).toContain('cancel lin-home up to step 3')
  })

  it('says in the history which number it was', () => {
    const story = begun({ layers: [layer([two])] })
    story.call('lin', 'unanswered')
    expect(story.escalation.attempts.map(({ number }) => number)).toEqual([undefined, 2])
  })
})

it('a phone takes over from a text for whom that is their own order', () => {
  const own = target('lin', { channels: ['sms'], fallback: ['phone', 'email'] })
  const story = begun({ layers: [layer([own])] })
  const lines = story.delivered('page', 'lin sms', 'failed', 'no such number')
  expect(lines).toContain('call lin for step 3')
  expect(lines).toContain('| lin: sms to phone, no such number')
  expect(calls(story.call('lin', 'failed', { reason: 'busy line' }))).toContain('tell lin email: page')
})

it('mail takes over from a text where the only number of theirs rings already, as somebody else’s', () => {
  const own = target('lin', { channels: ['sms'], fallback: ['phone', 'email'] })
  const story = begun({ layers: [layer([own, target('wang', { phoneHash: own.phoneHash ?? '' })])] })
  const lines = story.delivered('page', 'lin sms', 'failed', 'no such number')
  expect(calls(lines)).toContain('tell lin email: page')
})
