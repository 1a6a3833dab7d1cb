import { describe, expect, it } from 'vitest'
import { at } from '../messages/notices.ts'
import { Story } from './story.ts'

const chatOnly = { pages: false, layers: [] }

describe('a fall in severity', () => {
  it('is told and not obeyed: whoever is owed a page is paged for the worst', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step()

    expect(story.at('02:14').trigger({ severity: 'warning' })).toEqual(['| changed: warning web is down'])
    expect(story.incident).toMatchObject({ severity: 'warning', worst: 'critical' })
    expect(story.at('02:18').step()).toEqual([
      'cancel lin up to step 2',
      '| layer 0.0 ended: ack-timeout',
      'call wang for step 4',
      'step 4 at 02:23',
      'tell ops: escalated',
      '| layer 0.1: wang',
    ])
    expect(story.notice('escalated')).toMatchObject({ severity: 'warning', worst: 'critical' })
  })

  it('and a rise back to what it was begin nothing anew', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step()

    for (const severity of ['warning', 'critical', 'info', 'error', 'critical'] as const) {
      story.now += 1_000
      expect(story.trigger({ severity })).toEqual([`| changed: ${severity} web is down`])
    }
    expect(story.phase).toBe('layer 0.0')
    expect(story.incident?.worst).toBeUndefined()
  })

  it('of what only told the chat leaves it told', () => {
    const story = new Story()
    story.at('02:13').trigger({ severity: 'warning' })
    story.step(chatOnly)

    expect(story.at('02:20').trigger({ severity: 'info' })).toEqual(['| changed: info web is down'])
    expect(story.at('02:21').trigger({ severity: 'warning' })).toEqual(['| changed: warning web is down'])
    expect(story.phase).toBe('notified')
    expect(story.at('02:22').trigger({ severity: 'critical' })[0]).toBe('step 3 at 02:22')
  })

  it('is forgotten with the incident: the next one is as bad as its own alert', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.at('02:14').trigger({ severity: 'warning' })
    story.at('02:15').recovery()
    story.at('02:16').trigger({ severity: 'warning' })

    expect(story.incident).toMatchObject({ generation: 2, severity: 'warning' })
    expect(story.incident?.worst).toBeUndefined()
  })
})

describe('a rise beyond what somebody took', () => {
  /** A warning that Lin took at 02:15. */
  function taken(): Story {
    const story = new Story()
    story.at('02:13').trigger({ severity: 'warning' })
    story.step(chatOnly)
    story.delivered('opened', 'ops', 'sent')
    story.at('02:15').acknowledge('lin')
    return story
  }

  it('pages from the first layer on, and says who had it as what', () => {
    const story = taken()

    expect(story.at('02:20').trigger({ severity: 'critical' })).toEqual([
      'step 4 at 02:20',
      '| changed: critical web is down',
    ])
    expect(story.incident).toMatchObject({ status: 'open', generation: 1 })
    expect(story.incident?.acknowledged).toBeUndefined()
    expect(story.step()).toEqual(['call lin for step 5', 'step 5 at 02:25', 'tell ops: escalated', '| layer 0.0: lin'])
    expect(story.notice('escalated').outgrown).toEqual({
      action: { at: at('02:15'), via: 'link', by: { contact: 'lin', name: 'lin' } },
      severity: 'warning',
    })
  })

  it('is taken again, as what it is now', () => {
    const story = taken()
    story.at('02:20').trigger({ severity: 'critical' })
    story.step()
    story.at('02:21').keyOne('lin')

    expect(story.incident).toMatchObject({ status: 'acknowledged', acknowledged: { at: at('02:21') } })
    expect(story.incident?.outgrown).toBeUndefined()
    expect(story.at('02:22').trigger({ severity: 'critical', summary: 'worse' })).toEqual(['| changed: critical worse'])
    expect(story.incident?.status).toBe('acknowledged')
  })

  it.each([
    { change: 'the same again', severity: 'warning' },
    { change: 'a fall', severity: 'info' },
  ] as const)('is not $change', ({ severity }) => {
    const story = taken()
    story.at('02:20').trigger({ severity })

    expect(story.incident?.status).toBe('acknowledged')
  })

  it('is not a rise up to the worst that they knew of', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step()
    story.at('02:14').trigger({ severity: 'warning' })
    story.at('02:15').keyOne('lin')
    story.at('02:20').trigger({ severity: 'critical' })

    expect(story.incident?.status).toBe('acknowledged')
  })
})
