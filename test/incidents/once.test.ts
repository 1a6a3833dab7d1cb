import { describe, expect, it } from 'vitest'
import { incidentMachine } from '../../shared/incidents/machine.ts'
import { Story } from './story.ts'

const happened = { once: true, severity: 'info', summary: 'the cluster waits for work' } as const
const chatOnly = { layers: [], pages: false }

describe('what has happened and does not go on', () => {
  it('is told to the chat, and is over at once', () => {
    const story = new Story(chatOnly)
    expect(story.trigger(happened)).toEqual([
      'step 1 at 02:13',
      'number 1024',
      '| opened: info the cluster waits for work',
    ])
    expect(story.step()).toEqual(['tell ops: once', 'number 1024 is over', '| resolved by nobody, once'])
    expect(story.incident).toMatchObject({ status: 'resolved', resolved: { via: 'once' } })
    expect(incidentDue(story)).toBeUndefined()
  })

  it('has no end that anybody is told of, also when its message was under way', () => {
    const story = new Story(chatOnly)
    story.trigger(happened)
    story.step()
    expect(story.at('02:14').delivered('once', 'ops', 'sent')).toEqual(['| once to ops: sent'])
    expect(story.at('02:15').recovery()).toEqual([])
  })

  it('is told once, however often its sender says it', () => {
    const story = new Story(chatOnly)
    story.trigger(happened)
    expect(story.at('02:14').trigger(happened)).toEqual([])
    story.at('02:15').step()
    expect(story.at('08:15').trigger(happened)).toEqual([])
    expect(story.reason).toBe('told already')
  })

  it('is no news about an incident of the same key that goes on', () => {
    const story = new Story(chatOnly)
    story.trigger()
    expect(story.at('02:14').trigger(happened)).toEqual([])
    expect(story.incident).toMatchObject({ severity: 'critical', summary: 'web is down' })
  })

  it('tells nobody where a project has no chat, and is over all the same', () => {
    const story = new Story({ ...chatOnly, chat: [] })
    story.trigger(happened)
    expect(story.step()).toEqual(['number 1024 is over', '| resolved by nobody, once'])
  })
})

const incidentDue = (story: Story) => story.incident && incidentMachine.dueAt?.(story.incident)
