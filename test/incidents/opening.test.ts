import { describe, expect, it } from 'vitest'
import { incidentMachine } from '../../shared/incidents/machine.ts'
import { at } from '../messages/notices.ts'
import { layer, Story, target } from './story.ts'

describe('an incident opens', () => {
  it('with a trigger, whose first page goes through the queue', () => {
    const story = new Story()

    expect(
      story.at('02:13').trigger({ title: '收银台', labels: { env: 'prod' }, runbook: 'https://wiki/run' }),
    ).toEqual(['step 1 at 02:13', 'number 1024', '| opened: critical web is down'])
    expect(story.incident).toMatchObject({
      project: 'pay',
      projectTitle: 'Pay',
      groupKey: 'web',
      generation: 1,
      number: 1024,
      status: 'open',
      title: '收银台',
      labels: { env: 'prod' },
      runbook: 'https://wiki/run',
      openedAt: at('02:13'),
    })
  })

  it('and is due should its first step be lost', () => {
    const story = new Story()
    story.at('02:13').trigger()

    expect(incidentMachine.dueAt?.(incidentOf(story))).toBe(at('02:13:30'))
  })

  it('not before it was taken, when the sender’s clock is ahead', () => {
    const story = new Story()
    story.at('02:13').trigger({ at: at('02:13:04') })

    expect(story.incident?.openedAt).toBe(at('02:13'))
  })

  it.each([
    ['its own', { title: 'Replication lag of db-3', summary: 'x' }, 'Replication lag of db-3'],
    ['its summary, when it has none', { summary: 'api.pay.example.com is gone' }, 'api.pay.example.com is gone'],
    ['the beginning of a long summary', { summary: 'x'.repeat(41) }, `${'x'.repeat(39)}…`],
  ])('with a title for people to read: %s', (_, said, title) => {
    const story = new Story()
    story.at('02:13').trigger(said)

    expect(story.incident?.title).toBe(title)
  })

  it('only with a number', () => {
    const story = new Story()
    const alert = { action: 'trigger', dedupKey: 'web', project: 'pay', summary: 'x', source: 's' } as const

    expect(() =>
      story.take({ type: 'alert', alert: { ...alert, severity: 'critical', takenAt: 1 }, projectTitle: 'Pay' }),
    ).toThrow('needs a number')
  })
})

describe('alerts of an incident that is open', () => {
  it.each([
    { comes: 'the same trigger again', at: '02:13', reason: 'late or repeated alert' },
    { comes: 'an older trigger', at: '02:12:59', reason: 'late or repeated alert' },
    { comes: 'a newer trigger that says the same', at: '02:14', reason: 'further trigger' },
  ])('$comes: nothing follows', ({ at: time, reason }) => {
    const story = new Story()
    story.at('02:13').trigger()

    expect(story.at('02:15').trigger({ takenAt: at(time) })).toEqual([])
    expect(story.reason).toBe(reason)
    expect(story.incident?.step).toBe(1)
  })

  it('a trigger that says more is a line in the timeline, and the newest facts count', () => {
    const story = new Story()
    story.at('02:13').trigger({ runbook: 'https://wiki/run' })

    expect(story.at('02:14').trigger({ summary: 'web is down everywhere' })).toEqual([
      '| changed: critical web is down everywhere',
    ])
    expect(story.incident).toMatchObject({ summary: 'web is down everywhere', runbook: 'https://wiki/run' })
  })

  it('a severity that only told the chat pages once it has got worse', () => {
    const story = new Story()
    story.at('02:13').trigger({ severity: 'warning' })
    expect(story.step({ pages: false, layers: [] })).toEqual(['step 2 at 06:13', 'tell ops: opened'])
    expect(story.phase).toBe('notified')
    story.delivered('opened', 'ops', 'sent')

    expect(story.at('02:20').trigger({ severity: 'critical' })).toEqual([
      'step 3 at 02:20',
      '| changed: critical web is down',
    ])
    expect(story.step()).toEqual(['call lin for step 4', 'step 4 at 02:25', 'tell ops: escalated', '| layer 0.0: lin'])
  })

  it('a severity that only sent texts rings at once when it gets worse, from the first layer on', () => {
    const story = new Story()
    const texts = [layer([target('lin', { channels: ['sms'] })]), layer([target('wang', { channels: ['sms'] })])]
    story.at('02:13').trigger({ severity: 'error' })
    story.step({ layers: texts })
    story.at('02:18').step({ layers: texts })
    expect(story.attempts).toEqual(['wang sms 1 requested'])

    expect(story.at('02:19').trigger({ severity: 'critical' })).toEqual([
      'step 5 at 02:19',
      '| changed: critical web is down',
    ])
    expect(story.step()).toContain('call lin for step 6')
    expect(story.delivered('page', 'wang sms', 'failed')).toEqual(['| page to wang sms: failed'])
  })

  it('and does not wait for the pause after exhaustion', () => {
    const story = new Story({ layers: [layer([target('lin', { channels: ['sms'] })])] })
    story.at('02:13').trigger({ severity: 'error' })
    story.step()
    expect(story.at('02:18').step()).toContain('| exhausted after 1 rounds, again at 02:48')

    expect(story.at('02:20').trigger({ severity: 'critical' })[0]).toBe('step 5 at 02:20')
    expect(story.step({ layers: [layer([target('lin')])] })).toContain('call lin for step 6')
  })

  it.each([
    { change: 'gets worse while a phone rings', from: 'error', to: 'critical' },
    { change: 'gets better', from: 'critical', to: 'error' },
  ] as const)('a severity that $change calls nothing off', ({ from, to }) => {
    const story = new Story()
    story.at('02:13').trigger({ severity: from })
    story.step()

    expect(story.at('02:14').trigger({ severity: to })).toEqual([`| changed: ${to} web is down`])
    expect(story.phase).toBe('layer 0.0')
  })

  it.each([
    {
      comes: 'at the very time of the trigger',
      at: '02:13',
      effects: ['number 1024 is over', '| resolved by nobody, system'],
    },
    { comes: 'later', at: '02:20', effects: ['number 1024 is over', '| resolved by nobody, system'] },
    { comes: 'from before the trigger', at: '02:12', effects: [] },
  ])('a resolve $comes', ({ at: time, effects }) => {
    const story = new Story()
    story.at('02:13').trigger()

    expect(story.at('02:21').recovery({ takenAt: at(time) })).toEqual(effects)
  })

  it('a resolve brings the sightings of the recovery', () => {
    const story = new Story()
    story.at('02:13').trigger({ sightings: [{ vantage: 'aws/x', verdict: 'down' }] })
    story.at('02:20').recovery({ sightings: [{ vantage: 'aws/x', verdict: 'up' }] })

    expect(story.incident?.sightings).toEqual([{ vantage: 'aws/x', verdict: 'up' }])
  })

  it('a resolve comes twice and tells once', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.at('02:20').recovery()

    expect(story.at('02:20').recovery()).toEqual([])
    expect(story.at('02:21').recovery()).toEqual([])
  })

  it('an acknowledge from elsewhere stops the phones', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step()

    expect(story.at('02:14').alert('acknowledge')).toEqual(['cancel lin up to step 2', '| acknowledged by nobody, api'])
    expect(story.at('02:15').alert('acknowledge')).toEqual([])
  })
})

describe('generations', () => {
  it('a trigger after the end opens the next one, and steps go on counting', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.at('02:20').recovery()
    expect(incidentOf(story)).toMatchObject({ generation: 1, step: 2 })

    expect(story.at('03:00').trigger()).toEqual([
      'step 3 at 03:00',
      'keep generation 1',
      'number 1024',
      '| opened: critical web is down',
    ])
    expect(incidentOf(story)).toMatchObject({
      generation: 2,
      step: 3,
      status: 'open',
      notified: [],
      calls: 0,
      texts: 0,
    })
    expect(incidentOf(story).acknowledged).toBeUndefined()
    expect(incidentOf(story).resolved).toBeUndefined()
  })

  it('a late trigger of the generation that is over opens none', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.at('02:20').recovery()

    expect(story.at('02:21').trigger({ takenAt: at('02:19:59') })).toEqual([])
    expect(story.incident?.status).toBe('resolved')
  })

  it('what belongs to an earlier one does nothing', () => {
    const story = new Story()
    story.at('02:13').trigger()
    story.step()
    story.at('02:20').recovery()
    story.at('03:00').trigger()

    expect(story.call('lin', 'unanswered', { generation: 1, step: 2 })).toEqual([])
    expect(story.delivered('opened', 'ops', 'sent')).toEqual([])
    expect(story.acknowledge('lin', 1)).toEqual([])
    expect(story.resolveBy('lin', 1)).toEqual([])
    expect(story.incident).toMatchObject({ status: 'open', notified: [] })
  })

  it('a resolve that overtakes its trigger leaves nothing to page for', () => {
    const story = new Story()
    expect(story.at('02:14').recovery({ takenAt: at('02:13:30') })).toEqual([])
    expect(incidentMachine.listed?.(incidentOf(story))).toBeUndefined()

    expect(story.at('02:15').trigger({ takenAt: at('02:13') })).toEqual([])
    expect(story.incident?.status).toBe('resolved')
    expect(story.at('02:20').trigger()).toEqual(['step 1 at 02:20', 'number 1024', '| opened: critical web is down'])
    expect(story.incident?.generation).toBe(1)
  })

  it('an acknowledge of nothing is nothing', () => {
    const story = new Story()

    expect(story.at('02:13').alert('acknowledge')).toEqual([])
    expect(story.incident).toBeUndefined()
  })
})

it('lists show open and acknowledged incidents together, and the resolved ones apart until they are forgotten', () => {
  const story = new Story()
  story.at('02:13').trigger()
  expect(incidentMachine.listed?.(incidentOf(story))).toEqual({ listed: 'open', openedAt: at('02:13') })
  expect(incidentMachine.expiresAt?.(incidentOf(story))).toBeUndefined()

  story.at('02:14').acknowledge()
  expect(incidentMachine.listed?.(incidentOf(story))?.listed).toBe('open')

  story.at('02:15').recovery()
  expect(incidentMachine.listed?.(incidentOf(story))?.listed).toBe('resolved')
  expect(incidentMachine.expiresAt?.(incidentOf(story))).toBe(at('02:15') / 1000 + 367 * 86_400)
})

function incidentOf(story: Story) {
  if (story.incident === undefined) throw new Error('There is no incident')
  return story.incident
}
