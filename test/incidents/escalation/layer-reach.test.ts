import { describe, expect, it } from 'vitest'
import { compose } from '../../../shared/messages/compose.ts'
import { layer, Story, target } from '../story.ts'
import { begun } from './begun.ts'

const told = (lines: string[]) => lines.filter((line) => line.startsWith('tell ') || line.startsWith('call '))

const textOf = (story: Story) => {
  const composition = compose({
    notice: story.notice('opened'),
    language: 'en',
    timezone: 'Asia/Shanghai',
    links: {},
    repeat: false,
  })
  return composition.lines.map(({ spans }) => spans.map(({ text }) => text).join(''))
}

describe('a layer that only tells robots', () => {
  it('lasts its time, and the next one pages', () => {
    const story = begun({ layers: [layer([], { tellsOnly: true }), layer([target('wang')])] })
    expect(story.phase).toBe('layer 0.0')
    expect(textOf(story)).toContain('Nobody is called yet. Unless acknowledged by 02:18, next: wang')

    expect(story.at('02:17').step()).toEqual([])
    expect(story.at('02:18').step()).toEqual([
      '| layer 0.0 ended: ack-timeout',
      'call wang for step 4',
      'step 4 at 02:23',
      'tell ops: escalated',
      '| layer 0.1: wang',
    ])
  })

  it('keeps nobody waiting where there is no robot to tell', () => {
    const story = begun({ layers: [layer([], { tellsOnly: true }), layer([target('wang')])], chat: [] })
    expect(story.phase).toBe('layer 0.1')
  })

  it('makes way at once when every robot has refused it', () => {
    const layers = [layer([], { tellsOnly: true, chat: ['managers'] }), layer([target('wang')])]
    const story = begun({ layers })
    story.delivered('opened', 'ops', 'failed', 'HTTP 500')
    expect(story.phase).toBe('layer 0.0')
    expect(story.delivered('opened', 'managers', 'failed', 'HTTP 500')).toContain(
      '| layer 0.0 ended: all-channels-failed',
    )
    expect(told(story.step())).toEqual(['call wang for step 4', 'tell ops: opened', 'tell managers: opened'])
  })

  it('says in the history whom it tells', () => {
    const layers = [layer([target('lin')]), layer([], { tellsOnly: true, chat: ['managers'] })]
    const story = begun({ layers })
    expect(story.at('02:18').step()).toContain('| layer 0.1: ops, managers')
  })

  it('is taken by a button or a link as any other', () => {
    const story = begun({ layers: [layer([], { tellsOnly: true }), layer([target('wang')])] })
    story.at('02:15').acknowledge('wang')
    expect(story.incident?.status).toBe('acknowledged')
    expect(told(story.at('02:18').step())).toEqual([])
  })

  it('pages as soon as it gets worse than what it only tells of', () => {
    const story = new Story()
    story.at('02:13').trigger({ severity: 'error' })
    story.step({ layers: [layer([], { tellsOnly: true }), layer([target('wang')])] })
    story.at('02:14').trigger({ severity: 'critical' })
    expect(told(story.step())).toEqual(['call lin for step 4', 'tell ops: escalated'])
  })
})

describe('a robot of a layer', () => {
  const layers = [layer([target('lin')]), layer([target('wang')], { chat: ['managers'] }), layer([target('chen')])]

  it('hears of the incident when its layer begins, and of all that follows', () => {
    const story = begun({ layers })
    expect(told(story.at('02:18').step())).toEqual([
      'call wang for step 4',
      'tell managers: opened',
      'tell ops: escalated',
    ])
    story.delivered('opened', 'managers', 'sent')
    expect(told(story.at('02:23').step())).toEqual([
      'call chen for step 6',
      'tell ops: escalated',
      'tell managers: escalated',
    ])
    expect(told(story.at('02:24').acknowledge('chen'))).toEqual(['tell managers: acknowledged'])
  })

  it('that nobody needed hears nothing', () => {
    const story = begun({ layers })
    story.delivered('opened', 'ops', 'sent')
    expect(told(story.at('02:15').acknowledge('lin'))).toEqual(['tell ops: acknowledged'])
    expect(told(story.at('02:20').recovery())).toEqual(['tell ops: resolved'])
  })

  it('hears in the next round from its beginning on', () => {
    const story = begun({ layers: layers.slice(0, 2), rounds: 2 })
    story.at('02:18').step()
    story.delivered('opened', 'managers', 'sent')
    expect(told(story.at('02:23').step())).toEqual([
      'call lin for step 6',
      'tell ops: escalated',
      'tell managers: escalated',
    ])
  })

  it('hears that nobody answered', () => {
    const story = begun({ layers: layers.slice(0, 2) })
    story.at('02:18').step()
    expect(told(story.at('02:23').step())).toEqual(['tell ops: exhausted', 'tell managers: exhausted'])
  })

  it('of a layer that reaches nobody is told by the next one, at once', () => {
    const story = begun({ layers: [layer([], { chat: ['managers'] }), layer([target('wang')])] })
    expect(story.phase).toBe('layer 0.1')
    expect(story.escalation.pending).toEqual(['ops', 'managers'])
  })
})

describe('everybody, after exhaustion,', () => {
  it('is reached by all the channels that any layer has for them', () => {
    const texted = target('lin', { channels: ['sms'], fallback: ['phone', 'email'] })
    const rung = target('lin', { channels: ['phone'], fallback: ['sms', 'email'] })
    const story = begun({ layers: [layer([texted]), layer([rung])] })
    story.at('02:18').step()
    story.at('02:23').step()
    story.at('02:53').step()
    expect(story.attempts).toEqual(['lin phone 1 requested', 'lin sms 1 requested'])
  })
})

describe('acknowledgeOn of a layer', () => {
  it('that wants a key counts for all when everybody is called', () => {
    const story = begun({
      layers: [layer([target('lin')]), layer([target('wang')], { acknowledgeOn: 'key' })],
      acknowledgeOn: 'answer',
    })
    story.at('02:18').step()
    story.at('02:23').step()
    story.at('02:53').step()
    story.call('wang', 'listening')
    expect(story.incident?.status).toBe('open')
  })

  it('counts for it alone', () => {
    const layers = [layer([target('lin')], { acknowledgeOn: 'answer' }), layer([target('wang')])]
    const first = begun({ layers })
    first.call('lin', 'listening')
    expect(first.incident?.status).toBe('acknowledged')

    const second = begun({ layers })
    second.at('02:18').step()
    second.call('wang', 'listening')
    expect(second.incident?.status).toBe('open')
  })
})
