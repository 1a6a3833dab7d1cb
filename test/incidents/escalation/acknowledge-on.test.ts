import { describe, expect, it } from 'vitest'
import { layer, target } from '../story.ts'
import { begun } from './begun.ts'

describe('acknowledgeOn', () => {
  it('answer: the answered call acknowledges', () => {
    const story = begun({ acknowledgeOn: 'answer' })

    expect(story.at('02:13:20').call('lin', 'listening')).toEqual([
      '| call 1 to lin: listening',
      '| acknowledged by lin, phone',
    ])
  })

  it('answer: told so late that they are being called again, that call is called off', () => {
    const story = begun({ acknowledgeOn: 'answer', layers: [layer([target('lin')], { calls: 2 })] })
    story.at('02:14').call('lin', 'unanswered')

    expect(story.call('lin', 'listening', { step: 2 })).toEqual([
      'cancel lin up to step 3',
      '| acknowledged by lin, phone',
    ])
  })

  it('answer: a call that only rang does not', () => {
    const story = begun({ acknowledgeOn: 'answer' })
    story.call('lin', 'ringing')
    story.call('lin', 'unanswered')

    expect(story.incident?.status).toBe('open')
  })

  it('key: an answered call is a voicemail for all anybody knows', () => {
    const story = begun()
    story.call('lin', 'listening')

    expect(story.incident?.status).toBe('open')
  })
})
