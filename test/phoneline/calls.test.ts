import { describe, expect, it } from 'vitest'
import { DeskStory } from './story.ts'

/** A desk whose call about `web` rings. */
function ringing(): DeskStory {
  const desk = new DeskStory()
  desk.at('02:13').request('web')
  desk.at('02:13:01').dialled()
  return desk
}

/** A desk whose call about `web` is being listened to. */
function listening(): DeskStory {
  const desk = ringing()
  desk.at('02:13:10').answered()
  return desk
}

describe('a call', () => {
  it('is written down before the vendor is asked, with its deadline', () => {
    const desk = new DeskStory()

    expect(desk.at('02:13').request('web')).toEqual(['dial 1 about web', 'look at 1 at 02:14:15'])
    expect(desk.phase).toBe('dialling')
    expect(desk.dueAt).toBe('02:14:15')
  })

  it('that rings is linked to its contact, and the incident hears of it', () => {
    const desk = new DeskStory()
    desk.at('02:13').request('web')

    expect(desk.at('02:13:01').dialled()).toEqual(['link c1 to 1', 'web step 1: ringing'])
    expect(desk.dueAt).toBe('02:14:16')
  })

  it.each([
    { reason: 'TELECOM_BUSY', outcome: 'busy' },
    { reason: 'TELECOM_UNANSWERED', outcome: 'unanswered' },
    { reason: undefined, outcome: 'unanswered' },
  ])('never answered ($reason) is over at once', ({ reason, outcome }) => {
    const desk = ringing()

    expect(desk.at('02:14').hungUp('unanswered', reason)).toEqual([
      `web step 1: ${[outcome, reason].filter(Boolean).join(', ')}`,
    ])
    expect(desk.phase).toBe('free')
    expect(desk.dueAt).toBeUndefined()
  })

  it('answered and ended without a key is over two seconds later', () => {
    const desk = listening()

    expect(desk.at('02:13:30').hungUp('answered')).toEqual(['look at 1 at 02:13:32'])
    expect(desk.at('02:13:31').look()).toEqual([])
    expect(desk.reason).toBe('early look')
    expect(desk.at('02:13:32').look()).toEqual(['web step 1: no-key'])
    expect(desk.phase).toBe('free')
  })

  it.each([
    { key: '1' as const, effect: 'acknowledge web' },
    { key: '9' as const, effect: 'web step 1: passed' },
    { key: 'none' as const, effect: 'web step 1: no-key' },
  ])('in which $key is pressed is over when it ends, with nothing more to say', ({ key, effect }) => {
    const desk = listening()

    expect(desk.at('02:13:20').key(key)).toEqual([effect])
    expect(desk.at('02:13:25').hungUp('answered')).toEqual([])
    expect(desk.phase).toBe('free')
  })

  it('whose key comes just after the hang-up acknowledges, and tells of no missing key', () => {
    const desk = listening()
    desk.at('02:13:30').hungUp('answered')

    expect(desk.at('02:13:31').key('1')).toEqual(['acknowledge web'])
    expect(desk.at('02:13:32').look()).toEqual([])
    expect(desk.phase).toBe('free')
  })

  it('whose key comes long after it was over acknowledges all the same', () => {
    const desk = listening()
    desk.at('02:13:30').hungUp('answered')
    desk.at('02:13:32').look()

    expect(desk.at('02:14').key('1')).toEqual(['acknowledge web'])
    expect(desk.at('02:14').key('9')).toEqual([])
  })

  it('whose key comes while they are called again about the same: that call is stopped', () => {
    const desk = listening()
    desk.at('02:13:30').hungUp('answered')
    desk.at('02:13:32').look()
    desk.request('web', 2)
    desk.dialled()

    expect(desk.at('02:13:40').key('1', 1)).toEqual(['acknowledge web', 'stop 2'])
    expect(desk.at('02:13:41').key('1', 1)).toEqual(['acknowledge web'])
    expect(desk.request('web', 2)).toEqual([])
  })

  it('whose flow speaks before the vendor has answered is named by it', () => {
    const desk = new DeskStory()
    desk.at('02:13').request('web')

    expect(desk.at('02:13:02').answered()).toEqual(['link c1 to 1', 'web step 1: listening', 'look at 1 at 02:15:02'])
    expect(desk.at('02:13:03').dialled()).toEqual(['link c1 to 1'])
    expect(desk.phase).toBe('answered')
    expect(desk.at('02:13:09').key('1')).toEqual(['acknowledge web'])
  })

  it('that was answered, by whichever news comes first, is told of once', () => {
    const desk = ringing()

    expect(desk.connected()).toEqual(['web step 1: listening', 'look at 1 at 02:15:01'])
    expect(desk.answered()).toEqual([])
    expect(desk.connected()).toEqual([])
  })

  it('of which only the end is heard was listened to', () => {
    const desk = ringing()

    expect(desk.at('02:13:40').hungUp('answered')).toEqual(['web step 1: listening', 'look at 1 at 02:13:42'])
  })

  it('of which only the key is heard was listened to', () => {
    const desk = ringing()

    expect(desk.at('02:13:20').key('9')).toEqual([
      'web step 1: listening',
      'look at 1 at 02:15:20',
      'web step 1: passed',
    ])
  })

  it('takes each key once, and 1 after 9', () => {
    const desk = listening()
    desk.key('9')

    expect(desk.key('9')).toEqual([])
    expect(desk.key('1')).toEqual(['acknowledge web'])
    expect(desk.key('1')).toEqual([])
    expect(desk.key('9')).toEqual([])
  })

  it('that the vendor refuses has failed, with the reason', () => {
    const desk = new DeskStory()
    desk.request('web')

    expect(desk.refused()).toEqual(['web step 1: failed, not allowed'])
    expect(desk.phase).toBe('free')
  })
})

describe('events that come twice, late, or for another call', () => {
  it.each([
    { event: 'a hang-up', take: (desk: DeskStory) => desk.hungUp('unanswered', undefined, 'c1') },
    { event: 'an answer', take: (desk: DeskStory) => desk.answered(1) },
    { event: 'a connection', take: (desk: DeskStory) => desk.connected('c1') },
    { event: 'a stop', take: (desk: DeskStory) => desk.stopped(1) },
    { event: 'a deadline', take: (desk: DeskStory) => desk.look(1) },
    { event: 'key 9', take: (desk: DeskStory) => desk.key('9', 1) },
  ])('$event of the call before leaves the present one alone', ({ take }) => {
    const desk = ringing()
    desk.at('02:14').hungUp('unanswered')
    desk.request('web', 2)
    desk.dialled()
    const before = desk.desk

    expect(take(desk.at('02:20'))).toEqual([])
    expect(desk.desk).toBe(before)
  })

  it('a request comes again before, during and after its call: one call', () => {
    const desk = new DeskStory()
    desk.request('web', 3)
    expect(desk.request('web', 3)).toEqual([])
    desk.dialled()
    expect(desk.request('web', 3)).toEqual([])
    desk.hungUp('unanswered')

    expect(desk.request('web', 3)).toEqual([])
    expect(desk.request('web', 2)).toEqual([])
    expect(desk.reason).toBe('settled request')
    expect(desk.request('web', 4)).toEqual(['dial 2 about web', 'look at 2 at 02:14:15'])
  })

  it('a request that its cancellation has overtaken makes no call', () => {
    const desk = new DeskStory()
    desk.cancel('web', 3)

    expect(desk.request('web', 3)).toEqual([])
    expect(desk.request('web', 4)).toContain('dial 1 about web')
  })

  it('a request is forgotten 15 days after it was settled', () => {
    const desk = ringing()
    desk.hungUp('unanswered')

    desk.at('02:14').now += 15 * 86_400_000
    desk.cancel('other')
    expect(Object.keys(desk.desk?.settled ?? {})).toEqual(['other'])
  })
})

describe('without any event', () => {
  it('a call that rings is stopped after 75 s, and has not been answered', () => {
    const desk = ringing()

    expect(desk.at('02:14:10').look()).toEqual([])
    expect(desk.at('02:14:16').look()).toEqual(['stop 1'])
    expect(desk.stopped()).toEqual(['web step 1: unanswered, no word from the vendor'])
    expect(desk.phase).toBe('free')
  })

  it('a call that cannot be stopped either is over at the next look', () => {
    const desk = ringing()
    desk.at('02:14:16').look()

    expect(desk.at('02:15').look()).toEqual(['web step 1: unanswered, no word from the vendor'])
  })

  it('a call that was answered is over after 120 s', () => {
    const desk = listening()

    expect(desk.at('02:15:09').look()).toEqual([])
    expect(desk.at('02:15:10').look()).toEqual(['web step 1: no-key'])
  })

  it('a call that was answered and took a key is over after 120 s, with nothing more to say', () => {
    const desk = listening()
    desk.key('9')

    expect(desk.at('02:15:10').look()).toEqual([])
    expect(desk.phase).toBe('free')
  })

  it('an intent that nobody confirms is unknown after 75 s', () => {
    const desk = new DeskStory()
    desk.at('02:13').request('web')

    expect(desk.at('02:14:15').look()).toEqual([
      'web step 1: unknown, the call was never confirmed',
      'look at 1 at 02:15:30',
    ])
  })
})

describe('the answer was lost', () => {
  /** The vendor was asked at 02:13 and nobody knows what it did. */
  function unknown(): DeskStory {
    const desk = new DeskStory()
    desk.at('02:13').request('web')
    desk.at('02:13:10')
    return desk
  }

  it('the call is unknown, and never dialled again', () => {
    const desk = unknown()

    expect(desk.lost()).toEqual(['web step 1: unknown, reset', 'look at 1 at 02:14:25'])
    expect(desk.at('02:14:25').look()).toEqual([])
    expect(desk.phase).toBe('free')
    expect(desk.seq).toBe(1)
  })

  it('the flow names it: it goes on like any other', () => {
    const desk = unknown()
    desk.lost()

    expect(desk.at('02:13:20').answered()).toEqual(['link c1 to 1', 'web step 1: listening', 'look at 1 at 02:15:20'])
    expect(desk.key('1')).toEqual(['acknowledge web'])
  })

  it('news that it was placed after all makes it ring', () => {
    const desk = unknown()
    desk.lost()

    expect(desk.dialled()).toEqual(['link c1 to 1', 'web step 1: ringing'])
  })

  it('a loss that is told after the answer is old news', () => {
    const desk = ringing()

    expect(desk.lost()).toEqual([])
    expect(desk.refused()).toEqual([])
    expect(desk.throttled()).toEqual([])
    expect(desk.phase).toBe('ringing')
  })
})

describe('the vendor’s limit', () => {
  it('is waited out, and the same call is dialled again', () => {
    const desk = new DeskStory()
    desk.at('02:13').request('web')

    expect(desk.at('02:13:01').throttled(1000)).toEqual(['look at 1 at 02:13:02'])
    expect(desk.at('02:13:02').look()).toEqual(['dial 1 about web', 'look at 1 at 02:14:17'])
    expect(desk.dialled()).toContain('web step 1: ringing')
  })

  it('is waited out by every look, be it one of an earlier try: the vendor is not asked more often than it wants', () => {
    const desk = new DeskStory()
    desk.at('02:13').request('web')
    desk.at('02:13:01').throttled(10_000)

    expect(desk.at('02:13:02').look()).toEqual([])
    expect(desk.at('02:13:11').look()).toHaveLength(2)
    expect(desk.throttled(10_000)).toEqual(['look at 1 at 02:13:21'])
    expect(desk.at('02:14:15').look()).toHaveLength(2)
    expect(desk.look()).toEqual([])
  })

  it('that never ends is a failed phone', () => {
    const desk = new DeskStory()
    desk.request('web')
    expect(desk.at('02:13').throttled()).toHaveLength(1)
    expect(desk.at('02:17:59').look()).toHaveLength(2)
    expect(desk.throttled()).toHaveLength(1)
    desk.at('02:18').look()

    expect(desk.throttled()).toEqual(['web step 1: failed, busy'])
  })
})
