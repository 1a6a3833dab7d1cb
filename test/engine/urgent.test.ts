import { describe, expect, it } from 'vitest'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { refusedFor } from '../failure.ts'
import { PathWorld, policy } from './world.ts'

const refused = { status: 'refused', failure: refusedFor('DestinationNotAllowedException') } as const

/** A world in which whoever sends by `channel` gets no answer until `answer` is called. */
function heldUp(world: PathWorld, channel: 'texts' | 'robot') {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
  const gateway = world.gateway()
  const sender = gateway.channels[channel]
  if (sender === undefined) throw new Error(`There is no ${channel}`)
  const send = sender.send.bind(sender)
  sender.send = async (...all) => {
    const sent = await send(...all)
    await answered
    return sent
  }
  world.gateway = () => gateway
  return answer
}

/** Lets everything go on that waits for nobody outside. */
async function untilHeldUp(): Promise<void> {
  for (let turns = 0; turns < 200; turns++) await new Promise(setImmediate)
}

describe('what nobody may wait for', () => {
  it('a call that rings is known, and can be called off, while the text of another one is still being sent', async () => {
    const world = new PathWorld()
    const answer = heldUp(world, 'texts')
    // Lin's phone is refused for `web`, by both routes; meanwhile `db` asks for it, is called about next, and rings.
    world.places.push(async () => {
      await world.alert('trigger', { dedupKey: 'db' })
      await world.settle()
      return refused
    }, refused)
    await world.alert('trigger')
    const paged = world.settle()
    await untilHeldUp()

    expect(world.texts).toContain('+8613800000001 texts page')
    expect(world.phoneLine().call).toMatchObject({ phase: 'ringing', contactId: 'contact-3' })

    const event = { type: 'acknowledge', generation: 1, via: 'link', by: { contact: 'wang', name: '王磊' } } as const
    await dispatchToIncident({ project: 'pay', groupKey: 'db' }, { event }, world.pageIo())
    expect(world.calls.at(-1)).toBe('connect stop contact-3')

    answer()
    await paged
    expect(world.phoneLine().call).toBeUndefined()
    expect(world.calls).toHaveLength(4)
    expect(world.left).toEqual([])
  })

  it('somebody’s next channel takes over from one that failed while a robot is still being told', async () => {
    const world = new PathWorld({
      policies: { default: policy({ channels: { critical: ['sms', 'chat'], error: [], warning: [], info: [] } }) },
    })
    const answer = heldUp(world, 'robot')
    world.answers.push({ status: 'failed', failure: refusedFor('isv.BLACK_KEY_CONTROL_LIMIT') })
    await world.alert('trigger')
    const paged = world.settle()
    await untilHeldUp()

    const told = ['+8613800000001 texts page', 'ops opened', 'lin@example.com smtp page']
    expect(world.texts).toEqual(told)

    answer()
    await paged
    expect(world.texts).toEqual(told)
    expect(world.left).toEqual([])
  })
})
