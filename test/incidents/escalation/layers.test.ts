import { describe, expect, it } from 'vitest'
import { incidentMachine } from '../../../shared/incidents/machine.ts'
import { at } from '../../messages/notices.ts'
import { layer, Story, target } from '../story.ts'

/** A story whose first layer has begun at 02:13. */
function begun(...[changes]: ConstructorParameters<typeof Story>): Story {
  const story = new Story(changes)
  story.at('02:13').trigger()
  story.step()
  return story
}

describe('a layer begins', () => {
  it('with everybody at once, each by every channel of the severity, and the robot is told', () => {
    const story = new Story({
      layers: [
        layer([target('lin', { channels: ['phone', 'sms'] }), target('wang', { channels: ['phone', 'email'] })]),
      ],
    })
    story.at('02:13').trigger()

    expect(story.at('02:13:01').step()).toEqual([
      'call lin for step 2',
      'call wang for step 2',
      'step 2 at 02:18:01',
      'tell lin sms: page',
      'tell wang email: page',
      'tell ops: opened',
      '| layer 0.0: lin, wang',
    ])
    expect(story.notice('opened')).toMatchObject({
      calling: [{ name: 'lin' }, { name: 'wang' }],
      until: at('02:18:01'),
      next: [],
      layers: 1,
      rounds: 1,
    })
  })

  it('and says who comes after it', () => {
    expect(begun().notice('opened').next).toEqual([{ contact: 'wang', name: 'wang' }])
  })

  it('once: the same step again, or one from before, does nothing', () => {
    const story = begun()

    expect(story.step(1)).toEqual([])
    expect(story.reason).toBe('stale step')
    expect(story.step(2)).toEqual([])
    expect(story.reason).toBe('early')
  })

  it('with one call to a number that two contacts share', () => {
    const story = new Story({ layers: [layer([target('lin'), target('office', { phoneHash: 'person-lin' })])] })
    story.at('02:13').trigger()

    expect(story.step()).toEqual([
      'call lin for step 2',
      'step 2 at 02:18',
      'tell ops: opened',
      '| layer 0.0: lin, office',
    ])
    expect(story.call('lin', 'unanswered')).toContain('| layer 0.0 ended: unacknowledged')
  })

  it('not for a severity that wakes nobody: the robot is told, and reminded every four hours until it is over', () => {
    const chatOnly = { pages: false, layers: [] }
    const story = new Story(chatOnly)
    story.at('02:13').trigger({ severity: 'warning' })

    expect(story.step()).toEqual(['step 2 at 06:13', 'tell ops: opened'])
    expect(story.step(1)).toEqual([])
    expect(incidentMachine.dueAt?.(story.incident ?? expect.fail())).toBe(at('06:13'))
    expect(story.at('06:00').step()).toEqual([])
    expect(story.at('06:13').step()).toEqual(['step 3 at 10:13', 'tell ops: reminder'])
    expect(story.at('10:13').step()).toEqual(['step 4 at 14:13', 'tell ops: reminder'])
    story.at('11:00').acknowledge('lin')
    expect(story.at('14:13').step()).toEqual([])
  })

  it('a robot that refused the opening is told at the reminder, though the message that was to bring it is lost', () => {
    const story = new Story({ pages: false, layers: [] })
    story.at('02:13').trigger({ severity: 'warning' })
    story.step()
    story.delivered('opened', 'ops', 'failed')

    expect(incidentMachine.dueAt?.(story.incident ?? expect.fail())).toBe(at('06:13'))
    expect(story.at('06:13').step()).toEqual(['step 3 at 10:13', 'tell ops: opened'])
  })

  it('nor for one that tells nobody: nothing is due', () => {
    const story = new Story({ pages: false, layers: [], chat: [] })
    story.at('02:13').trigger({ severity: 'info' })

    expect(story.step()).toEqual([])
    expect(incidentMachine.dueAt?.(story.incident ?? expect.fail())).toBeUndefined()
  })

  it('at the next reminder, where the policy has come to page for this severity', () => {
    const story = new Story()
    story.at('02:13').trigger({ severity: 'warning' })
    story.step(1, { pages: false, layers: [] })

    expect(story.at('06:13').step()).toEqual([
      'call lin for step 3',
      'step 3 at 06:18',
      'tell ops: escalated',
      '| layer 0.0: lin',
    ])
  })
})

describe('a project that has moved to a policy of fewer layers', () => {
  const three = [layer([target('lin')]), layer([target('wang')]), layer([target('tan')])]

  it.each([
    {
      at: 0,
      people: [['zhao']],
      reached: ['layer 0.0: zhao'],
      why: 'whoever is new is reached before it is exhausted',
    },
    {
      at: 1,
      people: [['zhao'], ['wang']],
      reached: ['layer 0.0: zhao', 'layer 0.1: wang'],
      why: 'from the first who is',
    },
    { at: 2, people: [['lin'], ['zhao']], reached: ['layer 0.1: zhao'], why: 'whoever was reached is not called anew' },
    { at: 2, people: [['lin'], ['wang']], reached: [], why: 'nobody is new' },
  ])('in layer $at, to $people: $why', ({ at: ended, people, reached }) => {
    const story = begun({ layers: three })
    for (let passed = 0; passed < ended; passed++) {
      story.now += 300_000
      story.step()
    }
    const moved = { layers: people.map((names) => layer(names.map((name) => target(name)))) }
    const lines: string[] = []
    for (let steps = 0; story.phase !== 'exhausted' && steps < 5; steps++) {
      story.now += 300_000
      lines.push(...story.step(undefined, moved))
    }

    expect(lines.filter((line) => /^\| layer \d\.\d: /.test(line))).toEqual(reached.map((line) => `| ${line}`))
    expect(story.phase).toBe('exhausted')
  })
})

describe('nobody reachable', () => {
  it('passes on at once, noted', () => {
    const story = new Story({
      layers: [
        layer([target('lin', { channels: [] })], { notes: [{ code: 'without-phone', args: { contact: 'lin' } }] }),
        layer([target('wang')]),
      ],
    })
    story.at('02:13').trigger()

    expect(story.step()).toEqual([
      '| layer 0.0: without-phone lin',
      'call wang for step 2',
      'step 2 at 02:18',
      'tell ops: opened',
      '| layer 0.1: wang',
    ])
  })

  it('in any layer is exhausted at once, and loud', () => {
    const story = new Story({
      layers: [layer([], { notes: [{ code: 'nobody-next', args: { schedule: 'sre' } }] }), layer([])],
      rounds: 3,
    })
    story.at('02:13').trigger()

    expect(story.step()).toEqual([
      '| layer 0.0: nobody-next sre',
      'step 2 at 02:43',
      'tell ops: exhausted',
      '| exhausted after 3 rounds, again at 02:43',
    ])
    expect(story.at('02:43').step()).toContain('tell ops: exhausted')
  })

  it('without any layer is exhausted, too', () => {
    const story = new Story({ layers: [] })
    story.at('02:13').trigger()

    expect(story.step()).toContain('tell ops: exhausted')
  })
})

describe('a layer ends', () => {
  it('as soon as its only phone was not answered', () => {
    const story = begun()
    expect(story.at('02:13:05').call('lin', 'ringing')).toEqual(['| call 1 to lin: ringing'])

    expect(story.at('02:14:05').call('lin', 'unanswered', { reason: 'TELECOM_UNANSWERED' })).toEqual([
      '| layer 0.0 ended: unacknowledged',
      'step 3 at 02:14:05',
      '| call 1 to lin: unanswered, TELECOM_UNANSWERED',
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
    expect(story.call('wang', outcome)[0]).toBe('| layer 0.0 ended: unacknowledged')
  })

  it('at once when somebody presses 9, and the robot hears who passed it on', () => {
    const story = begun({ layers: [layer([target('lin'), target('wang')]), layer([target('chen')])] })
    story.delivered('opened', 'ops', 'sent')
    story.call('lin', 'listening')
    story.call('wang', 'ringing')

    expect(story.at('02:14').call('lin', 'passed')).toEqual([
      'cancel wang up to step 2',
      '| layer 0.0 ended: passed-on lin',
      'step 3 at 02:14',
      '| call 1 to lin: passed',
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

describe('while somebody listens', () => {
  it('the deadline waits for the call, at most 120 s', () => {
    const story = begun()
    story.at('02:17:30').call('lin', 'listening')

    expect(story.at('02:18').step()).toEqual(['step 3 at 02:19:30'])
    expect(story.reason).toBe('someone is listening')
    expect(story.at('02:19:30').step()).toContain('| layer 0.0 ended: ack-timeout')
  })

  it.each(['ringing', 'unknown'] as const)('news from before, that it is %s, does not end the waiting', (late) => {
    const story = begun()
    story.at('02:17:30').call('lin', 'listening')

    expect(story.call('lin', late)).toEqual([])
    expect(story.at('02:18').step()).toEqual(['step 3 at 02:19:30'])
  })

  it('the call’s own end comes first', () => {
    const story = begun()
    story.at('02:17:30').call('lin', 'listening')
    story.at('02:18').step()

    expect(story.at('02:18:20').call('lin', 'no-key')).toContain('| layer 0.0 ended: unacknowledged')
  })

  it('for longer than that the deadline does not wait', () => {
    const story = begun()
    story.at('02:15').call('lin', 'listening')

    expect(story.at('02:18').step()).toContain('| layer 0.0 ended: ack-timeout')
  })
})

describe('acknowledgeOn', () => {
  it('answer: the answered call acknowledges', () => {
    const story = begun({ acknowledgeOn: 'answer' })

    expect(story.at('02:13:20').call('lin', 'listening')).toEqual([
      '| call 1 to lin: listening',
      '| acknowledged by lin, phone',
    ])
  })

  it('answer: told so late that they are being called again, that call is called off', () => {
    const story = begun({ acknowledgeOn: 'answer', layers: [layer([target('lin')], { calls: 2 })] })
    story.at('02:14').call('lin', 'unanswered')

    expect(story.call('lin', 'listening', { step: 2 })).toEqual([
      'cancel lin up to step 3',
      '| acknowledged by lin, phone',
    ])
  })

  it('answer: a call that only rang does not', () => {
    const story = begun({ acknowledgeOn: 'answer' })
    story.call('lin', 'ringing')
    story.call('lin', 'unanswered')

    expect(story.incident?.status).toBe('open')
  })

  it('key: an answered call is a voicemail for all anybody knows', () => {
    const story = begun()
    story.call('lin', 'listening')

    expect(story.incident?.status).toBe('open')
  })
})
