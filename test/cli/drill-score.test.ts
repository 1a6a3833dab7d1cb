import { describe, expect, it } from 'vitest'
import { cast, onCall } from '../../cli/drill/cast.ts'
import { robots } from '../../cli/drill/files.ts'
import { expectedOfCalm, expectedOfRecovery, expectedOfStorm, expectedOfTrouble, score } from '../../cli/drill/score.ts'
import type { StageEvent } from '../../cli/drill/stage.ts'
import { lineOf, summaryOf } from '../../cli/drill/tell.ts'
import { drillStory } from '../../cli/words/drill-story.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { DOWN, goodEvents, message } from './drill-events.ts'

function scored(events: StageEvent[], deadLetters = 0, language: Language = 'en') {
  const say = drillStory[language]
  const expected = new Map([
    ...expectedOfTrouble(cast, robots, say),
    ...expectedOfRecovery(cast, robots, say),
    ...expectedOfStorm(onCall, say),
    ...expectedOfCalm(onCall, say),
  ])
  return score(events, { cast, onCall }, expected, deadLetters, say)
}
const without = (wanted: (event: StageEvent) => boolean) => goodEvents().filter((event) => !wanted(event))
const isIncident = (is: string) => (event: StageEvent) => event.type === 'incident' && event.is === is
const isEscalation = (event: StageEvent) => event.type === 'message' && event.what === 'escalated'
const wangRings = (event: StageEvent) => event.type === 'ring' && event.phone === '+8613800000002'

describe('the score of a rehearsal', () => {
  it('is good when everything happened once, and measures from event to event', () => {
    expect(scored(goodEvents())).toEqual({
      ok: true,
      detectedMs: 2_000,
      firstCallMs: 300,
      escalations: [
        { layer: 2, fromEventMs: 300 },
        { layer: 3, fromEventMs: 2_100 },
      ],
      acknowledgedBy: 'chen',
      resolvedMs: 1_500,
      storm: { otherCallMs: 500, joinedMs: 1_200 },
      calls: 4,
      messages: 16 + 5 * robots.length,
      lost: 0,
      duplicates: 0,
    })
  })

  it.each([
    {
      reason: 'a recovery that one person was not told of',
      events: without((event) => event.type === 'message' && event.to === 'wang@example.com' && event.what !== 'page'),
      lost: 1,
      duplicates: 0,
      failures: ['lost: Wang Lei by email is told: resolved (0 of 1)'],
    },
    {
      reason: 'one of two escalations that a robot did not tell',
      events: goodEvents().toSpliced(goodEvents().findIndex(isEscalation), 1),
      lost: 1,
      duplicates: 0,
      failures: ['lost: wecom-robot is told: escalated (1 of 2)'],
    },
    {
      reason: 'a call of another project that waited for the storm',
      events: goodEvents().map((event) =>
        event.type === 'ring' && event.phone === onCall.phone ? { ...event, at: event.at + 5_000 } : event,
      ),
      lost: 0,
      duplicates: 0,
      failures: ["late: another project's call, 5500 ms"],
    },
    {
      reason: 'a message that came twice',
      events: [...goodEvents(), message(10, 'resolved', { channel: 'dingtalk' })],
      lost: 0,
      duplicates: 1,
      failures: ['repeated: dingtalk is told: resolved (2 of 1)'],
    },
    {
      reason: 'a message that came twice, the first from a function that crashed before it could say so',
      events: [
        ...goodEvents(),
        { type: 'arrived', at: DOWN + 9_000, channel: 'email', to: 'wang@example.com' } as const,
        { type: 'arrived', at: DOWN + 9_000, channel: 'email', to: 'wang@example.com' } as const,
        { type: 'arrived', at: DOWN + 9_000, channel: 'email', to: 'wang@example.com' } as const,
      ],
      lost: 0,
      duplicates: 1,
      failures: ['unexpected: Wang Lei by email got what nothing has sent (1 of 0)'],
    },
    {
      reason: 'a person called twice in one layer',
      events: [...goodEvents(), { type: 'ring', at: DOWN + 2_500, call: 'again', phone: '+8613800000001' } as const],
      lost: 0,
      duplicates: 1,
      failures: ["repeated: layer 1: Lin Yue's phone rings (2 of 1)"],
    },
    {
      reason: 'news that nobody should have had',
      events: [...goodEvents(), message(6, 'exhausted', { channel: 'sms', to: '+8613800000003' })],
      lost: 0,
      duplicates: 1,
      failures: ['unexpected: Chen Tao by sms is told: exhausted (1 of 0)'],
    },
    {
      reason: 'a call to somebody who is not on call',
      events: [...goodEvents(), { type: 'ring', at: DOWN + 2_500, call: 'x', phone: '+8613800000009' } as const],
      lost: 0,
      duplicates: 1,
      failures: ["unexpected: +8613800000009, a stranger's phone, rings (1 of 0)"],
    },
    {
      reason: 'an incident that opened again',
      events: [...goodEvents(), { type: 'incident', at: DOWN + 9_500, is: 'opened' } as const],
      lost: 0,
      duplicates: 1,
      failures: ['repeated: the incident is opened (2 of 1)'],
    },
    {
      reason: 'an acknowledgement by the wrong person',
      events: goodEvents().map((event) =>
        event.type === 'incident' && event.action?.by
          ? { ...event, action: { ...event.action, by: { contact: 'lin', name: 'Lin Yue' } } }
          : event,
      ),
      lost: 1,
      duplicates: 1,
      failures: ['lost: Chen Tao acknowledges (0 of 1)', 'unexpected: Lin Yue acknowledges (1 of 0)'],
    },
  ])('is bad after $reason', ({ events, lost, duplicates, failures }) => {
    expect(scored(events)).toMatchObject({ ok: false, lost, duplicates, failures })
  })

  it('counts queue messages that were given up as lost', () => {
    expect(scored(goodEvents(), 2)).toMatchObject({
      ok: false,
      lost: 2,
      failures: ['lost: 2 queue messages were given up'],
    })
  })

  it('measures nothing from or to what did not happen', () => {
    expect(scored(without(isIncident('opened')))).toMatchObject({ detectedMs: null, firstCallMs: null })
    expect(scored(without(isIncident('resolved')))).toMatchObject({ resolvedMs: null })
    expect(scored(without(isIncident('acknowledged')))).toMatchObject({ acknowledgedBy: null })
    expect(scored(without(wangRings)).escalations).toEqual([
      { layer: 2, fromEventMs: null },
      { layer: 3, fromEventMs: 2_100 },
    ])
    expect(scored([])).toMatchObject({ ok: false, lost: 26 + 5 * robots.length, duplicates: 0, calls: 0, messages: 0 })
  })

  it('does not take the first observation of a healthy server for its return', () => {
    const seenUp: StageEvent = { type: 'target', at: DOWN - 900, is: 'up' }
    expect(scored([seenUp, ...goodEvents()])).toMatchObject({ resolvedMs: 1_500 })
  })
})

describe('what is printed', () => {
  it('is a line for each event, with the time since the beginning', () => {
    const lines = goodEvents().map((event) => lineOf(event, cast, DOWN - 1_000, 'en'))
    expect(lines.slice(0, 5)).toEqual([
      '   0.50 s  the check is seen up',
      '   1.00 s  THE SERVER GOES DOWN',
      '   2.90 s  the check is seen down',
      '   3.00 s  the incident is opened',
      '   3.20 s  wecom-robot is told: opened',
    ])
    expect(lines.filter((line) => line?.includes('Chen Tao'))).toEqual([
      "   6.00 s  layer 3: Chen Tao's phone rings",
      '   6.00 s  Chen Tao by sms is told: page',
      '   6.00 s  Chen Tao by email is told: page',
      '   6.10 s  Chen Tao answers and listens',
      '   6.20 s  Chen Tao presses 1',
      '   6.30 s  Chen Tao acknowledges',
      "   6.50 s  Chen Tao's call is over: CONTACT_FLOW_DISCONNECT",
      '  10.00 s  Chen Tao by sms is told: resolved',
      '  10.00 s  Chen Tao by email is told: resolved',
    ])
    const failed = { type: 'trouble', at: DOWN, trouble: { of: 'function', name: 'page', reason: 'x' } } as const
    expect(lineOf(failed, cast, DOWN, 'en')).toBe('   0.00 s  note: page failed: x')
  })

  it('is in the language of the terminal, all of it', () => {
    const lines = goodEvents().map((event) => lineOf(event, cast, DOWN - 1_000, 'zh'))
    expect(lines.slice(0, 5)).toEqual([
      '   0.50 s  检查看到：正常',
      '   1.00 s  服务器停下了',
      '   2.90 s  检查看到：失败',
      '   3.00 s  告警单打开',
      '   3.20 s  已告知 wecom-robot：告警',
    ])
    expect(lines).toContain('   6.00 s  已告知 Chen Tao 短信：呼叫通知')
    // Names and a vendor's codes are as they are.
    const ours = lines.filter((line) => !/[A-Z]+_[A-Z]+/.test(line ?? ''))
    expect(ours.filter((line) => /\b(is|the|by|told|seen|layer)\b/.test(line ?? ''))).toEqual([])
    expect(summaryOf(scored(goodEvents()), 'zh')).toMatch(/^一切都发生了，且只发生一次：4 通电话，/)
    expect(summaryOf(scored(without(isIncident('resolved')), 2, 'zh'), 'zh')).toBe(
      '演练失败：\n  缺少：告警单已恢复（0/1）\n  缺少：放弃了 2 条队列消息',
    )
  })

  it('ends with the figures, or with what failed', () => {
    expect(summaryOf(scored(goodEvents()), 'en')).toBe(
      `Everything happened, once: 4 calls, ${16 + 5 * robots.length} messages.
Detected after 2.00 s, first call 0.30 s later; after each call's end layer 2 called 0.30 s later, layer 3 called 2.10 s later.
Recovery told after 1.50 s.
In a storm of 1000 alerts another project's call after 0.50 s; all of them joined after 1.20 s.`,
    )
    expect(summaryOf(scored(without(isIncident('resolved'))), 'en')).toBe(
      'The rehearsal FAILED:\n  lost: the incident is resolved (0 of 1)',
    )
  })
})
