import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildAssets } from '../../plugins/console/assets.ts'
import { assetsOf } from '../../services/console/assets.ts'
import { onCall } from '../../shared/oncall/on-call.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { signInToken } from '../../shared/store/sign-in-links.ts'
import { MemoryContacts } from '../engine/overrides/memory-contacts.ts'
import { directory, PathWorld } from '../engine/world.ts'
import { consoleOf } from '../services/console-visitor.ts'
import { axeFinds } from './axe.ts'
import { openPage, startBrowser } from './console-stack.ts'
import { type Address, listen } from './served-app.ts'

const sre = { timezone: 'Asia/Shanghai', rotation: ['lin', 'wang'], handoff: '10:00', start: '2026-11-21' }
const people: Directory = {
  ...directory,
  contacts: {
    lin: { name: '林悦', email: 'lin@example.com' },
    wang: { name: '王磊', email: 'wang@example.com' },
  },
  schedules: { sre },
}
const looks = {
  phone: { locale: 'zh-CN', javaScriptEnabled: false, viewport: { width: 390, height: 844 } },
  desk: { locale: 'en-US', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
} satisfies Record<string, BrowserContextOptions>

const world = new PathWorld()
const contacts = new MemoryContacts({ pay: people })
/** What no page may do: errors in its console, requests that fail or go elsewhere. */
const faults: string[] = []
let place: Address
let browser: Browser

beforeAll(async () => {
  world.directory = people
  place = await listen()
  place.answer(
    consoleOf(world, {
      assets: assetsOf(await buildAssets()),
      access: { link: true, access: [{ role: 'responder', who: ['contact:lin', 'contact:wang'] }] },
      io: () => ({ ...world.io(), token: randomUUID }),
      directory: async () => (await contacts.read('pay'))?.directory ?? people,
      regions: async () => [{ region: 'local', contacts }],
      originFor: () => place.address,
      nav: [{ path: '/oncall', name: 'oncall' }],
    }),
  )
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
  place?.stop()
})

/** The link that was last sent to a contact's own channel. */
function linkTo(contact: string): string {
  const sent = world.queue.flatMap(({ message }) =>
    message.kind === 'letter' && message.contact === contact && message.content.code === 'sign-in'
      ? [`${message.url}?link=${signInToken(message.content.id, 'secret')}`]
      : [],
  )
  return sent.at(-1) ?? expect.unreachable(`no link was sent to ${contact}`)
}

/** Signs in by a link from the page where somebody was stopped, and is there then. */
async function signedIn(contact: string, name: string, options: BrowserContextOptions): Promise<Page> {
  const page = await openPage({ browser, address: place.address, faults }, '/oncall', options)
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await page.locator('a[href^="/sign-in/link"]').click()
  if (options.javaScriptEnabled !== false) expect(await axeFinds(page)).toEqual([])
  await page.locator('[name=who]').fill(name)
  await page.locator('main button').click()
  await page.locator('#notice').waitFor()
  // A chat that looks at the link first does not use it up.
  expect((await fetch(linkTo(contact))).status).toBe(200)
  await page.goto(linkTo(contact))
  if (options.javaScriptEnabled !== false) expect(await axeFinds(page)).toEqual([])
  await page.locator('main button').click()
  await page.waitForURL(`${place.address}/oncall`)
  return page
}

const whoAt = (time: string) =>
  onCall(contacts.rows.get('pay')?.directory ?? people, 'sre', Date.parse(`${time}+08:00`)).contacts

it('two sign in by links; one asks for a swap by phone without script, the other accepts it, and it is routed', async () => {
  const lin = await signedIn('lin', '林悦', looks.phone)
  await lin.locator('#swap-sre summary').click()
  const form = lin.locator('#swap-sre')
  await form.locator('[name=whom]').selectOption('wang')
  for (const [field, time] of [
    ['mineFrom', '2026-11-23T10:00'],
    ['mineTo', '2026-11-24T10:00'],
    ['yoursFrom', '2026-11-24T10:00'],
    ['yoursTo', '2026-11-25T10:00'],
  ] as const)
    await form.locator(`[name=${field}]`).fill(time)
  await form.locator('[name=note]').fill('婚礼')
  await form.getByRole('button').click()
  await lin.getByText('已提出，正在通知对方').waitFor()
  expect(whoAt('2026-11-23T12:00')).toEqual(['lin'])

  const wang = await signedIn('wang', 'wang@example.com', looks.desk)
  await wang.getByText('林悦 asks 王磊 to take').waitFor()
  expect(await axeFinds(wang)).toEqual([])
  await wang.getByRole('button', { name: 'Accept' }).click()
  await wang.getByText('accepted by 王磊').waitFor()
  expect([whoAt('2026-11-23T12:00'), whoAt('2026-11-24T12:00')]).toEqual([['wang'], ['lin']])
  await lin.goto(`${place.address}/oncall`)
  await lin.getByText('王磊已接受').waitFor()
  expect(faults).toEqual([])
})

it('a link that was used lets nobody else in', async () => {
  const page = await openPage({ browser, address: place.address, faults: [] }, new URL(linkTo('wang')).pathname)
  await page.goto(linkTo('wang'))
  await page.locator('main button').click()
  await page.getByText('This link was used already, or is too old').waitFor()
  await page.goto(`${place.address}/oncall`)
  expect(new URL(page.url()).pathname).toBe('/sign-in')
})
