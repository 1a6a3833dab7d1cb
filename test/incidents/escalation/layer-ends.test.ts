import { describe, expect, it } from 'vitest'
import { layer, target } from '../story.ts'
import { begun } from './begun.ts'

describe('a layer ends', () => {
  it('as soon as its only phone was not answered', () => {
    const story = begun()
    expect(story.at('02:13:05').call('lin', 'ringing')).toEqual(['| call 1 to lin: ringing'])

    expect(story.at('02:14:05').call('lin', 'unanswered', { reason: 'TELECOM_UNANSWERED' })).toEqual([
      '| call 1 to lin: unanswered, TELECOM_UNANSWERED',
      '| layer 0.0 ended: unacknowledged',
      'step 3 at 02:14:05',
    ])
    expect(story.phase).toBe('next')
    expect(story.step()).toEqual([
      'call wang for step 4',
      'step 4 at 02:19:05',
      'tell ops: escalated',
      '| layer 0.1: wang',
    ])
  })

  it.each(['unanswered', 'busy', 'no-key'] as const)('only when the last of its phones has ended: %s', (outcome) => {
    const story = begun({ layers: [layer([target('lin'), target('wang')])] })

    expect(story.call('lin', outcome)).toEqual([`| call 1 to lin: ${outcome}`])
    expect(story.call('wang', outcome)[1]).toBe('| layer 0.0 ended: unacknowledged')
  })

  it('at once when somebody presses 9, and the robot hears who passed it on', () => {
    const story = begun({ layers: [layer([target('lin'), target('wang')]), layer([target('chen')])] })
    story.delivered('opened', 'ops', 'sent')
    story.call('lin', 'listening')
    story.call('wang', 'ringing')

    expect(story.at('02:14').call('lin', 'passed')).toEqual([
      '| call 1 to lin: passed',
      'cancel wang up to step 2',
      '| layer 0.0 ended: passed-on lin',
      'step 3 at 02:14',
    ])
    expect(story.step()).toEqual(['call chen for step 4', 'step 4 at 02:19', 'tell ops: passed', '| layer 0.1: chen'])
    expect(story.notice('passed').tried).toEqual([
      { contact: 'lin', name: 'lin', calls: 1, outcome: 'passed' },
      { contact: 'wang', name: 'wang', calls: 1, outcome: 'unanswered' },
    ])
    story.at('02:19').step()
    expect(story.notice('exhausted').tried).toHaveLength(3)
  })

  it('at ackTimeout, and what still rings is called off before the next is called', () => {
    const story = begun()
    story.delivered('opened', 'ops', 'sent')
    story.at('02:17:30').call('lin', 'ringing')

    expect(story.at('02:18').step()).toEqual([
      'cancel lin up to step 2',
      '| layer 0.0 ended: ack-timeout',
      'call wang for step 4',
      'step 4 at 02:23',
      'tell ops: escalated',
      '| layer 0.1: wang',
    ])
  })

  it('not before ackTimeout, but for the difference of two clocks', () => {
    const story = begun()

    expect(story.at('02:17:58').step()).toEqual([])
    expect(story.reason).toBe('early')
    expect(story.at('02:17:59').step()).toContain('| layer 0.0 ended: ack-timeout')
  })

  it('after ackTimeout when it has only texts', () => {
    const story = begun({ layers: [layer([target('lin', { channels: ['sms'] })]), layer([target('wang')])] })
    expect(story.delivered('page', 'lin sms', 'sent')).toEqual(['| page to lin sms: sent'])

    expect(story.at('02:17').step()).toEqual([])
    expect(story.at('02:18').step()).toContain('call wang for step 4')
  })

  it('at ackTimeout when a call’s answer was lost: it may ring', () => {
    const story = begun()

    expect(story.at('02:13:12').call('lin', 'unknown', { reason: 'reset' })).toEqual([
      '| call 1 to lin: unknown, reset',
    ])
    expect(story.phase).toBe('layer 0.0')
    expect(story.at('02:18').step()[0]).toBe('cancel lin up to step 2')
  })

  it('sooner when the lost call turns out to have ended', () => {
    const story = begun()
    story.call('lin', 'unknown')
    story.call('lin', 'listening')

    expect(story.at('02:14').call('lin', 'no-key')).toContain('| layer 0.0 ended: unacknowledged')
    expect(story.incident?.calls).toBe(1)
  })
})
