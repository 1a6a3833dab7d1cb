import { describe, expect, it } from 'vitest'
import { incidentMachine } from '../../../shared/incidents/machine.ts'
import { at } from '../../messages/notices.ts'
import { layer, Story, target } from '../story.ts'
import { begun } from './begun.ts'

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

  it('once: a step that comes again does nothing', () => {
    const story = begun()

    expect(story.step()).toEqual([])
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
    expect(story.step()).toEqual([])
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
    story.step({ pages: false, layers: [] })

    expect(story.at('06:13').step()).toEqual([
      'call lin for step 3',
      'step 3 at 06:18',
      'tell ops: escalated',
      '| layer 0.0: lin',
    ])
  })
})
