import { describe, expect, it } from 'vitest'
import { at } from '../messages/notices.ts'
import { layer, Story, target } from './story.ts'

const expiring = () => {
  const texted = target('lin', { fallback: ['sms'] })
  return new Story({ ackExpiresMs: 7_200_000, layers: [layer([texted]), layer([target('wang')])] }).begin()
}

describe('an acknowledgement that expires', () => {
  it('says when, reminds who has it, and pages again', () => {
    const story = expiring()

    expect(story.at('02:15').acknowledge()).toEqual([
      'cancel lin up to step 2',
      'step 3 at 04:05',
      'tell ops: acknowledged',
      '| acknowledged by lin, link',
    ])
    expect(story.notice('acknowledged').ackEndsAt).toBe(at('04:15'))
    expect(story.at('04:05').step()).toEqual(['step 4 at 04:15', 'tell lin sms: ack-ends', 'tell ops: ack-ends'])
    expect(story.at('04:15').step()).toEqual([
      '| reopened: expired, lin',
      'call lin for step 5',
      'step 5 at 04:20',
      'tell ops: escalated',
      '| layer 0.0: lin',
    ])
    expect(story.notice('escalated').lapse).toMatchObject({ why: 'expired', action: { by: { name: 'lin' } } })
  })

  it('lasts as long again when it is renewed after the reminder, by whom ever', () => {
    const story = expiring()
    story.at('02:15').acknowledge()

    expect(story.at('02:20').acknowledge('wang')).toEqual([])
    story.at('04:05').step()
    expect(story.at('04:10').acknowledge('wang')[0]).toBe('step 5 at 06:00')
    story.at('04:15').step()
    expect([story.reason, story.incident?.status]).toEqual(['early', 'acknowledged'])
  })

  it('has no end once the incident is over', () => {
    const story = expiring()
    story.at('02:15').acknowledge()
    story.at('03:00').recovery()

    expect(story.at('04:05').step()).toEqual([])
    expect(story.reason).toBe('step of an incident that is resolved')
  })

  it('pages as ever where it got worse meanwhile, and only once', () => {
    const story = new Story({ ackExpiresMs: 7_200_000 })
    story.at('02:13').trigger({ severity: 'warning' })
    story.step()
    story.at('02:15').acknowledge()
    story.at('02:20').trigger({ severity: 'critical' })

    expect(story.step()).toContain('call lin for step 5')
    expect(story.incident).not.toHaveProperty('ackEnd')
  })

  it('waits for a pause that has begun meanwhile', () => {
    const story = expiring()
    story.at('02:15').acknowledge()
    story.at('04:05').step()
    const pause = {
      cause: { code: 'silenced', args: { silence: 's1', by: 'lin', comment: 'x' } },
      until: at('04:25'),
    } as const

    expect(story.at('04:15').step({}, pause)).toEqual([
      '| reopened: expired, lin',
      'step 5 at 04:25',
      'tell ops: paused',
      '| paused until 04:25: silenced s1 lin x',
    ])
  })
})

describe('a snooze', () => {
  it('takes what is open and pages again at its time, without a reminder', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step()

    expect(story.snooze('lin', '03:13')).toEqual([
      'cancel lin up to step 2',
      'step 3 at 03:13',
      '| acknowledged by lin, cli',
    ])
    expect(story.incident?.status).toBe('acknowledged')
    expect(story.at('03:13').step()).toContain('| reopened: snooze-over, lin')
    expect(story.phase).toBe('layer 0.0')
  })

  it('may be longer, or become an acknowledgement', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step()
    story.snooze('lin', '03:13')

    expect(story.snooze('lin', '04:13')[0]).toBe('step 4 at 04:13')
    story.at('02:30').acknowledge('wang')
    expect(story.incident).not.toHaveProperty('ackEnd')
    expect(story.at('04:13').step()).toEqual([])
  })

  it('by a key is told once, however often the press is brought', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step()
    story.delivered('opened', 'ops', 'sent')

    expect(story.at('02:14').keyOne('lin', '03:14')).toContain('tell ops: acknowledged')
    expect(story.keyOne('lin', '03:14')).toEqual([])
    expect(story.at('02:20').keyOne('lin', '03:20')).toContain('tell ops: acknowledged')
  })

  it('of what is over does nothing', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.recovery()

    expect(story.snooze('lin', '03:13')).toEqual([])
  })
})

describe('by hand', () => {
  it('what somebody gives back pages again at once', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step()
    story.acknowledge('lin')

    expect(story.at('02:20').giveBack('lin')).toEqual(['| reopened: given-back, lin', 'step 4 at 02:20'])
    expect(story.step()).toContain('call lin for step 5')
    expect(story.giveBack('lin')).toEqual([])
  })

  it('the next layer is paged now', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step()

    expect(story.at('02:14').escalate('lin')).toEqual([
      '| escalated by lin',
      'cancel lin up to step 2',
      '| layer 0.0 ended: passed-on lin',
      'step 3 at 02:14',
    ])
    expect(story.step()).toContain('call wang for step 4')
  })

  it.each([
    ['a layer by its number', 1, 'layer 0.1'],
    ['the last, where there are fewer', 7, 'layer 0.1'],
  ])('%s begins', (_, number, phase) => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step()
    story.escalate('lin', { layer: number })
    story.step()

    expect(story.phase).toBe(phase)
  })

  it('what is acknowledged, or exhausted, pages again', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step()
    story.acknowledge('lin')

    expect(story.escalate('wang', { to: ['wang'] })).toEqual([
      '| escalated by wang, wang',
      '| reopened: escalated, wang',
      'step 4 at 02:13',
    ])
    expect(story.incident?.handedTo).toEqual(['wang'])
  })

  it('what only the chat is told of stays there', () => {
    const story = new Story({ pages: false })
    story.at('02:13').trigger()
    story.step()

    expect(story.escalate('lin', { to: ['wang'] })).toEqual([])
    expect(story.reason).toBe('its severity pages nobody')
  })

  it('what is paused stays so, and what is over, too', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step({}, { cause: { code: 'maintenance', args: { window: 'x' } }, until: at('02:23') })
    expect(story.escalate('lin')).toEqual([])
    story.recovery()
    expect(story.escalate('lin')).toEqual([])
  })
})
