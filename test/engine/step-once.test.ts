import { describe, expect, it } from 'vitest'
import { incidentEffects } from '../../shared/engine/effects/incident.ts'
import { watch } from '../../shared/engine/watch/watch.ts'
import { PathWorld } from './world.ts'

const SECOND = 1_000

describe('while page takes nothing', () => {
  it('senders that repeat themselves and watch leave one message for each incident and a hundred', async () => {
    const world = new PathWorld()
    for (const project of Object.values(world.config.projects)) project.stormLimit = 1_000
    const start = world.now
    for (let seconds = 0; seconds <= 1_800; seconds += 30) {
      world.now = start + seconds * SECOND
      const alerts = Array.from({ length: 80 }, (_, index) => ({
        action: 'trigger',
        dedupKey: `k${index}`,
        project: 'pay',
        summary: `down for ${seconds} s`,
      }))
      await world.evaluate({ v: 1, kind: 'alerts', alerts })
      if (seconds % 60 === 0) await watch({ config: world.config, backlog: world.backlog, deadLetters: [] }, world.io())
    }

    expect(world.queue.length).toBeLessThanOrEqual(80 + 100)
    await world.settle()
    expect(world.left).toEqual([])
    expect(world.incident('pay', 'k79').escalation.phase).toBe('layer')
  })

  it('and nothing waits, what is overdue is sent again by watch', async () => {
    const world = new PathWorld()
    await world.alert('trigger')
    world.queue.splice(0)
    world.now += 60 * SECOND
    await watch({ config: world.config, backlog: world.backlog, deadLetters: [] }, world.io())
    await world.settle()

    expect(world.calls).toHaveLength(1)
  })
})

it('nothing holds back the step that follows at once, as what people wait for holds a deadline', () => {
  const { now } = new PathWorld()
  const step = (after: number) => ({ type: 'step' as const, incident: 'pay#1#web', step: 1, at: now + after })

  expect(incidentEffects.step.order(step(0), now)).toBe('beside')
  expect(incidentEffects.step.order(step(300 * SECOND), now)).toBe('last')
})

it('a phone that is called off is stopped before anybody else is called or told', () => {
  expect(incidentEffects.cancel.order).toBe('first')
  expect([incidentEffects.call.order, incidentEffects.notice.order]).toEqual(['beside', 'beside'])
})
