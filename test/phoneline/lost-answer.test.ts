import { describe, expect, it } from 'vitest'
import { ringing } from './phases.ts'
import { PhoneLineStory } from './story.ts'

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
