import { describe, expect, it } from 'vitest'
import { ringing } from './phases.ts'
import { PhoneLineStory } from './story.ts'

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
