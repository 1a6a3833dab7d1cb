import { describe, expect, it } from 'vitest'
import { listening, ringing } from './phases.ts'
import { PhoneLineStory } from './story.ts'

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

  describe('of which only the bare end is told', () => {
    const over = { type: 'disconnected', contactId: 'c1', answered: false } as const

    it('waits two seconds for the word on how it went, and then is over without it', () => {
      const phoneLine = ringing()

      expect(phoneLine.at('02:13:30').take({ ...over, untold: true })).toEqual(['look at 1 at 02:13:32'])
      expect(phoneLine.at('02:13:31').take({ ...over, untold: true })).toEqual([])
      expect(phoneLine.at('02:13:32').deadline()).toEqual(['web step 1: unanswered, no word from the vendor'])
    })

    it.each([
      {
        word: { ...over, failure: { class: 'bad-number' as const }, neverRang: true as const },
        told: 'failed, not a valid number',
      },
      { word: { ...over, failure: { class: 'line-busy' as const } }, told: 'busy, busy' },
      { word: over, told: 'unanswered' },
    ])('is over as the word says: $told', ({ word, told }) => {
      const phoneLine = ringing()
      phoneLine.at('02:13:30').take({ ...over, untold: true })

      expect(phoneLine.at('02:13:31').take(word)).toEqual([expect.stringContaining(`web step 1: ${told}`)])
      expect(phoneLine.phase).toBe('free')
    })

    it.each([
      { word: { ...over, answered: true } },
      { word: { type: 'connected', contactId: 'c1' } as const },
    ])('was listened to when $word.type says so, and waits for a key', ({ word }) => {
      const phoneLine = ringing()
      phoneLine.at('02:13:30').take({ ...over, untold: true })

      expect(phoneLine.at('02:13:31').take(word)).toEqual(['web step 1: listening', 'look at 1 at 02:13:33'])
      expect(phoneLine.at('02:13:32').take({ ...over, untold: true })).toEqual([])
      expect(phoneLine.at('02:13:33').deadline()).toEqual(['web step 1: no-key'])
    })

    it('is taken by a key that was on its way', () => {
      const phoneLine = ringing()
      phoneLine.at('02:13:30').take({ ...over, untold: true })

      expect(phoneLine.at('02:13:31').key('1')).toContain('acknowledge web')
      expect(phoneLine.at('02:13:32').take({ ...over, answered: true })).toEqual([])
      expect(phoneLine.at('02:13:33').deadline()).toEqual([])
      expect(phoneLine.phase).toBe('free')
    })

    it('was answered if that was told before', () => {
      const phoneLine = listening()

      expect(phoneLine.at('02:13:30').take({ ...over, untold: true })).toEqual(['look at 1 at 02:13:32'])
      expect(phoneLine.at('02:13:32').deadline()).toEqual(['web step 1: no-key'])
    })
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
