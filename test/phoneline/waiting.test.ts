import { describe, expect, it } from 'vitest'
import { PhoneLineStory } from './story.ts'

describe('a call that the vendor refuses for now', () => {
  it('for a second is no news: it is placed a little later', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')

    expect(phoneLine.throttled()).toEqual(['look at 1 at 02:13:01'])
    expect(phoneLine.at('02:13:01').deadline()).toEqual(['dial 1 about web'])
    expect(phoneLine.dialled()).toEqual(['link c1 to 1', 'web step 1: ringing'])
  })

  it('for longer is told as waiting once, with the reason, and rings when it is placed after all', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')
    phoneLine.at('02:13:01').throttled()
    phoneLine.deadline()

    expect(phoneLine.at('02:13:02').deadline()).toEqual(['dial 1 about web'])
    expect(phoneLine.throttled()).toEqual(['look at 1 at 02:13:03', 'web step 1: waiting, busy'])
    expect(phoneLine.at('02:13:03').deadline()).toEqual(['dial 1 about web'])
    expect(phoneLine.throttled()).toEqual(['look at 1 at 02:13:04'])
    phoneLine.at('02:13:04').deadline()
    expect(phoneLine.dialled()).toEqual(['link c1 to 1', 'web step 1: ringing'])
  })

  it('for a minute by the vendor’s own word is told at once', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')

    expect(phoneLine.throttled(60_000)).toEqual(['look at 1 at 02:14', 'web step 1: waiting, busy'])
  })
})

describe('an incident that waits for another call', () => {
  /** A phone that rings about `web` since 02:13. */
  function ringing(): PhoneLineStory {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')
    phoneLine.dialled()
    return phoneLine
  }

  it('hears of it after ten seconds, once', () => {
    const phoneLine = ringing()
    expect(phoneLine.at('02:13:05').request('db')).toEqual(['look at 1 at 02:13:15'])
    expect(phoneLine.dueAt).toBe('02:13:15')

    expect(phoneLine.at('02:13:15').deadline()).toEqual(['db step 1: waiting, in another call'])
    expect(phoneLine.deadline()).toEqual([])
    expect(phoneLine.dueAt).toBe('02:14:15')
  })

  it('and is taken into the call before hears nothing of waiting', () => {
    const phoneLine = ringing()
    phoneLine.at('02:13:05').request('db')

    expect(phoneLine.at('02:13:09').answered()).toContain('db step 1: listening')
    expect(phoneLine.at('02:13:15').deadline()).toEqual([])
  })

  it('is called about next, which it hears too', () => {
    const phoneLine = ringing()
    phoneLine.at('02:13:05').request('db')
    phoneLine.at('02:13:15').deadline()

    expect(phoneLine.hungUp('unanswered', { class: 'line-busy' })).toEqual([
      'web step 1: busy, busy',
      'dial 2 about db',
      'look at 2 at 02:14:30',
    ])
    expect(phoneLine.dialled()).toEqual(['link c2 to 2', 'db step 1: ringing'])
  })

  it('hears of it at its own time when it came after others', () => {
    const phoneLine = ringing()
    phoneLine.at('02:13:05').request('db')
    expect(phoneLine.at('02:13:12').request('mail')).toEqual([])

    expect(phoneLine.at('02:13:15').deadline()).toEqual([
      'db step 1: waiting, in another call',
      'look at 1 at 02:13:22',
    ])
    expect(phoneLine.at('02:13:22').deadline()).toEqual(['mail step 1: waiting, in another call'])
  })

  it('with a hundred others is one of the five that hear: a storm is one call, and not a hundred texts', () => {
    const phoneLine = ringing()
    for (let number = 0; number < 100; number++) phoneLine.at('02:13:05').request(`i${number}`)

    expect(phoneLine.at('02:13:20').deadline()).toEqual(
      [0, 1, 2, 3, 4].map((number) => `i${number} step 1: waiting, in another call`),
    )
    expect(phoneLine.dueAt).toBe('02:14:15')
  })
})
