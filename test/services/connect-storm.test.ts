import { expect, it, onTestFinished } from 'vitest'
import { connect } from '../../shared/channels/connect/connect.ts'
import { contactFlow } from '../../shared/channels/connect/contact-flow.ts'
import { callInputOf, contactEventOf } from '../../shared/channels/voice/calls.ts'
import { answerCall } from '../../shared/engine/answers/take-key.ts'
import { PathWorld } from '../engine/world.ts'
import { CALLER, FLOW, INSTANCE, startTestInstance } from '../simulators/connect/instance.ts'
import { storm } from './storm.ts'

const ACKNOWLEDGE = 'arn:aws:lambda:us-east-1:123456789012:function:acknowledge'
const LAYER_MS = 300_000

/** 300 alerts for five people, who are called by Connect as often as `calls` says, have just been taken. */
async function begun(calls: number) {
  const world = new PathWorld()
  const { sim, emitted, env } = await startTestInstance({
    flows: { [FLOW]: contactFlow(ACKNOWLEDGE) },
    now: () => world.now,
    schedule: () => () => {},
    invokeLambda: async (_arn, event) => {
      const input = callInputOf(event)
      if (input === undefined) throw new Error('no question of a flow')
      return answerCall(input, world.io(), new AbortController().signal)
    },
  })
  onTestFinished(() => sim.close())
  const gateway = world.gateway.bind(world)
  world.gateway = () => ({ ...gateway(), voiceRoutes: { connect }, env: { ...world.env, ...env } })
  const settings = { instance: INSTANCE, caller: CALLER }
  world.config.channels.phone = {
    name: 'phone',
    type: 'phone',
    settings: { routes: [{ to: '+', type: 'connect', settings }] },
  }
  const { numbers, alerts } = storm(world, '+659000000', calls)
  const told = async () => {
    for (const event of emitted.splice(0)) {
      const contact = contactEventOf(event)
      if (contact !== undefined && contact !== 'ignored') await world.contact(contact)
    }
  }
  await world.evaluate({ v: 1, kind: 'alerts', alerts })
  // The vendor starts two calls in a second.
  await world.until(world.now + 5_000)
  expect(sim.calls.map(({ to }) => to).toSorted()).toEqual(numbers)
  return { world, sim, numbers, told }
}

it('a storm of 300 incidents for five people by Connect is one call each, which tells of all and whose key takes all', async () => {
  const { world, sim, numbers, told } = await begun(2)
  const open = () =>
    [...world.incidents.rows.values()].filter(
      ({ pk, state }) => pk.startsWith('incident#pay#') && /"status":"open"/.test(state ?? ''),
    ).length
  expect(open()).toBeGreaterThan(50)
  const [mine] = sim.calls
  await sim.answer(mine?.contactId ?? '')
  await told()
  await sim.press(mine?.contactId ?? '', '1')
  await told()
  expect(open()).toBe(0)
  // Nobody else is to be rung on.
  await world.until(world.now + 60 * 60_000)
  await told()
  expect(sim.calls.map(({ state }) => state)).not.toContain('ringing')
  expect(sim.calls).toHaveLength(numbers.length)
  expect(sim.refused).toEqual([])
})

// A second call within three minutes passes a phone's focus mode: whoever is not to be rung twice sets `calls: 1`.
it.each([
  1, 2,
])('while nobody answers it is as many calls each as a layer has (%i), for all incidents together, and never two at once', async (calls) => {
  const { world, sim, numbers, told } = await begun(calls)
  const startedAt = world.now
  while (world.now < startedAt + LAYER_MS - 30_000) {
    const ringing = sim.calls.filter(({ state }) => state === 'ringing')
    expect(new Set(ringing.map(({ to }) => to)).size).toBe(ringing.length)
    // Each rings for half a minute.
    await world.until(world.now + 30_000)
    for (const { contactId } of ringing) sim.noAnswer(contactId)
    await told()
    await world.until(world.now + 5_000)
  }
  expect(sim.calls.map(({ to }) => to).toSorted()).toEqual(numbers.flatMap((one) => Array(calls).fill(one)))
  expect(sim.refused).toEqual([])
})
