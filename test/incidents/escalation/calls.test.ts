import { describe, expect, it } from 'vitest'
import { layer, Story, target } from '../story.ts'

/** A story whose first layer has begun at 02:13, each phone being called so often. */
function begun(calls: number, targets = [target('lin')], further = [layer([target('wang')])]): Story {
  const story = new Story({ layers: [layer(targets, { calls }), ...further] })
  story.at('02:13').trigger()
  story.step()
  return story
}

describe('the second call', () => {
  it.each(['unanswered', 'busy', 'no-key'] as const)('follows the first at once when that was %s', (outcome) => {
    const story = begun(2)

    expect(story.at('02:14').call('lin', outcome)).toEqual([
      `| call 1 to lin: ${outcome}`,
      'call lin for step 3',
      'step 3 at 02:18',
    ])
    expect(story.attempts).toEqual([`lin phone 1 ${outcome}`, 'lin phone 2 requested'])
    expect(story.phase).toBe('layer 0.0')
  })

  it('is the last of a policy with two: then the layer ends', () => {
    const story = begun(2)
    story.at('02:14').call('lin', 'unanswered')

    expect(story.at('02:15').call('lin', 'busy')).toEqual([
      '| call 2 to lin: busy',
      '| layer 0.0 ended: unacknowledged',
      'step 4 at 02:15',
    ])
  })

  it('of one does not wait for the other, and the layer waits for both', () => {
    const story = begun(2, [target('lin'), target('wang')])
    expect(story.call('lin', 'busy')[1]).toBe('call lin for step 3')
    expect(story.call('wang', 'busy')[1]).toBe('call wang for step 4')
    expect(story.call('lin', 'busy')).toEqual(['| call 2 to lin: busy'])

    expect(story.call('wang', 'busy')[1]).toBe('| layer 0.0 ended: unacknowledged')
  })

  it('does not follow key 9, a lost answer, or a refusal', () => {
    for (const outcome of ['passed', 'unknown', 'failed'] as const) {
      const story = begun(2)
      expect(
        story.call('lin', outcome).filter((line) => line.startsWith('call lin')),
        outcome,
      ).toEqual([])
    }
  })

  it('keeps the deadline of its layer', () => {
    const story = begun(2)
    story.at('02:17:30').call('lin', 'unanswered')

    expect(story.at('02:17:58').step()).toEqual([])
    expect(story.at('02:18').step()[0]).toBe('cancel lin up to step 3')
  })

  it('is not asked for by an outcome that comes again', () => {
    const story = begun(2)
    story.call('lin', 'unanswered', { step: 2 })

    expect(story.call('lin', 'unanswered', { step: 2 })).toEqual([])
    expect(story.call('lin', 'ringing', { step: 2 })).toEqual([])
    expect(story.attempts).toEqual(['lin phone 1 unanswered', 'lin phone 2 requested'])
  })

  it('of a layer that is over does nothing', () => {
    const story = begun(1)
    story.at('02:18').step()

    expect(story.call('lin', 'unanswered', { step: 2 })).toEqual([])
    expect(story.reason).toBe('late outcome: unanswered')
  })
})

describe('a channel that fails', () => {
  it('hands over to the contact’s next one, at once and noted', () => {
    const story = begun(1, [target('lin', { fallback: ['sms', 'email'] })])

    expect(story.at('02:13:02').call('lin', 'failed', { reason: 'DestinationNotAllowed' })).toEqual([
      '| call 1 to lin: failed, DestinationNotAllowed',
      'step 3 at 02:18',
      'tell lin sms: page',
      '| lin: phone to sms, DestinationNotAllowed',
    ])
    expect(story.at('02:13:03').delivered('page', 'lin sms', 'failed', 'blacklisted')).toEqual([
      '| page to lin sms: failed, blacklisted',
      'step 4 at 02:18',
      'tell lin email: page',
      '| lin: sms to email, blacklisted',
    ])
    expect(story.delivered('page', 'lin email', 'sent')).toEqual(['| page to lin email: sent'])
    expect(story.attempts).toEqual(['lin phone 1 failed', 'lin sms 1 failed', 'lin email 1 sent'])
    expect(story.phase).toBe('layer 0.0')
  })

  it('and has no next one ends the layer at once', () => {
    const story = begun(1)

    expect(story.call('lin', 'failed', { reason: 'refused' })).toEqual([
      '| call 1 to lin: failed, refused',
      '| layer 0.0 ended: all-channels-failed',
      'step 3 at 02:13',
    ])
  })

  it('does not end a layer in which somebody else still rings', () => {
    const story = begun(1, [target('lin'), target('wang')])

    expect(story.call('lin', 'failed', { reason: 'refused' })).toEqual(['| call 1 to lin: failed, refused'])
    expect(story.call('wang', 'unanswered')[1]).toBe('| layer 0.0 ended: unacknowledged')
  })

  it('leaves a layer with a text that went out until its deadline', () => {
    const story = begun(1, [target('lin', { channels: ['phone', 'sms'] })])
    story.delivered('page', 'lin sms', 'sent')

    expect(story.call('lin', 'failed')).toEqual(['| call 1 to lin: failed'])
    expect(story.at('02:18').step()[0]).toBe('| layer 0.0 ended: ack-timeout')
  })

  it.each([
    { order: 'the text after the call', first: 'phone' },
    { order: 'the call after the text', first: 'sms' },
  ])('ends the layer when all have: $order', ({ first }) => {
    const story = begun(1, [target('lin', { channels: ['phone', 'sms'] })])
    const phone = () => story.call('lin', 'failed')
    const text = () => story.delivered('page', 'lin sms', 'failed')
    const [one, other] = first === 'phone' ? [phone, text] : [text, phone]

    expect(one()).toHaveLength(1)
    expect(other()[1]).toBe('| layer 0.0 ended: all-channels-failed')
  })

  it('is not told of a text whose answer was lost: it may have arrived', () => {
    const story = begun(1, [target('lin', { channels: ['sms'], fallback: ['email'] })])

    expect(story.delivered('page', 'lin sms', 'unknown', 'reset twice')).toEqual([
      '| page to lin sms: unknown, reset twice',
    ])
    expect(story.attempts).toEqual(['lin sms 1 sent'])
  })

  it('is of no interest once somebody has acknowledged', () => {
    const story = begun(1, [target('lin', { channels: ['phone', 'sms'], fallback: ['email'] })])
    story.acknowledge('wang')

    expect(story.delivered('page', 'lin sms', 'failed', 'x')).toEqual(['| page to lin sms: failed, x'])
  })
})

describe('rounds', () => {
  /** Phones ring and nobody answers: the layer that is under way ends, and the next step is taken. */
  const unanswered = (story: Story, time: string) => {
    for (const { contact } of story.escalation.attempts) story.call(contact, 'ringing')
    return story.at(time).step()
  }

  it('the list of layers is tried so many times, then it is exhausted: loud, on every text channel of everybody', () => {
    const story = new Story({
      layers: [
        layer([target('lin', { fallback: ['sms'] })]),
        layer([target('wang', { channels: ['phone', 'sms'], fallback: ['email'] }), target('lin')]),
      ],
      rounds: 2,
      chat: ['ops', 'boss'],
    })
    story.at('02:13').trigger()
    story.step()
    expect(unanswered(story, '02:18').at(-1)).toBe('| layer 0.1: wang, lin')
    expect(unanswered(story, '02:23').at(-1)).toBe('| layer 1.0: lin')
    expect(unanswered(story, '02:28').at(-1)).toBe('| layer 1.1: wang, lin')

    expect(unanswered(story, '02:33')).toEqual([
      'cancel wang up to step 8',
      'cancel lin up to step 8',
      '| layer 1.1 ended: ack-timeout',
      'step 10 at 03:03',
      'tell ops: exhausted',
      'tell boss: exhausted',
      'tell lin sms: exhausted',
      'tell wang sms: exhausted',
      'tell wang email: exhausted',
      '| exhausted after 2 rounds, again at 03:03',
    ])
    expect(story.notice('exhausted').tried).toEqual([
      { contact: 'lin', name: 'lin', calls: 4, outcome: 'unanswered' },
      { contact: 'wang', name: 'wang', calls: 2, outcome: 'unanswered' },
    ])
  })

  it('everybody is then called at once, again and again', () => {
    const story = begun(1)
    story.delivered('opened', 'ops', 'sent')
    story.call('lin', 'busy')
    story.step()
    story.at('02:14').call('wang', 'no-key')
    expect(story.step()).toContain('| exhausted after 1 rounds, again at 02:44')
    expect(story.at('02:30').step()).toEqual([])

    expect(story.at('02:44').step()).toEqual([
      'call lin for step 7',
      'call wang for step 7',
      'step 7 at 02:49',
      'tell ops: escalated',
      '| layer 1.-1: lin, wang',
    ])
    story.call('lin', 'unanswered')
    expect(story.call('wang', 'unanswered')[1]).toBe('| layer 1.-1 ended: unacknowledged')
    expect(story.step()).toContain('| exhausted after 1 rounds, again at 03:14')
    expect(story.at('03:14').step()).toContain('| layer 2.-1: lin, wang')
  })

  it('key 9 of one does not call the others off then: there is nobody to pass it on to', () => {
    const story = begun(1)
    story.call('lin', 'busy')
    story.step()
    story.at('02:14').call('wang', 'no-key')
    story.step()
    story.at('02:44').step()

    expect(story.call('lin', 'passed')).toEqual(['| call 1 to lin: passed'])
    expect(story.phase).toBe('layer 1.-1')
    expect(story.call('wang', 'unanswered')[1]).toBe('| layer 1.-1 ended: unacknowledged')
  })

  it('an answer after exhaustion ends it', () => {
    const story = begun(1, [target('lin')], [])
    story.call('lin', 'busy')
    story.step()
    story.at('02:43').step()

    expect(story.at('02:44').keyOne('lin')).toContain('| acknowledged by lin, phone')
    expect(story.at('03:13').step()).toEqual([])
  })

  it('a policy that changes under way counts from the next step on', () => {
    const story = begun(1)
    story.call('lin', 'busy')

    expect(story.step({ layers: [layer([target('lin')]), layer([target('chen')])] })).toContain('| layer 0.1: chen')
  })
})
