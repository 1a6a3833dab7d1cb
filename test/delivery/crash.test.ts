import { describe, expect, it } from 'vitest'
import { vendorGateway } from '../../shared/delivery/vendor-gateway.ts'
import { takeEscalation } from '../../shared/engine/take-escalation.ts'
import { PathWorld } from '../engine/world.ts'
import { settled } from '../store/counter.ts'

/** Takes what the queue holds now in an invocation that dies as soon as a message is sent. */
async function dieSending(world: PathWorld): Promise<void> {
  const gateway = world.gateway()
  const robot = gateway.channels.robot ?? expect.fail('there is no robot')
  const send: typeof robot.send = async (...args) => {
    await robot.send(...args)
    return new Promise(() => {})
  }
  const deps = { ...gateway, channels: { ...gateway.channels, robot: { ...robot, send } } }
  const io = world.io()
  for (const { message } of world.queue.splice(0))
    void takeEscalation(message, deps, { ...io, gateway: vendorGateway(deps)(io) })
  await settled()
}

describe('a message whose sender died before anybody knew of it', () => {
  it('has perhaps told of the trouble: when that is over by then, its end is told', async () => {
    const world = new PathWorld()
    await world.alert('trigger', { severity: 'warning' })
    await dieSending(world)
    expect(world.texts).toEqual(['ops opened'])

    world.now += 20_000
    await world.alert('resolve')
    await world.settle()
    expect(world.texts).toEqual(['ops opened', 'ops resolved'])
  })

  it('is repeated, and says so, while somebody has only taken it', async () => {
    const world = new PathWorld()
    await world.alert('trigger', { severity: 'warning' })
    await dieSending(world)

    world.now += 20_000
    await world.alert('resolve', { action: 'acknowledge' })
    await world.settle()
    expect(world.texts).toEqual(['ops opened', 'ops opened (repeat)', 'ops acknowledged'])
  })
})
