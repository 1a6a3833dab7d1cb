import { describe, expect, it } from 'vitest'
import { phoneLineIn } from './phases.ts'
import { PhoneLineStory } from './story.ts'

describe('called off', () => {
  it.each([
    { phase: 'dialling', effects: [], after: 'dialling' },
    { phase: 'throttled', effects: [], after: 'free' },
    { phase: 'ringing', effects: ['stop 1'], after: 'ringing' },
    { phase: 'unknown', effects: [], after: 'unknown' },
    { phase: 'answered', effects: [], after: 'answered' },
    { phase: 'ended', effects: [], after: 'ended' },
  ])('while $phase', ({ phase, effects, after }) => {
    const phoneLine = phoneLineIn(phase)

    expect(phoneLine.cancel('web')).toEqual(effects)
    expect(phoneLine.phase).toBe(after)
    expect(phoneLine.cancel('web')).toEqual([])
  })

  it('while the vendor is being asked: the call is stopped as soon as it is known', () => {
    const phoneLine = phoneLineIn('dialling')
    phoneLine.cancel('web')

    expect(phoneLine.dialled()).toEqual(['stop 1', 'link c1 to 1'])
  })

  it('and nobody needs it any more when the vendor is about to be asked', () => {
    const phoneLine = phoneLineIn('dialling')
    phoneLine.cancel('web')

    expect(phoneLine.withdrawn()).toEqual([])
    expect(phoneLine.phase).toBe('free')
  })

  it('when the incident turns out to be over as it is told that the phone rings', () => {
    const phoneLine = phoneLineIn('dialling')

    expect(phoneLine.dialled()).toEqual(['link c1 to 1', 'web step 1: ringing'])
    expect(phoneLine.cancel('web')).toEqual(['stop 1'])
    expect(phoneLine.stopped()).toEqual(['web step 1: unanswered, called off'])
  })

  it('while the vendor throttles: it is not dialled again', () => {
    const phoneLine = phoneLineIn('dialling')
    phoneLine.cancel('web')

    expect(phoneLine.throttled()).toEqual([])
    expect(phoneLine.phase).toBe('free')
  })

  it('one of two: the call goes on for the other', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.request('old')
    phoneLine.request('web')
    phoneLine.request('db')
    phoneLine.refused()
    phoneLine.dialled()

    expect(phoneLine.cancel('web')).toEqual([])
    expect(phoneLine.phase).toBe('ringing')
    expect(phoneLine.cancel('db')).toEqual(['stop 2'])
  })

  it('before its call: it is not called about', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db')
    phoneLine.cancel('db')

    expect(phoneLine.hungUp('unanswered')).toEqual(['web step 1: unanswered'])
    expect(phoneLine.phase).toBe('free')
  })

  it('by an older decision: the newer one stays', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db', 4)
    phoneLine.cancel('db', 3)

    expect(phoneLine.waiting).toEqual(['db'])
  })

  it('with another waiting: that is called about once the first has stopped', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db')
    expect(phoneLine.cancel('web')).toEqual(['stop 1'])
    expect(phoneLine.phase).toBe('ringing')

    expect(phoneLine.stopped()).toEqual([
      'web step 1: unanswered, called off',
      'dial 2 about db',
      'look at 2 at 02:14:15',
    ])
  })

  it('somebody answers just before it is stopped: they hear of it, and their key counts', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.cancel('web')

    expect(phoneLine.answered()).toEqual(['web step 1: listening', 'look at 1 at 02:15'])
    expect(phoneLine.key('1')).toEqual(['acknowledge web'])
  })
})
