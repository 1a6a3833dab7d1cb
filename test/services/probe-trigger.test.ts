import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fcTrigger, lambdaTrigger, scfTrigger } from '../../services/probe/trigger.ts'

const at = Date.UTC(2026, 10, 21, 2, 13)
const now = at + 5
const sample = (name: string) => readFileSync(new URL(`../samples/${name}.json`, import.meta.url))

describe('on Lambda', () => {
  const scheduled = { source: 'aws.events', 'detail-type': 'Scheduled Event', time: '2026-11-21T02:13:00Z' }
  const cases: [reason: string, event: unknown, trigger: unknown][] = [
    ['a rule', scheduled, { run: 'due', at }],
    ['EventBridge Scheduler', { ...scheduled, source: 'aws.scheduler' }, { run: 'due', at }],
    ['a schedule whose time cannot be read', { ...scheduled, time: 'soon' }, { run: 'due', at: now }],
    ['everything', { all: true }, { run: 'all' }],
    ['names', { checks: ['pay/web'] }, { run: 'named', checks: ['pay/web'] }],
  ]
  it.each(cases)('%s', (_reason, event, trigger) => {
    expect(lambdaTrigger(event, now)).toEqual(trigger)
  })
})

describe('on SCF', () => {
  const timer = { Type: 'Timer', TriggerName: 'every-minute', Time: '2026-11-21T02:13:00Z', Message: '' }
  const cases: [reason: string, event: unknown, trigger: unknown][] = [
    ['a timer', timer, { run: 'due', at }],
    ['a timer as an old page writes it', { ...timer, Type: 'timer' }, { run: 'due', at }],
    ['a timer without a message', { ...timer, Message: undefined }, { run: 'due', at }],
    [
      "the vendor's own sample, with a note in its message",
      JSON.parse(String(sample('tencent-scf-timer-event'))),
      { run: 'due', at: Date.UTC(2019, 1, 21, 11, 49) },
    ],
    ['a timer that asks for everything', { ...timer, Message: '{"all":true}' }, { run: 'all' }],
    ['a timer that names checks', { ...timer, Message: '{"checks":["a/b"]}' }, { run: 'named', checks: ['a/b'] }],
    ['a timer whose message is a number', { ...timer, Message: '1' }, { run: 'due', at }],
    ['a person', { all: true }, { run: 'all' }],
  ]
  it.each(cases)('%s', (_reason, event, trigger) => {
    expect(scfTrigger(event, now)).toEqual(trigger)
  })

  it('not a message that means a command and is none', () => {
    expect(() => scfTrigger({ ...timer, Message: '{"check":"a/b"}' }, now)).toThrow('unknown event: expected')
  })
})

describe('on FC', () => {
  const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))
  const timer = { triggerTime: '2026-11-21T02:13:00Z', triggerName: 'every-minute', payload: '' }
  const cases: [reason: string, event: unknown, trigger: unknown][] = [
    ['a timer', bytes(timer), { run: 'due', at }],
    ["the vendor's own sample", sample('alibaba-fc-timer-event'), { run: 'due', at: Date.UTC(2023, 11, 26, 7, 49) }],
    ['a timer that asks for everything', bytes({ ...timer, payload: '{"all":true}' }), { run: 'all' }],
    ['a person', bytes({ checks: ['pay/web'] }), { run: 'named', checks: ['pay/web'] }],
    ['a person, decoded before', { all: true }, { run: 'all' }],
  ]
  it.each(cases)('%s', (_reason, event, trigger) => {
    expect(fcTrigger(event, now)).toEqual(trigger)
  })

  it.each([
    ['no JSON', Buffer.from('awesome-fc')],
    ['nothing', Buffer.alloc(0)],
    ['a payload that means a command and is none', bytes({ ...timer, payload: '{"all":"yes"}' })],
  ])('not %s', (_reason, event) => {
    expect(() => fcTrigger(event, now)).toThrow('unknown event: expected')
  })
})

const nothing = [undefined, null, {}, 'all', { all: 'yes' }, { checks: [] }, { checks: 'pay/web' }, { checks: [1] }]
it.each([...nothing, { check: ['a/b'] }, { Type: 'Cos' }, { source: 'aws.s3' }])('nowhere %j', (event) => {
  for (const trigger of [lambdaTrigger, scfTrigger, fcTrigger]) {
    expect(() => trigger(event, now)).toThrow('unknown event: expected')
  }
})
