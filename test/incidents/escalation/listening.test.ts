import { describe, expect, it } from 'vitest'
import { begun } from './begun.ts'

describe('while somebody listens', () => {
  it('the deadline waits for the call, at most 120 s', () => {
    const story = begun()
    story.at('02:17:30').call('lin', 'listening')

    expect(story.at('02:18').step()).toEqual(['step 3 at 02:19:30'])
    expect(story.reason).toBe('someone is listening')
    expect(story.at('02:19:30').step()).toContain('| layer 0.0 ended: ack-timeout')
  })

  it.each(['ringing', 'unknown'] as const)('news from before, that it is %s, does not end the waiting', (late) => {
    const story = begun()
    story.at('02:17:30').call('lin', 'listening')

    expect(story.call('lin', late)).toEqual([])
    expect(story.at('02:18').step()).toEqual(['step 3 at 02:19:30'])
  })

  it('the call’s own end comes first', () => {
    const story = begun()
    story.at('02:17:30').call('lin', 'listening')
    story.at('02:18').step()

    expect(story.at('02:18:20').call('lin', 'no-key')).toContain('| layer 0.0 ended: unacknowledged')
  })

  it('for longer than that the deadline does not wait', () => {
    const story = begun()
    story.at('02:15').call('lin', 'listening')

    expect(story.at('02:18').step()).toContain('| layer 0.0 ended: ack-timeout')
  })
})
