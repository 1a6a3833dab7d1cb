import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { apng } from './apng.ts'
import { startBrowser, startStack } from './console-stack.ts'
import { rememberPastDay } from './past-day.ts'

/** Where the pictures of README and docs go: `PICTURES=docs/images npm run e2e -- pictures` makes them anew. */
const folder = process.env.PICTURES

const root = new URL('../../', import.meta.url)

/** A README is loaded by phones, too. */
const TOUR_BYTES = 1_500_000

it.each([
  {
    locale: 'en-US',
    timezoneId: 'Asia/Singapore',
    ending: '.png',
    files: { config: 'docs/samples/english.yml', oncall: 'docs/samples/english-oncall.yml' },
  },
  {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ending: '.zh-CN.png',
    files: { config: 'fenghuo.yml', oncall: 'oncall.yml' },
  },
])('the pictures of README and docs in $locale: calm, broken, ringing, taken', async ({
  ending,
  files,
  ...options
}) => {
  const data = await mkdtemp(join(tmpdir(), 'fenghuo-pictures-'))
  const names = Object.entries(files).flatMap(([name, file]) => [`--${name}`, fileURLToPath(new URL(file, root))])
  const { stack, address } = await startStack(join(data, 'stack'), ...names)
  await rememberPastDay(join(data, 'stack'), 'demo/web', Date.now())
  const browser = await startBrowser()
  try {
    const { tour, stills } = await play(browser, address, options)
    const picture = apng(tour)
    await writeFile(join(folder ?? data, `console${ending}`), picture)
    for (const [name, png] of Object.entries(stills)) await writeFile(join(folder ?? data, `${name}${ending}`), png)
    expect(tour).toHaveLength(8)
    expect(picture.length).toBeLessThan(TOUR_BYTES)
  } finally {
    await browser.close()
    stack.kill('SIGKILL')
    await rm(data, { recursive: true, force: true })
  }
})

/** Plays a night by the pages, as somebody before them would. What it shows is what the pages said then. */
async function play(browser: Browser, address: string, options: BrowserContextOptions) {
  const open = async (more: BrowserContextOptions) => (await browser.newContext({ ...options, ...more })).newPage()
  const page = await open({ viewport: { width: 1160, height: 820 } })
  const hand = await open({ viewport: { width: 390, height: 760 }, deviceScaleFactor: 2, colorScheme: 'dark' })
  const tour: { png: Buffer; ms: number }[] = []
  const show = async (ms: number) => void tour.push({ png: await page.screenshot(), ms })
  const go = (one: Page, path: string) => one.goto(address + path, { waitUntil: 'networkidle' })

  await expect
    .poll(() => go(page, '/').then(() => page.locator('.saw.up').count()), { timeout: 20_000 })
    .toBeGreaterThanOrEqual(3)
  await show(2_500)
  await go(page, '/demo')
  await show(1_500)
  await page.locator('.demo form button').click()
  await page.locator('.phone.ringing').waitFor({ timeout: 20_000 })
  await page.locator('.message').nth(2).waitFor()
  await show(2_500)
  await go(hand, '/')
  const now = await hand.screenshot()
  await go(hand, '/incidents/1001')
  const incident = await hand.screenshot()
  await page.locator('.phone .answering').click()
  await page.locator('.phone.listening').waitFor()
  await show(3_000)
  await page.keyboard.press('1')
  await page.locator('.incident .word.acknowledged').waitFor()
  await page.locator('.phone.idle').waitFor({ timeout: 20_000 })
  await show(3_000)
  await go(page, '/incidents/1001')
  await show(3_000)
  await go(page, '/checks/demo/web?span=day')
  await show(3_000)
  await go(page, '/oncall')
  await show(3_000)
  return { tour, stills: { 'phone-now': now, 'phone-incident': incident } }
}
