import { describe, expect, it } from 'vitest'
import { at } from '../messages/notices.ts'
import { PathWorld } from './world.ts'

const minute = 60_000

/** Alerts come through the events queue at these times; what each says of its own time is its sender's affair. */
async function told(
  ...story: { queued: string; action: 'trigger' | 'acknowledge' | 'resolve'; at?: number; since?: number }[]
): Promise<PathWorld> {
  const world = new PathWorld()
  for (const { queued, ...said } of story) {
    world.now = at(queued)
    const alert = { dedupKey: 'web', project: 'pay', summary: 'web is down', source: 'grafana', ...said }
    await world.evaluate({ v: 1, kind: 'alerts', alerts: [alert] })
  }
  return world
}

describe('a sender whose clock is ten minutes behind', () => {
  const behind = (time: string) => at(time) - 10 * minute

  it('is heard again after a recovery that another sent', async () => {
    const world = await told(
      { queued: '02:00', action: 'trigger', at: behind('02:00') },
      { queued: '02:05', action: 'resolve' },
      { queued: '02:06', action: 'trigger', at: behind('02:06') },
    )

    expect(world.incident()).toMatchObject({ status: 'open', generation: 2 })
  })

  it('ends what it began, and what another began', async () => {
    const world = await told(
      { queued: '02:00', action: 'trigger' },
      { queued: '02:01', action: 'resolve', at: behind('02:01') },
    )

    expect(world.incident().status).toBe('resolved')
  })
})

describe('a sender that tells when the trouble began', () => {
  it('pages each time it begins anew, and its repeats are repeats', async () => {
    const world = await told(
      { queued: '02:00', action: 'trigger', at: at('01:58') },
      { queued: '02:01', action: 'trigger', at: at('01:58') },
      { queued: '02:05', action: 'resolve', at: at('02:04') },
      { queued: '02:06', action: 'trigger', at: at('01:58') },
    )

    expect(world.incident()).toMatchObject({ status: 'open', generation: 2, openedAt: at('01:58') })
  })
})

describe('a sender whose clock is ahead', () => {
  it('does not make the recovery look late', async () => {
    const world = await told(
      { queued: '02:00', action: 'trigger', at: at('02:05') },
      { queued: '02:01', action: 'resolve', at: at('02:01') },
    )

    expect(world.incident()).toMatchObject({ status: 'resolved', openedAt: at('02:00') })
  })
})

it('a trigger that the queue let be overtaken by its recovery pages nobody', async () => {
  const world = await told(
    { queued: '02:00:03', action: 'resolve', at: at('02:00:02') },
    { queued: '02:00:04', action: 'trigger', at: at('02:00:01') },
  )

  expect(world.incident()).toMatchObject({ status: 'resolved', generation: 0 })
})

it('an end that the queue let be overtaken by an acknowledgement is an end', async () => {
  const world = new PathWorld()
  const send = (action: string, sentAt: number) =>
    world.evaluate(
      { v: 1, kind: 'alerts', alerts: [{ action, dedupKey: 'web', project: 'pay', summary: 'down' }] },
      sentAt,
    )
  world.now = at('02:03')
  await send('trigger', at('02:00'))
  await send('acknowledge', at('02:02'))
  await send('resolve', at('02:01'))
  expect(world.incident().status).toBe('resolved')
  await send('acknowledge', at('02:02'))
  await send('trigger', at('02:00'))
  expect(world.incident()).toMatchObject({ status: 'resolved', generation: 1 })
})

it('a message that comes again, whole or after a part of it, changes nothing', async () => {
  const world = new PathWorld()
  const alert = { dedupKey: 'web', project: 'pay', summary: 'web is down' }
  const body = {
    v: 1,
    kind: 'alerts',
    alerts: ['trigger', 'resolve', 'trigger'].map((action) => ({ ...alert, action })),
  }
  await world.evaluate(body)
  const before = world.incident()
  expect(before).toMatchObject({ status: 'open', generation: 2 })
  world.now += minute
  await world.evaluate(body, before.lastAlertAt)

  expect(world.incident()).toEqual(before)
})
