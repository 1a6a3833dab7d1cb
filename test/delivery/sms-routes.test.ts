import { describe, expect, it } from 'vitest'
import { tellAccounts } from '../../shared/engine/watch/own-troubles.ts'
import { PathWorld, policy } from '../engine/world.ts'
import { refusedFor } from '../failure.ts'

const routes = [
  { to: '+86', type: 'texts', settings: {} },
  { to: '+', type: 'others', settings: { key: '${OTHERS_KEY}' } },
]

/** Lin alone is on call, by texts, for which there are two vendors. */
function worldOfRoutes(): PathWorld {
  const layers = [{ page: ['lin'], calls: 1, ackTimeoutMs: 900_000 }]
  const channels = { critical: ['sms' as const], error: [], warning: [], info: [] }
  const world = new PathWorld({ policies: { default: policy({ layers, channels }) } })
  world.config.channels.sms = { name: 'sms', type: 'sms', settings: { routes } }
  world.env.OTHERS_KEY = 'key'
  return world
}

async function paged(world: PathWorld): Promise<PathWorld> {
  await world.alert('trigger')
  return world.settle()
}

const vendors = ({ texts }: PathWorld) => texts.map((text) => text.split(' ')[1])
const refused = { status: 'failed', failure: refusedFor('no-balance') } as const

describe('a text whose route', () => {
  it('refuses for good goes by the next one at once', async () => {
    const world = worldOfRoutes()
    world.answers = [refused]
    await paged(world)
    expect(vendors(world)).toEqual(['texts', 'others'])
    expect(world.incident().escalation.attempts).toMatchObject([{ channel: 'sms', status: 'sent' }])
  })

  it('has no answer goes by no other: it may be on its way', async () => {
    const world = worldOfRoutes()
    world.answers = [{ status: 'unknown', failure: refusedFor('timeout') }]
    await paged(world)
    expect(vendors(world)).toEqual(['texts'])
  })

  it('refuses for now waits for it', async () => {
    const world = worldOfRoutes()
    world.answers = [{ status: 'retry', afterMs: 2_000, failure: refusedFor('busy') }]
    await paged(world)
    expect(vendors(world)).toEqual(['texts'])
  })

  it('is not configured in full goes by the next one', async () => {
    const world = worldOfRoutes()
    const [first, second] = routes
    if (first === undefined || second === undefined) throw new Error('two routes')
    const incomplete = { ...first, settings: { key: '${NOT_SET}' } }
    world.config.channels.sms = { name: 'sms', type: 'sms', settings: { routes: [incomplete, second] } }
    await paged(world)
    expect(vendors(world)).toEqual(['others'])
  })

  it('and every other one refuses is told by mail, and what each said is kept', async () => {
    const world = worldOfRoutes()
    world.answers = [refused, { status: 'failed', failure: refusedFor('sign-refused') }]
    await paged(world)
    expect(vendors(world)).toEqual(['texts', 'others', 'smtp'])
    const [attempt] = world.incident().escalation.attempts
    const each = [refusedFor('no-balance'), refusedFor('sign-refused')]
    expect(attempt?.failure).toEqual({ class: 'routes-refused', each })
  })
})

describe('an account of texts that refuses everything', () => {
  it.each([
    'no-balance',
    'sender-disabled',
    'bad-credentials',
    'template-refused',
    'sign-refused',
  ] as const)('(%s) is passed over for five minutes, told of once, and asked again by itself', async (kind) => {
    const world = worldOfRoutes()
    world.answers = [{ status: 'failed', failure: { class: kind, vendor: 'texts' } }]
    await paged(world)
    expect(vendors(world)).toEqual(['texts', 'others'])
    const told = async () => {
      await tellAccounts(world.config, world.io())
      return world.incident('fenghuo', 'fenghuo/account-texts#one')
    }
    expect(await told()).toMatchObject({ status: 'open', generation: 1 })
    expect(world.says('fenghuo', 'fenghuo/account-texts#one')).toContain(
      'The account of texts refuses whatever it is asked',
    )

    world.now += 60_000
    await world.alert('trigger', { dedupKey: 'db' })
    await world.settle()
    expect(vendors(world)).toEqual(['texts', 'others', 'others'])

    world.now += 300_000
    await world.alert('trigger', { dedupKey: 'cache' })
    await world.settle()
    expect(vendors(world).slice(3)).toEqual(['texts'])
    expect(await told()).toMatchObject({ status: 'resolved', generation: 1 })
  })

  it('is asked nevertheless where there is no other route, and told of', async () => {
    const world = worldOfRoutes()
    world.config.channels.sms = { name: 'sms', type: 'sms', settings: { routes: routes.slice(0, 1) } }
    const dry = { status: 'failed', failure: { class: 'no-balance', vendor: 'texts' } } as const
    // Mail takes over each time.
    world.answers = [dry, { status: 'sent' }, dry, { status: 'sent' }]
    await paged(world)
    await world.alert('trigger', { dedupKey: 'db' })
    await world.settle()
    expect(vendors(world)).toEqual(['texts', 'smtp', 'texts', 'smtp'])
    await tellAccounts(world.config, world.io())
    expect(world.incident('fenghuo', 'fenghuo/account-texts#one').status).toBe('open')
  })

  it('is another thing than one number that is refused', async () => {
    const world = worldOfRoutes()
    world.answers = [{ status: 'failed', failure: refusedFor('bad-number') }]
    await paged(world)
    await tellAccounts(world.config, world.io())
    expect(() => world.incident('fenghuo', 'fenghuo/account-texts#one')).toThrow('no incident')
  })
})
