import { describe, expect, it } from 'vitest'
import type { Pause } from '../../../shared/incidents/pause/pause.ts'
import { at } from '../../messages/notices.ts'
import { Story } from '../story.ts'

const until = (time: string, silence = 's1'): Pause => ({
  cause: { code: 'silenced', args: { silence, by: 'lin', comment: 'upgrade' } },
  until: at(time),
})

describe('an incident that is silenced', () => {
  it('from its opening on pages nobody and tells nobody, and pages at the end if it still burns', () => {
    const story = new Story()
    story.at('02:13').trigger()

    expect(story.step({}, until('02:23'))).toEqual(['step 2 at 02:23', '| paused until 02:23: silenced s1 lin upgrade'])
    expect([story.phase, story.incident?.status]).toEqual(['paused', 'open'])
    expect(story.at('02:23').step()).toEqual([
      '| resumed',
      'call lin for step 3',
      'step 3 at 02:28',
      'tell ops: opened',
      '| layer 0.0: lin',
    ])
    expect(story.phase).toBe('layer 0.0')
  })

  it('while it is being paged is called off, those who know of it hear why, and it begins anew at the end', () => {
    const story = new Story().begin()
    story.call('lin', 'ringing')

    expect(story.at('02:14').step({}, until('02:24'))).toEqual([
      'cancel lin up to step 2',
      'step 3 at 02:24',
      'tell ops: paused',
      '| paused until 02:24: silenced s1 lin upgrade',
    ])
    expect(story.notice('paused')).toMatchObject({ until: at('02:24'), pause: { code: 'silenced' } })
    expect(story.call('lin', 'unanswered', { step: 2 })).toEqual([])
    expect(story.at('02:24').step()).toContain('tell ops: escalated')
    expect(story.phase).toBe('layer 0.0')
  })

  it('for long tells the chat ten minutes before its end that it still burns, once', () => {
    const story = new Story()
    story.at('02:13').trigger()

    expect(story.step({}, until('04:13'))[0]).toBe('step 2 at 04:03')
    expect(story.at('04:03').step({}, until('04:13'))).toEqual(['step 3 at 04:13', 'tell ops: pause-ends'])
    expect(story.at('04:04').step({}, until('04:13'))).toEqual([])
    story.delivered('pause-ends', 'ops', 'sent')
    expect(story.at('04:13').step()).toContain('call lin for step 4')
  })

  it('for longer than it was, or by another one, goes on without a word to anybody', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step({}, until('02:23'))

    expect(story.at('02:20').step({}, until('02:26'))).toEqual([
      'step 3 at 02:26',
      '| paused until 02:26: silenced s1 lin upgrade',
    ])
    expect(story.at('02:26').step({}, until('02:30', 's2'))[1]).toBe('| paused until 02:30: silenced s2 lin upgrade')
  })

  it('for less long than it was pages at the new end', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step({}, until('04:13'))

    expect(story.at('02:30').step({}, until('02:35'))[0]).toBe('step 3 at 02:35')
    expect(story.at('02:31').step()).toContain('call lin for step 4')
  })

  it('and repeats the same asks nobody; one that has become another is judged afresh', () => {
    const story = new Story()
    story.at('02:13').trigger({ severity: 'warning' })
    story.step({}, until('03:13'))

    expect(story.at('02:14').trigger({ severity: 'warning' })).toEqual([])
    expect(story.at('02:15').trigger({ severity: 'critical' })).toEqual([
      'step 3 at 02:15',
      '| changed: critical web is down',
    ])
    expect(story.at('02:16').trigger({ severity: 'critical', labels: { team: 'sre' } })).toEqual(['step 4 at 02:16'])
  })

  it.each([
    ['is taken', (story: Story) => story.acknowledge(), 'acknowledged'],
    ['is over', (story: Story) => story.recovery(), 'resolved'],
  ])('and $0 has no end of the silence to wait for', (_, end, status) => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step({}, until('02:23'))

    expect(end(story.at('02:15')).filter((line) => !/^number|^\|/.test(line))).toEqual([])
    expect(story.incident?.status).toBe(status)
    story.at('02:23').step()
    expect(story.reason).toBe(`step of an incident that is ${status}`)
  })

  it('and only tells what has happened is over at once', () => {
    const story = new Story()
    story.at('02:13').trigger({ once: true })

    expect(story.step({}, until('02:23'))).toEqual([
      '| paused until 02:23: silenced s1 lin upgrade',
      'number 1024 is over',
      '| resolved by nobody, once',
    ])
  })
})
