import { describe, expect, it } from 'vitest'
import { incidentMachine } from '../../shared/incidents/machine.ts'
import { layer, Story, target } from './story.ts'

/** Lin is being called, and has a text; the robot has heard of it. */
function paging(): Story {
  const story = new Story({ layers: [layer([target('lin', { channels: ['phone', 'sms'] }), target('wang')])] })
  story.at('02:13').trigger()
  story.step()
  story.delivered('page', 'lin sms', 'sent')
  story.delivered('opened', 'ops', 'sent')
  return story
}

describe('an acknowledgement', () => {
  it('calls every phone off and is told to the group at once, to nobody else', () => {
    const story = paging()
    story.call('lin', 'ringing')

    expect(story.at('02:14').acknowledge('wang')).toEqual([
      'cancel lin up to step 2',
      'cancel wang up to step 2',
      'tell ops: acknowledged',
      '| acknowledged by wang, link',
    ])
    expect(story.incident).toMatchObject({ status: 'acknowledged', step: 3 })
    expect(story.attempts).toEqual(['lin phone 1 cancelled', 'lin sms 1 sent', 'wang phone 1 cancelled'])
    expect(story.notice('acknowledged').acknowledged?.by?.name).toBe('wang')
  })

  it('by key names who pressed it, and leaves that phone to its phone line', () => {
    const story = paging()
    story.call('lin', 'listening')

    const follows = story.at('02:14').keyOne('lin')
    expect(follows).toContain('| acknowledged by lin, phone')
    expect(follows.filter((line) => line.startsWith('cancel lin'))).toEqual([])
  })

  it.each([
    { when: 'in a layer', before: (_: Story) => {} },
    { when: 'between two layers', before: (story: Story) => story.call('lin', 'passed') },
    {
      when: 'after exhaustion',
      before: (story: Story) => {
        story.call('lin', 'unanswered')
        story.call('wang', 'unanswered')
        story.step()
      },
    },
  ])('wins against any step: $when', ({ before }) => {
    const story = paging()
    before(story.at('02:14'))

    expect(story.acknowledge()).toContain('| acknowledged by lin, link')
    expect(story.step()).toEqual([])
    expect(story.at('02:50').step()).toEqual([])
    expect(story.call('wang', 'unanswered')).toEqual([])
    expect(incidentMachine.dueAt?.(story.incident ?? expect.fail())).toBeUndefined()
  })

  it('counts once', () => {
    const story = paging()
    story.at('02:14').acknowledge('lin')

    expect(story.at('02:15').acknowledge('wang')).toEqual([])
    expect(story.reason).toBe('already acknowledged')
    expect(story.incident?.acknowledged?.by?.name).toBe('lin')
  })

  it('of what was resolved is none', () => {
    const story = paging()
    story.at('02:14').recovery()

    expect(story.acknowledge()).toEqual([])
    expect(story.incident?.acknowledged).toBeUndefined()
  })

  it('reaches a robot whose first message was still under way', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step()
    expect(story.at('02:14').acknowledge()).toEqual(['cancel lin up to step 2', '| acknowledged by lin, link'])

    expect(story.delivered('opened', 'ops', 'sent')).toEqual(['tell ops: acknowledged', '| opened to ops: sent'])
  })

  it('a call that is called off and still tells of itself changes nothing but its line', () => {
    const story = paging()
    story.at('02:14').acknowledge('wang')

    expect(story.call('lin', 'unanswered', { reason: 'called off' })).toEqual([])
    expect(story.reason).toBe('repeated outcome: unanswered')
  })
})

describe('a recovery', () => {
  it('stops the phones and tells exactly who was told, never by phone', () => {
    const story = paging()
    story.call('lin', 'ringing')

    expect(story.at('02:20').recovery()).toEqual([
      'cancel lin up to step 2',
      'cancel wang up to step 2',
      'tell lin sms: resolved',
      'tell ops: resolved',
      'number 1024 is over',
      '| resolved by nobody, system',
    ])
  })

  it('is told to nobody whom no message has reached', () => {
    const story = new Story({ layers: [layer([target('lin', { channels: ['sms'] })])] })
    story.at('02:13').trigger()
    story.step()
    story.delivered('page', 'lin sms', 'failed', 'number blocked')
    story.delivered('opened', 'ops', 'failed', 'webhook deleted')

    expect(story.at('02:20').recovery()).toEqual(['number 1024 is over', '| resolved by nobody, system'])
  })

  it('is told to whom a message may have reached', () => {
    const story = new Story({ layers: [layer([target('lin', { channels: ['sms'] })])] })
    story.at('02:13').trigger()
    story.step()
    story.delivered('page', 'lin sms', 'unknown', 'reset')

    expect(story.at('02:20').recovery()).toContain('tell lin sms: resolved')
  })

  it('after an acknowledgement keeps who had it, and says how long it lasted', () => {
    const story = paging()
    story.at('02:14').keyOne('lin')
    story.at('02:20').recovery()

    expect(story.notice('resolved')).toMatchObject({
      acknowledged: { by: { name: 'lin' } },
      resolved: { via: 'system' },
    })
  })

  it.each(['opened', 'page'] as const)('reaches whom %s was still under way to, once', (kind) => {
    const story = new Story({ layers: [layer([target('lin', { channels: ['sms'] })])] })
    const to = kind === 'page' ? 'lin sms' : 'ops'
    story.at('02:13').trigger()
    story.step()
    expect(story.at('02:14').recovery()).toEqual(['number 1024 is over', '| resolved by nobody, system'])

    expect(story.at('02:14:01').delivered(kind, to, 'sent')).toEqual([
      `tell ${to}: resolved`,
      expect.stringMatching(`${kind} to ${to}: sent`),
    ])
    expect(story.delivered('resolved', to, 'sent')).toEqual([`| resolved to ${to}: sent`])
  })

  it('is not told again to a robot that has heard of it, when an older post arrives late', () => {
    const story = paging()
    story.at('02:18').step()
    story.call('lin', 'unanswered')
    story.call('wang', 'unanswered')
    story.step()
    expect(story.at('02:20').recovery()).toContain('tell ops: resolved')

    expect(story.at('02:20:01').delivered('exhausted', 'ops', 'sent')).toEqual(['| exhausted to ops: sent'])
  })

  it('by a person says who', () => {
    const story = paging()

    expect(story.at('02:20').resolveBy('wang')).toContain('| resolved by wang, cli')
    expect(story.resolveBy('wang')).toEqual([])
  })
})

it('a note is a line of the timeline and nothing else', () => {
  const story = paging()
  const before = story.incident

  expect(story.take({ type: 'note', generation: 1, by: 'lin', text: 'looking' })).toEqual(['| lin: looking'])
  expect(story.incident).toBe(before)
})

it('nothing can happen to an incident that never was', () => {
  const story = new Story()

  expect(story.step()).toEqual([])
  expect(story.acknowledge('lin', 1)).toEqual([])
  expect(story.take({ type: 'stale' })).toEqual([])
  expect(story.incident).toBeUndefined()
})

it('what a program notes all night leaves an incident as small as it was, and is noted once each', () => {
  const { incident, now } = paging()
  const noted = (state: typeof incident, index: number) =>
    incidentMachine.transition(
      state,
      { type: 'note', generation: 1, by: 'bot', text: 'still there', once: `request ${index}` },
      now + index * 700,
    ).state
  const many = Array.from({ length: 5_000 }, (_, index) => index).reduce(noted, incident)
  expect(JSON.stringify(many).length).toBeLessThan(20_000)
  expect(noted(many, 4_999)).toBe(many)
})
