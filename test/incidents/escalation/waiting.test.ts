import { describe, expect, it } from 'vitest'
import { layer, Story, target } from '../story.ts'

/** Lin's phone is asked for at 02:13, with these channels behind it. */
function begun(fallback: ('sms' | 'email')[] = ['sms', 'email'], changes = {}): Story {
  const story = new Story({ layers: [layer([target('lin', { fallback })], changes)], chat: [] })
  story.at('02:13').trigger()
  story.step()
  return story
}

describe('a phone that cannot be called yet', () => {
  it('is stood in for by the next channel at once, while it is still being tried', () => {
    const story = begun()

    expect(story.at('02:13:05').call('lin', 'waiting', { reason: 'LimitExceeded' })).toEqual([
      '| call 1 to lin: waiting, LimitExceeded',
      'step 3 at 02:18',
      'tell lin sms: page',
      '| lin: phone to sms, LimitExceeded',
    ])
    expect(story.attempts).toEqual(['lin phone 1 waiting', 'lin sms 1 requested'])
  })

  it('is told to the group, which has read that it is being called, once a layer', () => {
    const lin = target('lin', { fallback: ['sms'] })
    const story = new Story({ layers: [layer([lin, target('wang')])], chat: ['ops'] }).begin()

    expect(story.at('02:13:05').call('lin', 'waiting', { reason: 'LimitExceeded' })).toContain('tell ops: unplaced')
    expect(story.call('wang', 'waiting', { reason: 'LimitExceeded' }).join()).not.toContain('unplaced')
  })

  it('is told to the group with what was sent meanwhile, which a text that waits was not', () => {
    const story = new Story({ layers: [layer([target('lin', { fallback: ['sms', 'email'] })])], chat: ['ops'] }).begin()
    story.call('lin', 'waiting', { reason: 'LimitExceeded' })
    expect(story.notice('unplaced').meanwhile).toEqual(['sms'])

    story.delivered('page', 'lin sms', 'waiting', 'Throttling')
    expect(story.notice('unplaced').meanwhile).toEqual(['email'])
  })

  it('rings later all the same, and is then one call', () => {
    const story = begun()
    story.call('lin', 'waiting', { step: 2 })
    expect(story.incident?.calls).toBe(0)

    expect(story.at('02:14').call('lin', 'ringing', { step: 2 })).toEqual(['| call 1 to lin: ringing'])
    expect(story.incident?.calls).toBe(1)
    expect(story.keyOne('lin')).toContain('| acknowledged by lin, phone')
  })

  it('is told of once, however often it is refused', () => {
    const story = begun()
    story.call('lin', 'waiting')

    expect(story.call('lin', 'waiting')).toEqual([])
  })

  it('and is given up hands over to nobody else: a text went out already', () => {
    const story = begun()
    story.call('lin', 'waiting')
    story.delivered('page', 'lin sms', 'sent')

    expect(story.at('02:17').call('lin', 'failed', { step: 2, reason: 'LimitExceeded' })).toEqual([
      '| call 1 to lin: failed, LimitExceeded',
    ])
    expect(story.phase).toBe('layer 0.0')
  })

  it('hands over to the channel after the next when that fails too', () => {
    const story = begun()
    story.call('lin', 'waiting')

    expect(story.delivered('page', 'lin sms', 'failed', 'blacklisted')).toContain('tell lin email: page')
  })

  it('hands over to the channel after the next when that is refused for now too', () => {
    const story = begun()
    story.call('lin', 'waiting')

    expect(story.delivered('page', 'lin sms', 'waiting', 'Throttling')).toContain('tell lin email: page')
    expect(story.attempts).toEqual(['lin phone 1 waiting', 'lin sms 1 waiting', 'lin email 1 requested'])
  })

  it('and has no other channel does not end its layer: it may ring yet', () => {
    const story = begun([])

    expect(story.call('lin', 'waiting', { reason: 'LimitExceeded' })).toEqual([
      '| call 1 to lin: waiting, LimitExceeded',
    ])
    expect(story.phase).toBe('layer 0.0')
  })

  it.each(['requested', 'waiting'] as const)('is never told as unanswered when its time is up: %s', (status) => {
    const story = begun()
    if (status === 'waiting') story.call('lin', 'waiting')
    story.at('02:18').step()

    expect(story.notice('exhausted')).toMatchObject({
      calls: 0,
      tried: [{ contact: 'lin', calls: 0, outcome: 'not-placed' }],
    })
  })

  it('after it rang once is told by how that call went', () => {
    const story = begun(['sms'], { calls: 2 })
    story.call('lin', 'ringing')
    story.call('lin', 'unanswered')
    story.call('lin', 'waiting')
    story.at('02:18').step()

    expect(story.notice('exhausted').tried).toEqual([{ contact: 'lin', name: 'lin', calls: 1, outcome: 'unanswered' }])
  })

  it('is called off like one that rings once somebody has it', () => {
    const story = begun()
    story.call('lin', 'waiting')

    expect(story.acknowledge('wang')[0]).toBe('cancel lin up to step 3')
    expect(story.attempts[0]).toBe('lin phone 1 cancelled')
  })
})
