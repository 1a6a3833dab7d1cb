import { beforeEach, describe, expect, it } from 'vitest'
import { watch } from '../../shared/engine/watch/watch.ts'
import { compose } from '../../shared/messages/compose.ts'
import { at } from '../messages/notices.ts'
import { PathWorld } from './world.ts'

let world: PathWorld
beforeEach(() => {
  world = new PathWorld()
})

/** Prometheus repeats what fires each minute, and is to be believed for four. */
function fires(time: string, changes: Record<string, unknown> = {}): Promise<unknown> {
  world.now = at(time)
  return world.alert('trigger', { until: at(time) + 240_000, ...changes })
}

async function minute(time: string): Promise<void> {
  world.now = at(time)
  await watch({ config: world.config, backlog: world.backlog, deadLetters: [] }, world.io())
  await world.settle()
}

const told = () => world.messages.map(({ message }) => message.notice.kind)

describe('a sender that repeats its alert', () => {
  it('and falls silent is told of once, and nothing is over', async () => {
    await fires('02:13', { severity: 'warning' })
    await world.settle()
    await minute('02:17')
    expect(told()).toEqual(['opened'])
    await minute('02:18')
    await minute('02:19')
    expect(told()).toEqual(['opened', 'sender-silent'])
    expect(world.incident()).toMatchObject({ status: 'open', senderSilent: true })
    const { message } = world.messages.at(-1) ?? expect.unreachable()
    expect(JSON.stringify(compose({ ...message, language: 'en' }))).toContain('whether it goes on is unknown')
  })

  it('is heard again, and falls silent again', async () => {
    await fires('02:13', { severity: 'warning' })
    await world.settle()
    await minute('02:18')
    await fires('02:20', { severity: 'warning' })
    expect(world.incident().senderSilent).toBeUndefined()
    await minute('02:24')
    expect(told()).toEqual(['opened', 'sender-silent'])
    await minute('02:25')
    expect(told()).toEqual(['opened', 'sender-silent', 'sender-silent'])
  })

  it('ends what it no longer repeats, where that is configured', async () => {
    await fires('02:13', { severity: 'warning', endsUnrenewed: true })
    await world.settle()
    await minute('02:18')
    expect(world.incident()).toMatchObject({ status: 'resolved', resolved: { via: 'unrenewed' } })
    expect(told()).toEqual(['opened', 'resolved'])
  })

  it('is still paged for, one layer after the other', async () => {
    await fires('02:13')
    await world.settle()
    const { calls } = world
    const before = calls.length
    await world.until('02:17:30')
    await minute('02:18')
    await world.until('02:24')
    expect(calls.length).toBeGreaterThan(before)
  })

  it('is told of although somebody has taken it, and not once it is over', async () => {
    await fires('02:13', { severity: 'warning' })
    await world.settle()
    await world.evaluate({ v: 1, kind: 'alerts', alerts: [{ action: 'acknowledge', dedupKey: 'web', project: 'pay' }] })
    await world.settle()
    await minute('02:18')
    expect(told()).toContain('sender-silent')
    await world.alert('resolve')
    await world.settle()
    const count = told().length
    await minute('02:30')
    expect(told()).toHaveLength(count)
  })
})
