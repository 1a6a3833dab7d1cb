import { describe, expect, it } from 'vitest'
import type { Placed } from '../../shared/channels/channel.ts'
import { tellAccounts } from '../../shared/engine/watch/own-troubles.ts'
import { PathWorld, phones } from '../engine/world.ts'
import { refusedFor } from '../failure.ts'
import { first } from './calling.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const empty: Placed = {
  status: 'refused',
  failure: { class: 'no-balance', vendor: 'connect', code: 'isv.AMOUNT_NOT_ENOUGH' },
}

/** The account of the first route has run dry, and Lin is called. */
async function runDry(places: PathWorld['places'] = [empty]): Promise<PathWorld> {
  const world = new PathWorld()
  world.places.push(...places)
  await world.alert('trigger')
  return world.settle()
}

/** Whoever is called does not answer: the next one is. */
async function unanswered(world: PathWorld, contactId: string): Promise<string[]> {
  const before = world.calls.length
  await world.contact({ type: 'disconnected', contactId, answered: false })
  await world.settle()
  return world.calls.slice(before).map((call) => call.split(' ').slice(0, 2).join(' '))
}

/** What the fenghuo project has open after watch has been there. */
async function told(world: PathWorld): Promise<string[]> {
  await tellAccounts(world.config, world.io())
  const id = 'fenghuo/account-connect#one'
  const row = [...world.incidents.rows.values()].find(({ pk, sk }) => pk.includes(id) && sk === 'state')
  return row === undefined ? [] : [world.says('fenghuo', row.pk.split('#').slice(2).join('#'))]
}

describe('an account that has run dry', () => {
  it('costs a call nothing but one request: the next route rings at once, and for others it is not asked', async () => {
    const world = await runDry()
    expect(world.calls).toEqual([`connect ${first}`, `local ${first}`])
    expect(await unanswered(world, 'contact-2')).toEqual([`local ${phones.wang}`])
  })

  it('is asked again after five minutes, and from then on when it serves', async () => {
    const world = await runDry()
    world.now += 5 * MINUTE
    expect(await unanswered(world, 'contact-2')).toEqual([`connect ${phones.wang}`])
    await tellAccounts(world.config, world.io())
    await world.alert('resolve', { at: world.now })
    await world.alert('trigger', { at: world.now, dedupKey: 'db' })
    await world.settle()
    expect(world.calls.at(-1)).toContain(`connect ${phones.lin}`)
  })

  it('is told of once in the fenghuo project, and its end as well', async () => {
    const world = await runDry()
    const says = ['The account of connect refuses whatever it is asked: no balance left: isv.AMOUNT_NOT_ENOUGH']
    expect(await told(world)).toEqual(says)
    world.now += 5 * MINUTE
    expect(await told(world)).toEqual(says)
    const { number } = world.incident('fenghuo', 'fenghuo/account-connect#one')
    await unanswered(world, 'contact-2')
    await told(world)
    expect(world.incident('fenghuo', 'fenghuo/account-connect#one')).toMatchObject({ status: 'resolved', number })
  })

  it('is no longer told of when nobody has asked it for a week: its route may have left the configuration', async () => {
    const world = await runDry()
    await told(world)
    world.now += 8 * DAY
    await told(world)
    expect(world.incident('fenghuo', 'fenghuo/account-connect#one').status).toBe('resolved')
  })

  it('is asked nevertheless where there is no other way to a number', async () => {
    const world = await runDry([empty, { ...empty, failure: { ...empty.failure, vendor: 'local' } }])
    expect(world.calls).toEqual([`connect ${first}`, `local ${first}`])
    world.now += 10_000
    await world.alert('trigger', { dedupKey: 'db' })
    await world.settle()
    expect(world.calls.slice(2).map((call) => call.split(' ')[0])).not.toContain('connect')
    expect(world.calls.slice(2).map((call) => call.split(' ')[0])).toContain('local')
  })

  it('may be what this release cannot read: the call goes on', async () => {
    const world = new PathWorld()
    await world.incidents.put([{ pk: 'accounts', sk: 'state', v: 99, state: '{}', version: 1 }])
    world.places.push(empty)
    await world.alert('trigger')
    await world.settle()
    expect(world.calls).toEqual([`connect ${first}`, `local ${first}`])
    expect(world.logged).toContainEqual(expect.objectContaining({ event: 'accounts not read' }))
  })

  it('may fail to be written down: the call goes on', async () => {
    const world = new PathWorld()
    const { putIfVersion } = world.incidents
    world.incidents.putIfVersion = async (row, version) => {
      if (row.pk === 'accounts') throw new Error('throttled')
      return putIfVersion.call(world.incidents, row, version)
    }
    world.places.push(empty)
    await world.alert('trigger')
    await world.settle()
    expect(world.calls).toEqual([`connect ${first}`, `local ${first}`])
    expect(world.logged).toContainEqual(expect.objectContaining({ event: 'account not noted', route: 'connect' }))
  })

  it.each([
    ['refuses this number', { status: 'refused', failure: { class: 'bad-number', vendor: 'connect' } } as const],
    ['is busy', { status: 'retry', afterMs: 1_000, failure: refusedFor('Throttling') } as const],
  ])('is another thing than a vendor that %s: nothing is told', async (_, place) => {
    expect(await told(await runDry([place]))).toEqual([])
  })
})
