import { describe, expect, it } from 'vitest'
import { listening, ringing } from './phases.ts'
import { PhoneLineStory } from './story.ts'

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
