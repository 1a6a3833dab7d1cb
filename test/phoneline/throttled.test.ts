import { describe, expect, it } from 'vitest'
import { at } from '../messages/notices.ts'
import { PhoneLineStory } from './story.ts'

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

  it('is waited out together: what asks meanwhile is in the call when it is dialled', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.at('02:13').request('web')
    phoneLine.throttled(2_000)
    phoneLine.at('02:13:01').request('api')

    expect(phoneLine.at('02:13:02').deadline()).toEqual(['dial 1 about web, api'])
    expect(phoneLine.phoneLine?.waiting).toEqual([])
    expect(phoneLine.dialled()).toEqual(expect.arrayContaining(['web step 1: ringing', 'api step 1: ringing']))
    // It is done with: the request that comes twice asks for no call of its own.
    expect(phoneLine.request('api')).toEqual([])
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
