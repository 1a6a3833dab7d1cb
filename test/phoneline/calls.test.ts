import { describe, expect, it } from 'vitest'
import { at } from '../messages/notices.ts'
import { PhoneLineStory } from './story.ts'

/** A phone line whose call about `web` rings. */
function ringing(): PhoneLineStory {
  const phoneLine = new PhoneLineStory()
  phoneLine.at('02:13').request('web')
  phoneLine.at('02:13:01').dialled()
  return phoneLine
}

/** A phone line whose call about `web` is being listened to. */
function listening(): PhoneLineStory {
  const phoneLine = ringing()
  phoneLine.at('02:13:10').answered()
  return phoneLine
}

describe('a call', () => {
  it('is written down before the vendor is asked, with its deadline', () => {
    const phoneLine = new PhoneLineStory()

    expect(phoneLine.at('02:13').request('web')).toEqual(['dial 1 about web', 'look at 1 at 02:14:15'])
    expect(phoneLine.phase).toBe('dialling')
    expect(phoneLine.dueAt).toBe('02:14:15')
  })

  it('that rings is linked to its contact, and the incident hears of it', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')

    expect(phoneLine.at('02:13:01').dialled()).toEqual(['link c1 to 1', 'web step 1: ringing'])
    expect(phoneLine.dueAt).toBe('02:14:16')
  })

  it.each([
    { failure: 'line-busy', told: 'busy, busy' },
    { failure: 'no-answer', told: 'unanswered, nobody picked up' },
    { failure: undefined, told: 'unanswered' },
  ] as const)('never answered ($failure) is over at once', ({ failure, told }) => {
    const phoneLine = ringing()

    expect(phoneLine.at('02:14').hungUp('unanswered', failure && { class: failure })).toEqual([`web step 1: ${told}`])
    expect(phoneLine.phase).toBe('free')
    expect(phoneLine.dueAt).toBeUndefined()
  })

  it('answered and ended without a key is over two seconds later', () => {
    const phoneLine = listening()

    expect(phoneLine.at('02:13:30').hungUp('answered')).toEqual(['look at 1 at 02:13:32'])
    expect(phoneLine.at('02:13:31').deadline()).toEqual([])
    expect(phoneLine.reason).toBe('early deadline')
    expect(phoneLine.at('02:13:32').deadline()).toEqual(['web step 1: no-key'])
    expect(phoneLine.phase).toBe('free')
  })

  it.each([
    { key: '1' as const, effect: 'acknowledge web' },
    { key: '9' as const, effect: 'web step 1: passed' },
    { key: 'none' as const, effect: 'web step 1: no-key' },
  ])('in which $key is pressed is over when it ends, with nothing more to say', ({ key, effect }) => {
    const phoneLine = listening()

    expect(phoneLine.at('02:13:20').key(key)).toEqual([effect])
    expect(phoneLine.at('02:13:25').hungUp('answered')).toEqual([])
    expect(phoneLine.phase).toBe('free')
  })

  it('whose key comes just after the hang-up acknowledges, and tells of no missing key', () => {
    const phoneLine = listening()
    phoneLine.at('02:13:30').hungUp('answered')

    expect(phoneLine.at('02:13:31').key('1')).toEqual(['acknowledge web'])
    expect(phoneLine.at('02:13:32').deadline()).toEqual([])
    expect(phoneLine.phase).toBe('free')
  })

  it('whose key comes long after it was over acknowledges all the same', () => {
    const phoneLine = listening()
    phoneLine.at('02:13:30').hungUp('answered')
    phoneLine.at('02:13:32').deadline()

    expect(phoneLine.at('02:14').key('1')).toEqual(['acknowledge web'])
    expect(phoneLine.at('02:14').key('9')).toEqual([])
  })

  it('whose key comes while they are called again about the same: that call is stopped', () => {
    const phoneLine = listening()
    phoneLine.at('02:13:30').hungUp('answered')
    phoneLine.at('02:13:32').deadline()
    phoneLine.request('web', 2)
    phoneLine.dialled()

    expect(phoneLine.at('02:13:40').key('1', 1)).toEqual(['acknowledge web', 'stop 2'])
    expect(phoneLine.at('02:13:41').key('1', 1)).toEqual(['acknowledge web'])
    expect(phoneLine.request('web', 2)).toEqual([])
  })

  it('whose flow speaks before the vendor has answered is named by it', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')

    expect(phoneLine.at('02:13:02').answered()).toEqual([
      'link c1 to 1',
      'web step 1: listening',
      'look at 1 at 02:15:02',
    ])
    expect(phoneLine.at('02:13:03').dialled()).toEqual(['link c1 to 1'])
    expect(phoneLine.phase).toBe('answered')
    expect(phoneLine.at('02:13:09').key('1')).toEqual(['acknowledge web'])
  })

  it('that was answered, by whichever news comes first, is told of once', () => {
    const phoneLine = ringing()

    expect(phoneLine.connected()).toEqual(['web step 1: listening', 'look at 1 at 02:15:01'])
    expect(phoneLine.answered()).toEqual([])
    expect(phoneLine.connected()).toEqual([])
  })

  it('of which only the end is heard was listened to', () => {
    const phoneLine = ringing()

    expect(phoneLine.at('02:13:40').hungUp('answered')).toEqual(['web step 1: listening', 'look at 1 at 02:13:42'])
  })

  it('of which only the key is heard was listened to', () => {
    const phoneLine = ringing()

    expect(phoneLine.at('02:13:20').key('9')).toEqual([
      'web step 1: listening',
      'look at 1 at 02:15:20',
      'web step 1: passed',
    ])
  })

  it('takes each key once, and 1 after 9', () => {
    const phoneLine = listening()
    phoneLine.key('9')

    expect(phoneLine.key('9')).toEqual([])
    expect(phoneLine.key('1')).toEqual(['acknowledge web'])
    expect(phoneLine.key('1')).toEqual([])
    expect(phoneLine.key('9')).toEqual([])
  })

  it('that the vendor refuses has failed, with the reason', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.request('web')

    expect(phoneLine.refused()).toEqual(['web step 1: failed, not allowed'])
    expect(phoneLine.phase).toBe('free')
  })
})

describe('events that come twice, late, or for another call', () => {
  it.each([
    { event: 'a hang-up', take: (phoneLine: PhoneLineStory) => phoneLine.hungUp('unanswered', undefined, 'c1') },
    { event: 'an answer', take: (phoneLine: PhoneLineStory) => phoneLine.answered(1) },
    { event: 'a connection', take: (phoneLine: PhoneLineStory) => phoneLine.connected('c1') },
    { event: 'a stop', take: (phoneLine: PhoneLineStory) => phoneLine.stopped(1) },
    { event: 'a deadline', take: (phoneLine: PhoneLineStory) => phoneLine.deadline(1) },
    { event: 'key 9', take: (phoneLine: PhoneLineStory) => phoneLine.key('9', 1) },
  ])('$event of the call before leaves the present one alone', ({ take }) => {
    const phoneLine = ringing()
    phoneLine.at('02:14').hungUp('unanswered')
    phoneLine.request('web', 2)
    phoneLine.dialled()
    const before = phoneLine.phoneLine

    expect(take(phoneLine.at('02:20'))).toEqual([])
    expect(phoneLine.phoneLine).toBe(before)
  })

  it('a request comes again before, during and after its call: one call', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.request('web', 3)
    expect(phoneLine.request('web', 3)).toEqual([])
    phoneLine.dialled()
    expect(phoneLine.request('web', 3)).toEqual([])
    phoneLine.hungUp('unanswered')

    expect(phoneLine.request('web', 3)).toEqual([])
    expect(phoneLine.request('web', 2)).toEqual([])
    expect(phoneLine.reason).toBe('settled request')
    expect(phoneLine.request('web', 4)).toEqual(['dial 2 about web', 'look at 2 at 02:14:15'])
  })

  it('a request that its cancellation has overtaken makes no call', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.cancel('web', 3)

    expect(phoneLine.request('web', 3)).toEqual([])
    expect(phoneLine.request('web', 4)).toContain('dial 1 about web')
  })

  it('a request is forgotten 15 days after it was settled', () => {
    const phoneLine = ringing()
    phoneLine.hungUp('unanswered')

    phoneLine.at('02:14').now += 15 * 86_400_000
    phoneLine.cancel('other')
    expect(Object.keys(phoneLine.phoneLine?.settled ?? {})).toEqual(['other'])
  })
})

describe('without any event', () => {
  it('a call that rings is stopped after 75 s, and has not been answered', () => {
    const phoneLine = ringing()

    expect(phoneLine.at('02:14:10').deadline()).toEqual([])
    expect(phoneLine.at('02:14:16').deadline()).toEqual(['stop 1'])
    expect(phoneLine.stopped()).toEqual(['web step 1: unanswered, no word from the vendor'])
    expect(phoneLine.phase).toBe('free')
  })

  it('a call that cannot be stopped either is over at the next look', () => {
    const phoneLine = ringing()
    phoneLine.at('02:14:16').deadline()

    expect(phoneLine.at('02:15').deadline()).toEqual(['web step 1: unanswered, no word from the vendor'])
  })

  it('a call that was answered is over after 120 s', () => {
    const phoneLine = listening()

    expect(phoneLine.at('02:15:09').deadline()).toEqual([])
    expect(phoneLine.at('02:15:10').deadline()).toEqual(['web step 1: no-key'])
  })

  it('a call that was answered and took a key is over after 120 s, with nothing more to say', () => {
    const phoneLine = listening()
    phoneLine.key('9')

    expect(phoneLine.at('02:15:10').deadline()).toEqual([])
    expect(phoneLine.phase).toBe('free')
  })

  it('an intent that nobody confirms is unknown after 75 s', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')

    expect(phoneLine.at('02:14:15').deadline()).toEqual([
      'web step 1: unknown, no word from the vendor',
      'look at 1 at 02:15:30',
    ])
  })
})

describe('the answer was lost', () => {
  /** The vendor was asked at 02:13 and nobody knows what it did. */
  function unknown(): PhoneLineStory {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')
    phoneLine.at('02:13:10')
    return phoneLine
  }

  it('the call is unknown, and never dialled again', () => {
    const phoneLine = unknown()

    expect(phoneLine.lost()).toEqual(['web step 1: unknown, reset', 'look at 1 at 02:14:25'])
    expect(phoneLine.at('02:14:25').deadline()).toEqual([])
    expect(phoneLine.phase).toBe('free')
    expect(phoneLine.seq).toBe(1)
  })

  it('the flow names it: it goes on like any other', () => {
    const phoneLine = unknown()
    phoneLine.lost()

    expect(phoneLine.at('02:13:20').answered()).toEqual([
      'link c1 to 1',
      'web step 1: listening',
      'look at 1 at 02:15:20',
    ])
    expect(phoneLine.key('1')).toEqual(['acknowledge web'])
  })

  it('news that it was placed after all makes it ring', () => {
    const phoneLine = unknown()
    phoneLine.lost()

    expect(phoneLine.dialled()).toEqual(['link c1 to 1', 'web step 1: ringing'])
  })

  it('a loss that is told after the answer is old news', () => {
    const phoneLine = ringing()

    expect(phoneLine.lost()).toEqual([])
    expect(phoneLine.refused()).toEqual([])
    expect(phoneLine.throttled()).toEqual([])
    expect(phoneLine.phase).toBe('ringing')
  })
})

describe('the vendor’s limit', () => {
  it('is waited out, and the same call is dialled again', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')

    expect(phoneLine.at('02:13:01').throttled(1000)).toEqual(['look at 1 at 02:13:02'])
    expect(phoneLine.at('02:13:02').deadline()).toEqual(['dial 1 about web'])
    expect(phoneLine.dialled()).toContain('web step 1: ringing')
    expect(phoneLine.at('02:14:15').deadline()).toEqual(['look at 1 at 02:14:17'])
    expect(phoneLine.at('02:14:17').deadline()).toEqual(['stop 1'])
  })

  it('is waited out by every look, be it one of an earlier try: the vendor is not asked more often than it wants', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')
    phoneLine.at('02:13:01').throttled(10_000)

    expect(phoneLine.at('02:13:02').deadline()).toEqual([])
    expect(phoneLine.at('02:13:11').deadline()).toEqual(['dial 1 about web'])
    expect(phoneLine.throttled(10_000)).toEqual(['look at 1 at 02:13:21'])
    expect(phoneLine.at('02:14:15').deadline()).toEqual(['dial 1 about web', 'look at 1 at 02:15:30'])
    expect(phoneLine.deadline()).toEqual([])
  })

  it('for minutes leaves two looks on the queue at most: for the next try, and for an end that nobody tells', () => {
    const phoneLine = new PhoneLineStory()
    const waits: number[] = []
    const note = (effects: string[]) =>
      waits.push(
        ...effects.flatMap((effect) => (/^look at 1 at (.*)$/.exec(effect)?.[1] ? [at(effect.slice(13))] : [])),
      )
    note(phoneLine.at('02:13').request('web'))
    const start = phoneLine.now
    for (let seconds = 0; seconds < 240; seconds++) {
      phoneLine.now = start + seconds * 1_000
      note(phoneLine.throttled())
      phoneLine.now += 1_000
      note(phoneLine.deadline())

      expect(waits.filter((time) => time > phoneLine.now).length).toBeLessThanOrEqual(2)
    }
  })

  it('that never ends is a failed phone', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.request('web')
    expect(phoneLine.at('02:13').throttled()).toHaveLength(1)
    expect(phoneLine.at('02:17:59').deadline()).toEqual(['dial 1 about web', 'look at 1 at 02:19:14'])
    expect(phoneLine.throttled()).toEqual(['look at 1 at 02:18', 'web step 1: waiting, busy'])
    phoneLine.at('02:18').deadline()

    expect(phoneLine.throttled()).toEqual(['web step 1: failed, busy'])
  })
})
