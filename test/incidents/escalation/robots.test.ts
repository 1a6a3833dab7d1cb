import { describe, expect, it } from 'vitest'
import { Story } from '../story.ts'

/** A story whose first layer has begun; the robot's answer to the opening is still under way. */
function begun(): Story {
  const story = new Story()
  story.at('02:13').trigger()
  story.step()
  return story
}

const tells = (lines: string[]) => lines.filter((line) => line.startsWith('tell ops'))

describe('a robot', () => {
  it('that is slow to confirm the opening does not hear it twice when the first layer is over at once', () => {
    const story = begun()
    story.call('lin', 'busy')
    expect(tells(story.step())).toEqual(['tell ops: escalated'])
    expect(tells(story.delivered('opened', 'ops', 'sent'))).toEqual([])
  })

  it('that refused the opening hears it from the next layer', () => {
    const story = begun()
    story.delivered('opened', 'ops', 'failed', 'HTTP 500')
    story.call('lin', 'busy')
    expect(tells(story.step())).toEqual(['tell ops: opened'])
  })

  it.each([
    { first: 'opened', second: 'escalated' } as const,
    { first: 'escalated', second: 'opened' } as const,
  ])('with two messages under way hears once of an acknowledgement: after $first', ({ first, second }) => {
    const story = begun()
    story.call('lin', 'busy')
    story.step()
    expect(tells(story.acknowledge('wang'))).toEqual([])
    expect(tells(story.delivered(first, 'ops', 'sent'))).toEqual(['tell ops: acknowledged'])
    expect(tells(story.delivered(second, 'ops', 'sent'))).toEqual([])
  })

  it('that has confirmed one of two hears of an acknowledgement at once, and only then', () => {
    const story = begun()
    story.call('lin', 'busy')
    story.step()
    story.delivered('escalated', 'ops', 'sent')
    expect(tells(story.acknowledge('wang'))).toEqual(['tell ops: acknowledged'])
    expect(tells(story.delivered('opened', 'ops', 'sent'))).toEqual([])
  })

  it('that only told of a warning does not open it again when that gets worse', () => {
    const story = new Story()
    story.at('02:13').trigger({ severity: 'warning' })
    story.step({ pages: false, layers: [] })
    story.at('02:20').trigger({ severity: 'critical' })
    expect(tells(story.step())).toEqual(['tell ops: escalated'])
  })
})
