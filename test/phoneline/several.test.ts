import { describe, expect, it } from 'vitest'
import { phases, phoneLineIn } from './phases.ts'

describe('a second incident', () => {
  it.each(Object.keys(phases))('waits while a call is %s', (phase) => {
    const phoneLine = phoneLineIn(phase)

    expect(phoneLine.request('db')).toEqual(['look at 1 at 02:13:10'])
    expect(phoneLine.reason).toBe('waits for the call')
    expect(phoneLine.waiting).toEqual(['db'])
    expect(phoneLine.seq).toBe(1)
  })

  it('joins the call when that is answered, and key 1 acknowledges both', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db', 5)

    expect(phoneLine.answered()).toEqual(['web step 1: listening', 'db step 5: listening', 'look at 1 at 02:15'])
    expect(phoneLine.waiting).toEqual([])
    expect(phoneLine.key('1')).toEqual(['acknowledge web', 'acknowledge db'])
  })

  it('that has joined is not called about again', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db', 5)
    phoneLine.answered()
    phoneLine.hungUp('answered')
    phoneLine.at('02:13:05').deadline()

    expect(phoneLine.request('db', 5)).toEqual([])
    expect(phoneLine.phase).toBe('free')
  })

  it('that asks while somebody listens is called about next', () => {
    const phoneLine = phoneLineIn('answered')
    phoneLine.request('db')
    expect(phoneLine.key('1')).toEqual(['acknowledge web'])

    expect(phoneLine.at('02:14').hungUp('answered')).toEqual(['dial 2 about db', 'look at 2 at 02:15:15'])
  })

  it('that asks again about what key 1 then acknowledges is not called about', () => {
    const phoneLine = phoneLineIn('answered')
    phoneLine.request('web', 2)
    phoneLine.request('db')
    expect(phoneLine.key('1')).toEqual(['acknowledge web'])
    expect(phoneLine.waiting).toEqual(['db'])

    expect(phoneLine.at('02:14').hungUp('answered')).toEqual(['dial 2 about db', 'look at 2 at 02:15:15'])
    expect(phoneLine.request('web', 2)).toEqual([])
  })

  it('was rung for by the call that nobody answered, which would have told of it', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db')
    phoneLine.request('cache', 3)

    expect(phoneLine.at('02:13:10').rangOut()).toEqual([
      'web step 1: unanswered, nobody picked up',
      'db step 1: unanswered, nobody picked up',
      'cache step 3: unanswered, nobody picked up',
    ])
    expect(phoneLine.phase).toBe('free')
    expect(phoneLine.request('cache', 3)).toEqual([])
    expect(phoneLine.request('cache', 4)).toEqual(['dial 2 about cache', 'look at 2 at 02:14:25'])
  })

  it('that came when it had almost rung out is called about as soon as nobody answered', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db')
    phoneLine.at('02:13:51').request('cache')

    expect(phoneLine.at('02:14').rangOut()).toEqual([
      'web step 1: unanswered, nobody picked up',
      'db step 1: unanswered, nobody picked up',
      'dial 2 about cache',
      'look at 2 at 02:15:15',
    ])
  })

  it('that came after it had rung out is called about, though the word of that came late', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.at('02:13:31').request('db')

    expect(phoneLine.at('02:13:55').rangOut('02:13:30')).toContain('dial 2 about db')
  })

  it.each([
    'line-busy',
    'line-blocked',
    'line-trouble',
    'bad-number',
  ] as const)('is called about at once after a call that ended by %s: nothing says that it rang', (failure) => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db')

    expect(phoneLine.at('02:14').hungUp('unanswered', { class: failure })).toContain('dial 2 about db')
  })

  it('asks again by a later decision: the later one counts', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db', 2)
    phoneLine.request('db', 4)
    expect(phoneLine.request('db', 3)).toEqual([])
    phoneLine.hungUp('unanswered')

    expect(phoneLine.dialled()).toEqual(['link c2 to 2', 'db step 4: ringing'])
  })

  it('five of them are one call, and one key passes all on', () => {
    const phoneLine = phoneLineIn('ringing')
    for (const incident of ['a', 'b', 'c', 'd']) phoneLine.request(incident)
    phoneLine.answered()

    expect(phoneLine.key('9')).toEqual(['web', 'a', 'b', 'c', 'd'].map((incident) => `${incident} step 1: passed`))
  })

  it('a later decision of the same incident, made while its call is unknown, is one entry of the call', () => {
    const phoneLine = phoneLineIn('unknown')
    phoneLine.request('web', 2)

    expect(phoneLine.answered()).toEqual(['link c1 to 1', 'web step 2: listening', 'look at 1 at 02:15'])
  })
})
