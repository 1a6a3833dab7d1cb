import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildAssets } from '../../plugins/console/assets.ts'
import { assetsOf } from '../../services/console/assets.ts'
import { PathWorld } from '../engine/world.ts'
import { consoleOf } from '../services/console-visitor.ts'
import { startProvider } from '../services/oidc.ts'
import { axeFinds } from './axe.ts'
import { startBrowser } from './console-stack.ts'
import { type Address, listen } from './served-app.ts'

let browser: Browser
let place: Address
let provider: Awaited<ReturnType<typeof startProvider>>
let address: string
const world = new PathWorld()
/** What no page may do: errors in its console (what its policy refuses is one). */
const faults: string[] = []

beforeAll(async () => {
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  place = await listen()
  address = place.address
  provider = await startProvider(`${address}/sign-in/oidc/callback`, {
    lin: { name: 'Lin Yue', email: 'lin@example.com', email_verified: true },
  })
  place.answer(
    consoleOf(world, {
      assets: assetsOf(await buildAssets()),
      access: { oidc: provider.oidc, access: [{ role: 'responder', who: ['@example.com'] }] },
      fetch,
      io: () => ({ ...world.io(), token: randomUUID }),
      // Chromium keeps `__Host-` cookies of the loopback address.
      originFor: () => address,
      nav: [{ path: '/', name: 'now' }],
    }),
  )
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
  provider?.stop()
  place?.stop()
})

it.each([
  [
    'on a phone, in Chinese, without script',
    { locale: 'zh-CN', javaScriptEnabled: false, viewport: { width: 390, height: 844 } },
  ],
  [
    'at a desk, in English, in the dark',
    { locale: 'en-US', javaScriptEnabled: true, colorScheme: 'dark' as const, viewport: { width: 1280, height: 800 } },
  ],
])('somebody signs in by a real provider and is let in, %s', async (_, options) => {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' && page.url().startsWith(address)) faults.push(message.text())
  })
  await page.goto(`${address}/incidents/1001`)
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  if (options.javaScriptEnabled) expect(await axeFinds(page)).toEqual([])
  await page.locator('main a.button').click()
  await page.locator('[name=login]').fill('lin')
  await page.locator('[name=password]').fill('x')
  await page.locator('[type=submit]').click()
  await page.locator('[type=submit]').click()
  await page.waitForURL(`${address}/incidents/1001`)
  expect(await page.locator('h1').textContent()).toContain('收银台')
  if (process.env.PICTURES)
    await page.screenshot({ path: `${process.env.PICTURES}/signed-in-${options.locale}.png`, fullPage: true })
  const cookies = await context.cookies(address)
  expect(cookies.filter(({ name }) => name.startsWith('__Host-')).every((one) => one.httpOnly && one.secure)).toBe(true)
  if (options.javaScriptEnabled) expect(await axeFinds(page)).toEqual([])

  await page.locator('form[action="/sign-out"] button:not([name])').click()
  await page.waitForURL(`${address}/sign-in`)
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/sign-in-${options.locale}.png` })
  await page.goto(address)
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await context.close()
  expect(faults).toEqual([])
})
