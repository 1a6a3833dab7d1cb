import { beforeEach, expect, it } from 'vitest'
import { channelsPage } from '../../cli/channels-page.ts'
import { voiceRoutes } from '../../shared/channels/registered/voice-routes.ts'
import { callInputOf, contactEventOf } from '../../shared/channels/voice/calls.ts'
import { fenghuoSchema } from '../../shared/config/json-schema.ts'
import { loadConfig } from '../../shared/config/load.ts'
import { compose } from '../../shared/messages/compose.ts'
import { linkContact } from '../../shared/store/contact-links.ts'
import { terminal } from '../cli/terminal.ts'
import { PathWorld, policy } from '../engine/world.ts'
import { said } from '../fixtures/voice-routes/bell/bell.ts'
import { messageOf, opened } from '../messages/notices.ts'

/** Calls go out as page places them: by the routes of the registry. */
class BellWorld extends PathWorld {
  override gateway() {
    return { ...super.gateway(), voiceRoutes }
  }
}

let world: BellWorld
beforeEach(async () => {
  said.length = 0
  const layers = ['lin', 'wang'].map((name) => ({ page: [name], calls: 1, ackTimeoutMs: 300_000 }))
  world = new BellWorld({ policies: { default: policy({ layers }) } })
  const routes = [{ to: '+', type: 'bell', settings: { tower: 'north' } }]
  world.config.channels.phone = { name: 'phone', type: 'phone', settings: { routes } }
  await world.alert('trigger')
  await world.settle()
})

const press = (dtmf?: string) => {
  const event = contactEventOf({
    bell: `bell-${world.phoneLine().phoneHash}-1`,
    ...(dtmf === undefined ? {} : { dtmf }),
  })
  if (event === undefined || event === 'ignored') return event
  return world.contact(event)
}

it('is configured and published', () => {
  const yml = `channels: { phone: [{ to: "+86", type: bell, tower: north }] }
policies: { default: { layers: [{ page: lin }] } }
projects: { pay: { title: 支付, checks: {} } }`
  const { config, problems } = loadConfig(yml, 'fenghuo.yml')
  expect(problems).toEqual([])
  expect(config?.channels.phone?.settings).toEqual({
    routes: [{ to: '+86', type: 'bell', settings: { tower: 'north' } }],
  })
  expect(JSON.stringify(fenghuoSchema())).toContain('The name of the tower')
})

it('is documented with its limits and its own keys', () => {
  const page = channelsPage('en')
  expect(page).toContain('| `bell` | Bell tower, 钟楼 | `phone` | a person | 12 | 1 a second |')
  expect(page).toContain('| `5` | ring the bell |')
})

it('has texts to be approved, with the menus of its own keys', async () => {
  const here = terminal()
  const { out } = await here.run('voice', 'templates', '--language', 'en')
  here.remove()
  expect(out).toMatch(/^en bell +page .* Press 5 to ring the bell, 0 to let it be\.$/m)
})

it('names its own keys when it calls', () => {
  expect(said).toEqual([expect.stringMatching(/^north: 值班告警1001号：.*敲钟请按5，不敲请按0。$/)])
})

it('brings a key with a receipt, which acknowledges as its row says, and messages tell which key it was', async () => {
  expect(await press('5')).toBe('taken')
  const { status, acknowledged } = world.incident()
  expect([status, acknowledged]).toEqual(['acknowledged', expect.objectContaining({ via: 'phone', key: '5' })])
  const notice = { ...opened, kind: 'acknowledged', ...(acknowledged && { acknowledged }) } as const
  expect(compose(messageOf(notice, { language: 'en' })).head[0]?.text).toContain('pressed 5 on the phone')
})

it('passes on by its own key, and takes none that it has not', async () => {
  expect(await press('1')).toBe('ignored')
  expect(await press('0')).toBe('taken')
  // A tower takes one call a second.
  await world.until(world.now + 2_000)
  expect(world.incident().status).toBe('open')
  expect(said).toHaveLength(2)
})

it('a key that comes before the call is known to be placed is kept, and counts then', async () => {
  const early = contactEventOf({ bell: 'bell-early', dtmf: '5' })
  if (early === undefined || early === 'ignored') throw new Error('no event')
  expect(await world.contact(early)).toBe('kept')
  const call = { phoneHash: 'person-early', seq: 1, contactId: 'bell-early' }
  expect(await linkContact(call, world.io())).toEqual([early])
})

it('asks nothing during a call', () => {
  expect(callInputOf({ bell: 'bell-1', dtmf: '5' })).toBeUndefined()
})
