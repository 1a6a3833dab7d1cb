import { describe, expect, it } from 'vitest'
import { layer, target } from '../story.ts'
import { begun } from './begun.ts'

describe('a project that has moved to a policy of fewer layers', () => {
  const three = [layer([target('lin')]), layer([target('wang')]), layer([target('tan')])]

  it.each([
    {
      at: 0,
      people: [['zhao']],
      reached: ['layer 0.0: zhao'],
      why: 'whoever is new is reached before it is exhausted',
    },
    {
      at: 1,
      people: [['zhao'], ['wang']],
      reached: ['layer 0.0: zhao', 'layer 0.1: wang'],
      why: 'from the first who is',
    },
    { at: 2, people: [['lin'], ['zhao']], reached: ['layer 0.1: zhao'], why: 'whoever was reached is not called anew' },
    { at: 2, people: [['lin'], ['wang']], reached: [], why: 'nobody is new' },
  ])('in layer $at, to $people: $why', ({ at: ended, people, reached }) => {
    const story = begun({ layers: three })
    for (let passed = 0; passed < ended; passed++) {
      story.now += 300_000
      story.step()
    }
    const moved = { layers: people.map((names) => layer(names.map((name) => target(name)))) }
    const lines: string[] = []
    for (let steps = 0; story.phase !== 'exhausted' && steps < 5; steps++) {
      story.now += 300_000
      lines.push(...story.step(moved))
    }

    expect(lines.filter((line) => /^\| layer \d\.\d: /.test(line))).toEqual(reached.map((line) => `| ${line}`))
    expect(story.phase).toBe('exhausted')
  })
})
