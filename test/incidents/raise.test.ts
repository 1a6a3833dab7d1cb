import { describe, expect, it } from 'vitest'
import { stepDueAt } from '../../shared/incidents/due.ts'
import type { Plan } from '../../shared/oncall/plan.ts'
import { at } from '../messages/notices.ts'
import { layer, Story, target } from './story.ts'
import { clock } from './story-lines.ts'

/** Only the chat is told of it, and after half an hour that nobody takes it it is worse. */
const told: Partial<Plan> = { pages: false, layers: [], raiseAfterMs: 1_800_000 }

function dueAt({ incident }: Story): string | undefined {
  const due = incident && stepDueAt(incident)
  return due === undefined ? undefined : clock(due)
}

/** A warning of 02:13 that the chat was told of. */
function warning(changes: Partial<Plan> = told): Story {
  return new Story(changes).begin({ severity: 'warning' })
}

describe('what nobody takes in its time', () => {
  it('has the next worse severity and is paged as that', () => {
    const story = warning()
    expect(dueAt(story)).toBe('02:43')

    expect(story.at('02:42').step()).toEqual([])
    expect(story.at('02:43').step()).toEqual(['step 3 at 02:43', '| raised: warning to error'])
    expect(story.incident?.severity).toBe('error')
    const asError = { pages: true, layers: [layer([target('lin')])], raiseAfterMs: 600_000 }
    expect(story.step(asError)).toEqual([
      'call lin for step 4',
      'step 4 at 02:48',
      'tell ops: escalated',
      '| layer 0.0: lin',
    ])
    expect(story.notice('escalated').raised).toEqual({ severity: 'error', from: 'warning', afterMs: 1_800_000 })
  })

  it('rises again by the time of its new severity, and nothing is above the worst', () => {
    const story = warning()
    story.at('02:43').step()
    story.step({ raiseAfterMs: 600_000 })
    expect(dueAt(story)).toBe('02:53')

    expect(story.at('02:53').step()).toContain('| raised: error to critical')
    story.step({ raiseAfterMs: 600_000 })
    expect(story.at('03:10').step()).toEqual([])
    expect(story.incident?.severity).toBe('critical')
  })

  it('stays as bad though its sender repeats what it said first, and is forgotten with its end', () => {
    const story = warning()
    story.at('02:43').step()

    expect(story.at('02:44').trigger({ severity: 'warning' })).toEqual([])
    expect(story.incident).toMatchObject({ severity: 'error' })
    expect(story.at('02:45').trigger({ severity: 'critical' })).toContain('| changed: critical web is down')
    story.at('02:46').recovery()
    story.at('02:47').trigger({ severity: 'warning' })
    expect(story.incident?.severity).toBe('warning')
  })

  it('counts from the first layer, however many follow, and lets phones ring on that have rung', () => {
    const story = new Story({ raiseAfterMs: 480_000 })
    story.at('02:13').trigger({ severity: 'error' })
    story.step()
    expect(dueAt(story)).toBe('02:18')
    story.at('02:18').step()
    expect(dueAt(story)).toBe('02:21')

    expect(story.at('02:21').step()).toEqual(['| raised: error to critical'])
    expect(story.phase).toBe('layer 0.1')
    expect(dueAt(story)).toBe('02:23')
  })

  it('takes no message of a layer’s end for itself alone', () => {
    const story = new Story({ raiseAfterMs: 300_000 })
    story.at('02:13').trigger({ severity: 'error' })
    story.step()

    expect(story.at('02:18').step()).toEqual(['step 2 at 02:18', '| raised: error to critical'])
    story.step()
    expect(story.phase).toBe('layer 0.1')
  })
})

describe('what rises by time', () => {
  it('waits for nothing once somebody has it, and begins anew when it is given back', () => {
    const story = warning()
    story.at('02:20').acknowledge('lin')
    expect(dueAt(story)).toBeUndefined()

    story.at('02:50').giveBack('lin')
    story.step()
    expect(dueAt(story)).toBe('03:20')
    expect(story.incident?.severity).toBe('warning')
  })

  it('stays as it is while it is silenced, and has its whole time afterwards', () => {
    const story = warning()
    const silence = { code: 'silenced' as const, args: { silence: 's1', by: 'lin', comment: '' } }
    story.at('02:40').step({}, { cause: silence, until: at('03:40') })

    expect(dueAt(story)).toBe('03:30')
    expect(story.at('03:00').step({}, { cause: silence, until: at('03:40') })).toEqual([])
    expect(story.incident?.severity).toBe('warning')
    story.at('03:40').step()
    expect(dueAt(story)).toBe('04:10')
  })

  it('is worse at once when its sender says so, and has the time of that severity', () => {
    const story = warning()
    story.at('02:40').trigger({ severity: 'error' })
    story.step({ raiseAfterMs: 600_000 })

    expect(dueAt(story)).toBe('02:50')
  })

  it('is due even where its severity tells nobody', () => {
    const story = new Story({ ...told, chat: [] })
    story.at('02:13').trigger({ severity: 'info' })
    story.step()

    expect(dueAt(story)).toBe('02:43')
    expect(story.at('02:43').step()).toContain('| raised: info to warning')
  })
})
