import { describe, expect, it } from 'vitest'
import { stepDueAt } from '../../../shared/incidents/due.ts'
import type { Plan } from '../../../shared/oncall/plan.ts'
import { Story } from '../story.ts'
import { clock } from '../story-lines.ts'

/** Nobody is paged; the duty robot hears of it after five minutes, that of the managers ten minutes later. */
const told: Partial<Plan> = {
  pages: false,
  layers: [],
  later: [
    { layer: 1, chat: ['duty'], afterMs: 300_000 },
    { layer: 3, chat: ['managers'], afterMs: 600_000 },
  ],
}

const dueAt = ({ incident }: Story) => clock((incident && stepDueAt(incident)) ?? 0)

function warning(changes: Partial<Plan> = {}): Story {
  const story = new Story({ ...told, ...changes })
  story.at('02:13').trigger({ severity: 'warning' })
  return story
}

describe('robots of later layers, where nobody is paged', () => {
  it('hear of it as their time comes, and all are reminded after that', () => {
    const story = warning()
    expect(story.step()).toEqual(['step 2 at 02:18', 'tell ops: opened'])
    story.delivered('opened', 'ops', 'sent')
    expect(story.at('02:17').step()).toEqual([])
    expect(story.at('02:18').step()).toEqual(['step 3 at 02:28', 'tell duty: opened', '| layer 0.1: duty'])
    story.delivered('opened', 'duty', 'sent')
    expect(story.at('02:28').step()).toEqual(['step 4 at 06:28', 'tell managers: opened', '| layer 0.3: managers'])
    story.delivered('opened', 'managers', 'sent')
    expect(story.at('06:28').step()).toEqual([
      'step 5 at 10:28',
      'tell ops: reminder',
      'tell duty: reminder',
      'tell managers: reminder',
    ])
  })

  it('hear nothing of what somebody has taken, and are told in turn when it is given back', () => {
    const story = warning()
    story.step()
    story.at('02:15').acknowledge('lin')
    expect(story.at('02:18').step()).toEqual([])
    story.at('03:00').giveBack('lin')
    story.step()
    expect(dueAt(story)).toBe('03:05')
  })

  it('are told though the first layer has none', () => {
    const story = warning({ chat: [] })
    expect(story.step()).toEqual(['step 2 at 02:18'])
    expect(dueAt(story)).toBe('02:18')
    expect(story.at('02:18').step()).toContain('tell duty: opened')
  })
})
