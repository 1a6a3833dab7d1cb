import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { axeFinds } from './axe.ts'
import { startBrowser, startStack } from './console-stack.ts'
import { rememberPastDay } from './past-day.ts'

let data: string
let stack: ChildProcess
let address: string
let browser: Browser
/** Errors in a page's console, what its policy refuses among them, and what it asks of others. */
const faults: string[] = []

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'fenghuo-charts-'))
  ;({ stack, address } = await startStack(data))
  await rememberPastDay(data, 'demo/web', Date.now())
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
  stack?.kill('SIGKILL')
  await rm(data, { recursive: true, force: true })
})

/** The page of a check, and which of its parts that draw charts it has loaded. */
async function open(options: BrowserContextOptions): Promise<{ page: Page; loaded: string[] }> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const loaded: string[] = []
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(address)) faults.push(url)
    const name = /assets\/chart-\w+[.](\w+)/.exec(url)?.[1]
    if (name !== undefined) loaded.push(name)
  })
  await page.goto(`${address}/checks/demo/web?span=day`)
  return { page, loaded }
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES ?? data
  await page.screenshot({ path: join(folder, `charts-${name}.png`), fullPage: true })
}

/** Drags over the middle third of the first chart. */
async function dragOver(page: Page): Promise<void> {
  const box = await page.locator('.chart .u-over').first().boundingBox()
  if (box === null) throw new Error('there is no chart')
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width / 3, y)
  await page.mouse.down()
  await page.mouse.move(box.x + (2 * box.width) / 3, y, { steps: 5 })
  await page.mouse.up()
}

it.each([
  { name: 'light', locale: 'en-US', colorScheme: 'light', whole: 'Show the whole' },
  { name: 'dark-zh', locale: 'zh-CN', colorScheme: 'dark', whole: '看全部' },
] as const)('a pointer looks into charts, and back: $name', async ({ name, whole, ...options }) => {
  const { page } = await open(options)
  const charts = page.locator('.chart .u-over')
  await charts.first().waitFor()
  const count = await page.locator('.chart').count()
  expect(count).toBeGreaterThanOrEqual(2)
  expect(await charts.count()).toBe(count)
  const button = page.getByRole('button', { name: whole })
  expect(await button.isVisible()).toBe(false)
  await picture(page, name)

  await dragOver(page)
  await button.waitFor()
  await picture(page, `${name}-closer`)
  // Two renewals later it is as it was left, and still one chart for each vantage.
  await page.waitForResponse((response) => response.url().includes('/checks/demo/web'))
  await page.waitForResponse((response) => response.url().includes('/checks/demo/web'))
  expect([await button.isVisible(), await charts.count()]).toEqual([true, count])
  expect(await axeFinds(page)).toEqual([])

  await button.click()
  await expect.poll(() => button.isVisible()).toBe(false)
  await page.context().close()
})

it('a thumb, and a browser without script, have pictures and load nothing more', async () => {
  const thumb = await open({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } })
  const without = await open({ javaScriptEnabled: false })
  // Whatever a script does is done once it has renewed the page.
  await thumb.page.waitForResponse((response) => response.url().includes('/checks/demo/web'))
  for (const { page, loaded } of [thumb, without]) {
    expect((await page.locator('.chart svg').first().boundingBox())?.height).toBeGreaterThan(100)
    expect(await page.locator('.chart canvas').count()).toBe(0)
    expect(loaded).toEqual([])
  }
  await picture(thumb.page, 'phone')
})

it('no page has said that something is wrong, or asked anybody else', () => {
  expect(faults).toEqual([])
})
