import { beforeEach, expect, it } from 'vitest'
import { KEY, request, sample, WayIn } from '../ingest/requests.ts'
import { at } from '../messages/notices.ts'
import { PathWorld } from './world.ts'

const webhook = sample('alertmanager-v4') as { alerts: object[] }
const firing = webhook.alerts[0] ?? {}

/** A body of so many alerts, which is taken in parts, with one among them that matters. */
const bodyOf = (status: string, count = 2_000) => ({
  ...webhook,
  alerts: Array.from({ length: count }, (_, index) => ({
    ...firing,
    // They began long ago, so that no sender's clock says which came first.
    startsAt: '2026-11-20T00:00:00Z',
    fingerprint: index === count - 1 ? 'that' : `f${index}`,
    status: index === count - 1 ? status : 'resolved',
  })),
})

interface Sent {
  messages: string[]
  cameAt: number
}

let way: WayIn
let world: PathWorld
/** What was sent and has not arrived. */
let onTheWay: Sent[]
beforeEach(() => {
  way = new WayIn()
  world = new PathWorld()
  onTheWay = []
  way.io.send = async (messages, cameAt) => void onTheWay.push({ messages, cameAt })
})

/** A request comes at this time; what it sends is on its way. */
async function comes(time: string, body: unknown): Promise<Sent[]> {
  way.now = at(time)
  way.io.cameAt = way.now
  expect((await way.take(request(`/alertmanager/${KEY}`, body))).status).toBe(200)
  return onTheWay.splice(0)
}

/** It arrives at this time, a part each second, and `evaluate` takes what it says of the alert that matters. */
async function arrives(time: string, sent: Sent[]): Promise<void> {
  for (const [second, { messages, cameAt }] of sent.entries())
    for (const message of messages) {
      world.now = at(time) + second * 1_000
      const { alerts, ...rest } = JSON.parse(message) as { alerts: { dedupKey: string }[] }
      const that = alerts.filter(({ dedupKey }) => dedupKey === 'am/that')
      if (that.length > 0) await world.evaluate({ ...rest, alerts: that }, cameAt)
    }
}

it('a part that arrives when its sender has given up and sent the end pages nobody', async () => {
  const first = await comes('02:00:00', bodyOf('firing'))
  expect(first.length).toBeGreaterThan(2)
  const again = await comes('02:00:04', bodyOf('resolved', 150))
  await arrives('02:00:05', again)
  await arrives('02:00:09', first)

  expect(world.incident('pay', 'am/that')).toMatchObject({ status: 'resolved', generation: 0 })
})

it('a body that is sent again is no news', async () => {
  await arrives('02:00:01', await comes('02:00:00', bodyOf('firing')))
  const before = world.incident('pay', 'am/that')
  expect(before.status).toBe('open')
  await arrives('02:00:06', await comes('02:00:05', bodyOf('firing')))
  expect(world.incident('pay', 'am/that')).toMatchObject({ generation: before.generation, number: before.number })
})

it('an alert and its end, far apart in one body, end it, whichever arrives first', async () => {
  const body = bodyOf('resolved')
  body.alerts[0] = { ...body.alerts[0], fingerprint: 'that', status: 'firing' } as (typeof body.alerts)[number]
  const sent = await comes('02:00:00', body)
  await arrives('02:00:01', sent.toReversed())

  expect(world.incident('pay', 'am/that')).toMatchObject({ status: 'resolved', generation: 0 })
})
