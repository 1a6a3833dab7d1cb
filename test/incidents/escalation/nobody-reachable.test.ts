import { describe, expect, it } from 'vitest'
import { layer, Story, target } from '../story.ts'

describe('nobody reachable', () => {
  it('passes on at once, noted', () => {
    const story = new Story({
      layers: [
        layer([target('lin', { channels: [] })], { notes: [{ code: 'without-phone', args: { contact: 'lin' } }] }),
        layer([target('wang')]),
      ],
    })
    story.at('02:13').trigger()

    expect(story.step()).toEqual([
      '| layer 0.0: without-phone lin',
      'call wang for step 2',
      'step 2 at 02:18',
      'tell ops: opened',
      '| layer 0.1: wang',
    ])
  })

  it('in any layer is exhausted at once, and loud', () => {
    const story = new Story({
      layers: [layer([], { notes: [{ code: 'nobody-next', args: { schedule: 'sre' } }] }), layer([])],
      rounds: 3,
    })
    story.at('02:13').trigger()

    expect(story.step()).toEqual([
      '| layer 0.0: nobody-next sre',
      'step 2 at 02:43',
      'tell ops: exhausted',
      '| exhausted after 3 rounds, again at 02:43',
    ])
    expect(story.at('02:43').step()).toContain('tell ops: exhausted')
  })

  it('without any layer is exhausted, too', () => {
    const story = new Story({ layers: [] })
    story.at('02:13').trigger()

    expect(story.step()).toContain('tell ops: exhausted')
  })
})
