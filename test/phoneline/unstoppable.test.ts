import { describe, expect, it } from 'vitest'
import { PhoneLineStory } from './story.ts'

const LASTS_MS = 180_000

/** A call that rings and that nobody can stop, since 02:13:01. */
function ringing(): PhoneLineStory {
  const phoneLine = new PhoneLineStory()
  phoneLine.at('02:13').request('web')
  phoneLine.at('02:13:01').dialled({ lastsMs: LASTS_MS })
  return phoneLine
}

/** Receipts that bring back the name of the call, and so its number. */
const receipts = {
  rings: (seq = 1) => ({ type: 'dialled', seq, contactId: 'c1', route: 0, lastsMs: LASTS_MS }) as const,
  ended: (seq = 1, contactId = 'c1') => ({ type: 'disconnected', seq, contactId, answered: false }) as const,
  key: (seq = 1, contactId = 'c1') => ({ type: 'key', key: '1', decision: 'acknowledged', seq, contactId }) as const,
}

describe('a call that nobody can stop', () => {
  it('rings on when it is called off, and nobody dials before it has ended', () => {
    const phoneLine = ringing()

    expect(phoneLine.at('02:13:10').cancel('web')).toEqual([])
    expect(phoneLine.request('shop')).toEqual(['look at 1 at 02:13:20'])
    expect(phoneLine.phase).toBe('ringing')
    expect(phoneLine.at('02:13:40').take(receipts.ended())).toEqual([
      'web step 1: unanswered',
      'dial 2 about shop',
      'look at 2 at 02:14:55',
    ])
  })

  it('tells of nothing that came up since it was placed: that is rung for once it is over', () => {
    const phoneLine = ringing()
    phoneLine.at('02:13:05').request('shop')

    expect(phoneLine.at('02:13:10').take({ type: 'connected', seq: 1, contactId: 'c1', lastsMs: LASTS_MS })).toEqual([
      'web step 1: listening',
      'look at 1 at 02:15:10',
    ])
    expect(phoneLine.at('02:13:20').take(receipts.key())).toEqual(['acknowledge web'])
    expect(phoneLine.waiting).toEqual(['shop'])
    expect(phoneLine.at('02:13:25').take({ ...receipts.ended(), answered: true })).toEqual([
      'dial 2 about shop',
      'look at 2 at 02:14:40',
    ])
  })

  it('does not when its receipts are all that is known of it', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')
    phoneLine.at('02:13:01').request('shop')

    phoneLine.at('02:13:10').take({ ...receipts.key(), lastsMs: LASTS_MS })
    expect(phoneLine.waiting).toEqual(['shop'])
  })

  it('called off while it was being placed is not stopped either', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')
    phoneLine.cancel('web')

    expect(phoneLine.at('02:13:01').dialled({ lastsMs: LASTS_MS })).toEqual(['link c1 to 1'])
    expect(phoneLine.phase).toBe('ringing')
  })

  it('of which nothing is heard is asked about, and given up once it is certainly over', () => {
    const phoneLine = ringing()

    expect(phoneLine.at('02:14:16').deadline()).toEqual(['stop 1', 'look at 1 at 02:16:01'])
    expect(phoneLine.at('02:15').deadline()).toEqual([])
    expect(phoneLine.dueAt).toBe('02:16:01')
    expect(phoneLine.at('02:16:01').deadline()).toEqual(['web step 1: unanswered, no word from the vendor'])
  })

  it('whose vendor says, being asked, that it never rang, has failed', () => {
    const phoneLine = ringing()
    phoneLine.at('02:14:16').deadline()

    const limited = { class: 'rate-limited' } as const
    expect(phoneLine.take({ ...receipts.ended(), neverRang: true, failure: limited })).toEqual([
      'web step 1: failed, too many requests in a short time',
    ])
  })

  it.each([
    {
      word: { neverRang: true, failure: { class: 'bad-number' } } as const,
      told: ['web step 1: failed, not a valid number'],
    },
    { word: { answered: true } as const, told: ['web step 1: listening', 'look at 1 at 02:13:35'] },
    { word: undefined, told: ['web step 1: unanswered, no word from the vendor'] },
  ])('of which only the bare end is told is asked about two seconds later: $told', ({ word, told }) => {
    const phoneLine = ringing()

    expect(phoneLine.at('02:13:30').take({ ...receipts.ended(), untold: true })).toEqual(['look at 1 at 02:13:32'])
    expect(phoneLine.at('02:13:32').deadline()).toEqual(['stop 1', 'look at 1 at 02:13:34'])
    if (word !== undefined) expect(phoneLine.at('02:13:33').take({ ...receipts.ended(), ...word })).toEqual(told)
    else expect(phoneLine.at('02:13:34').deadline()).toEqual(told)
  })

  it('whose answer was lost holds the line until it is certainly over', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')

    expect(
      phoneLine.at('02:13:10').take({ type: 'lost', seq: 1, failure: { class: 'timeout' }, lastsMs: LASTS_MS }),
    ).toEqual(['web step 1: unknown, no answer in time', 'look at 1 at 02:16:10'])
  })
})

describe('a receipt that names its call', () => {
  it('finds a call whose answer was lost', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')
    phoneLine.at('02:13:10').lost()

    expect(phoneLine.at('02:13:12').take(receipts.rings())).toEqual(['link c1 to 1', 'web step 1: ringing'])
    expect(phoneLine.at('02:13:30').take(receipts.key())).toEqual(
      expect.arrayContaining(['web step 1: listening', 'acknowledge web']),
    )
  })

  it('may come before the answer, and twice', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')

    expect(phoneLine.at('02:13:01').take(receipts.rings())).toEqual(['link c1 to 1', 'web step 1: ringing'])
    expect(phoneLine.at('02:13:02').take(receipts.rings())).toEqual([])
    expect(phoneLine.dialled({ lastsMs: LASTS_MS })).toEqual([])
  })

  it('of the end alone, before the answer, ends the call', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')

    expect(phoneLine.at('02:13:05').take(receipts.ended())).toEqual(['web step 1: unanswered'])
    expect(phoneLine.dialled()).toEqual([])
  })

  it('with another contact than its call has is not believed, now or later', () => {
    const phoneLine = ringing()

    expect(phoneLine.take(receipts.key(1, 'forged'))).toEqual([])
    expect(phoneLine.take(receipts.ended(1, 'forged'))).toEqual([])
    phoneLine.take(receipts.ended())
    expect(phoneLine.take(receipts.key(1, 'forged'))).toEqual([])
    expect(phoneLine.take(receipts.key())).toEqual(['acknowledge web'])
  })
})
