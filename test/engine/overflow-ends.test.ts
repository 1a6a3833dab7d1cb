import { describe, expect, it } from 'vitest'
import { alertOf, many, message, TwoLanes } from './two-lanes.ts'

describe('the end of what a project sends above its limit', () => {
  it.each([
    ['its instance knows of the storm', (world: TwoLanes) => world.aboveLimit.size > 0],
    ['the counter tells of the storm', (world: TwoLanes) => world.aboveLimit.clear()],
  ])('does not keep back the end, or the taking, of what rings already, when %s', async (_, prepare) => {
    const world = new TwoLanes()
    await world.take([message(many(100), world.now)], 'events')
    world.now += 1_000
    prepare(world)
    const ends = [alertOf('k3', { action: 'resolve' }), alertOf('k4', { action: 'acknowledge' })]
    await world.take([message([...many(80), ...ends], world.now)], 'events')

    expect(world.incident('pay', 'k3').status).toBe('resolved')
    expect(world.incident('pay', 'k4').status).toBe('acknowledged')
    const left = world.overflow.splice(0).flatMap(({ body }) => body.alerts.map(({ dedupKey }) => dedupKey))
    expect(left).not.toContain('k4')
    expect(left).toContain('k99')
  })

  it('does not keep back an end among more alerts than are looked at, and alerts it has overtaken page nobody', async () => {
    const world = new TwoLanes()
    const start = world.now
    await world.take([message([alertOf('web', { severity: 'warning' })], start)], 'events')
    world.now += 1_000
    // Above the limit, so that it waits.
    await world.take([message([...many(120), alertOf('web', { severity: 'info' })], world.now)], 'events')
    const waiting = [...world.events.splice(0), ...world.overflow.splice(0)]
    world.now += 1_000
    const end = alertOf('web', { action: 'resolve', severity: 'info' })
    await world.take(
      [message([...many(99).map((one) => ({ ...one, dedupKey: `x${one.dedupKey}` })), end], world.now)],
      'events',
    )
    expect(world.incident('pay', 'web').status).toBe('resolved')

    world.overflow.push(...waiting)
    await world.empty()
    expect(world.incident('pay', 'web')).toMatchObject({ status: 'resolved', generation: 1 })
  })

  it('is overtaken by its end, which is no page when it comes at last', async () => {
    const world = new TwoLanes()
    const start = world.now
    await world.take([message(many(100), start)], 'events')
    world.now += 60_000
    await world.take([message([alertOf('k99', { action: 'resolve' })], world.now)], 'events')
    await world.empty('overflow first')

    expect(world.storm.fact?.args).toMatchObject({ came: 49, open: 49 })
    expect(world.incident('pay', 'k99')).toMatchObject({ status: 'resolved', generation: 0 })
  })

  it('is over when all of it has ended, in whatever order it was taken', async () => {
    for (const order of ['events first', 'overflow first'] as const) {
      const world = new TwoLanes()
      await world.take([message(many(300), world.now)], 'events')
      await world.empty(order)
      world.now += 1_000
      await world.take([message(many(300, { action: 'resolve' }), world.now)], 'events')
      await world.empty(order)

      expect(await world.open()).toEqual([])
      expect(world.storm.status).toBe('resolved')
    }
  })

  it('is over though its ends were taken at the very moment in which it was joined', async () => {
    const world = new TwoLanes()
    await world.take([message(many(100), world.now)], 'events')
    const above = world.overflow.splice(0)
    const ends = above.flatMap(({ body }) => body.alerts.map((alert) => ({ ...alert, action: 'resolve' })))
    world.now += 1_000
    await Promise.all([world.take(above, 'overflow'), world.take([message(ends, world.now)], 'overflow')])

    expect(world.storm.status).toBe('resolved')
  })

  it('ends for good though two tries side by side have opened and joined the same keys', async () => {
    const world = new TwoLanes()
    const start = world.now
    const first = message(many(50), start)
    await Promise.all([world.take([first], 'events'), world.take([first], 'events')])
    await world.empty()
    world.now += 120_000
    await world.take([message(many(50, { action: 'resolve' }), world.now)], 'events')
    await world.empty()

    expect(await world.open()).toEqual([])
  })
})
