import { describe, expect, it } from 'vitest'
import type { Plan } from '../../shared/oncall/plan.ts'
import { at } from '../messages/notices.ts'
import { layer, plan, Story, target } from './story.ts'

const two = (changes: Partial<Plan> = {}) => new Story({ needs: { count: 2 }, ...changes }).begin()
const roles = {
  roles: [
    { name: 'sre', people: ['lin', 'wang'] },
    { name: 'dba', people: ['tan'] },
  ],
}

describe('an incident that two people have to take', () => {
  it('is nobody’s with one: theirs is the only phone that stops, and the next layer is called at once', () => {
    const story = two()
    expect(story.at('02:14').keyOne('lin')).toEqual([
      'step 3 at 02:18',
      'tell ops: partly',
      '| acknowledged by lin, phone, missing 1',
      '| layer 0.0 ended: unacknowledged',
      'step 4 at 02:14',
    ])
    expect(story.incident?.status).toBe('open')
    expect(story.step()).toContain('call wang for step 5')
  })

  it('is taken with the second, and says who both were', () => {
    const story = two()
    story.at('02:14').keyOne('lin')
    story.step()
    expect(story.at('02:15').acknowledge('wang')).toContain('tell ops: acknowledged')
    expect(story.incident?.status).toBe('acknowledged')
    expect(story.notice('acknowledged').needed?.takers.map(({ by }) => by?.name)).toEqual(['lin', 'wang'])
  })

  it('is not taken twice by the same', () => {
    const story = two()
    story.at('02:14').acknowledge('lin')
    expect(story.at('02:15').acknowledge('lin')).toEqual([])
    expect([story.reason, story.incident?.status]).toEqual(['taken by them already', 'open'])
  })

  it('calls off, by a link, the phone of whoever took it, and no other', () => {
    const both = two({ layers: [layer([target('lin'), target('wang')])] })
    const told = both.at('02:14').acknowledge('lin')
    expect(told.filter((line) => line.startsWith('cancel'))).toEqual(['cancel lin up to step 2'])
    expect(both.incident?.escalation.phase).toBe('layer')
  })

  it('calls nobody again who has taken it, not even when everybody is', () => {
    const story = two()
    story.at('02:14').keyOne('lin')
    story.step()
    story.at('02:15').call('wang', 'unanswered')
    expect(story.step()).toContain('tell ops: exhausted')
    expect(
      story
        .at('02:45')
        .step()
        .filter((line) => line.startsWith('call')),
    ).toEqual([expect.stringMatching(/^call wang/)])
  })

  it('is asked of them again when they take that back', () => {
    const story = two()
    story.at('02:14').acknowledge('lin')
    expect(story.at('02:15').giveBack('lin')).toContain('| reopened: given-back, lin')
    expect(story.incident?.takers).toEqual([])
  })

  it('keeps the word of the other when one of both takes it back', () => {
    const story = two()
    story.at('02:14').acknowledge('lin')
    story.at('02:15').acknowledge('wang')
    story.at('02:16').giveBack('wang')
    expect(story.incident?.takers?.map(({ by }) => by?.name)).toEqual(['lin'])
    expect(story.step().filter((line) => line.startsWith('call'))).toEqual([expect.stringMatching(/^call wang/)])
    story.at('02:17').acknowledge('wang')
    expect(story.incident?.status).toBe('acknowledged')
  })

  it('is all to be taken again when somebody else gives it back', () => {
    const story = two()
    story.at('02:14').acknowledge('lin')
    story.at('02:15').acknowledge('wang')
    story.at('02:16').giveBack('tan')
    expect(story.incident?.takers).toBeUndefined()
  })

  it('wants both while it waits for its first layer, too, and calls nobody afterwards who has taken it', () => {
    const story = new Story({ needs: { count: 2 } })
    story.at('02:13').trigger()
    story.step({}, { cause: { code: 'held', args: { window: '22:00-09:00' } }, until: at('09:00') })
    story.at('02:14').acknowledge('lin')
    expect(story.incident?.status).toBe('open')
    const told = story.at('09:00').step()
    expect(told.filter((line) => line.startsWith('call'))).toEqual([expect.stringMatching(/^call wang/)])
  })

  it('is one’s alone once its policy wants no more', () => {
    const story = two()
    story.at('02:18').take({ type: 'step', plan: plan() })
    story.at('02:19').acknowledge('wang')
    expect(story.incident?.status).toBe('acknowledged')
  })

  it('begins anew when it gets worse than both took it as', () => {
    const story = new Story({ needs: { count: 2 } }).begin({ severity: 'error' })
    story.at('02:14').acknowledge('lin')
    story.at('02:15').acknowledge('wang')
    story.at('02:16').trigger({ severity: 'critical' })
    expect([story.incident?.status, story.incident?.takers]).toEqual(['open', undefined])
  })

  it('is over when it recovers, whoever was missing', () => {
    const story = two()
    story.at('02:14').acknowledge('lin')
    story.at('02:16').recovery()
    expect(story.incident?.status).toBe('resolved')
  })

  it('that a system acknowledges is taken: it names nobody', () => {
    const story = two()
    story.at('02:14').alert('acknowledge')
    expect(story.incident?.status).toBe('acknowledged')
  })
})

describe('an incident that each of two roles has to take', () => {
  const layers = [layer([target('lin'), target('wang')]), layer([target('tan')])]

  it('leaves alone whoever is of a role that has taken it', () => {
    const story = new Story({ needs: roles, layers }).begin()
    const told = story.at('02:14').acknowledge('lin')
    expect(told.filter((line) => line.startsWith('cancel'))).toEqual([
      'cancel lin up to step 2',
      'cancel wang up to step 2',
    ])
    expect(told).toContain('| acknowledged by lin, link, missing dba')
    expect(story.step().filter((line) => line.startsWith('call'))).toEqual(['call tan for step 5'])
    story.at('02:15').acknowledge('tan')
    expect(story.incident?.status).toBe('acknowledged')
  })

  it('still asks others where nobody of the role is paged', () => {
    const story = new Story({ needs: roles, layers: [layer([target('lin')]), layer([target('wang')])] }).begin()
    story.at('02:14').keyOne('lin')
    expect(story.step().filter((line) => line.startsWith('call'))).toEqual(['call wang for step 5'])
  })
})
