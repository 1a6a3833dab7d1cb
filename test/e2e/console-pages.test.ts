import { type ChildProcess, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { axeFinds } from './axe.ts'
import { startBrowser, startStack } from './console-stack.ts'
import { lowTargets } from './targets.ts'

let data: string
let stack: ChildProcess
let address: string
let browser: Browser
/** Pages that say by their status that something is not there, or was not done. */
const told = /status of (404|409)/
/** What no page may do: errors in its console (what its policy refuses is one), requests that fail or go elsewhere. */
const faults: string[] = []

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'fenghuo-pages-'))
  ;({ stack, address } = await startStack(data))
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
  stack?.kill('SIGKILL')
  await rm(data, { recursive: true, force: true })
})

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 390, height: 844 }, ...options })
  const page = await context.newPage()
  page.on(
    'console',
    (message) => message.type() === 'error' && !told.test(message.text()) && faults.push(message.text()),
  )
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('request', (request) => request.url().startsWith(address) || faults.push(request.url()))
  return page
}

/** How often the first page says something when it is loaded again. */
async function countOn(page: Page, text: string): Promise<number> {
  await page.goto(address)
  return page.getByText(text).count()
}

const program = (path: string, body: object) =>
  fetch(`${address}/api/v1${path}`, { method: 'POST', body: JSON.stringify(body) })

/** Where the link leads that chats have been sent. */
async function ackPath(): Promise<string> {
  const demo = await (await fetch(`${address}/demo`)).text()
  const path = /href="http:[^"]+?(\/ack\?[^"]+)"/.exec(demo)?.[1]?.replaceAll('&amp;', '&')
  if (path === undefined) throw new Error('no message has a link')
  return path
}

const act = (path: string) => fetch(`${address}/_local/${path}`, { method: 'POST' })

it('is calm, breaks, is acknowledged by one thumb without any script, and tells the second who was first', async () => {
  const page = await open({ javaScriptEnabled: false })
  await expect.poll(() => countOn(page, '1 of 1 check OK'), { timeout: 20_000 }).toBe(3)
  await page.getByRole('heading', { name: 'No open incidents' }).waitFor()

  await act('demo/break')
  await expect.poll(() => countOn(page, 'phone ringing'), { timeout: 20_000 }).toBe(1)
  const other = await open({ javaScriptEnabled: false })
  await other.goto(address)
  await page.getByRole('link', { name: /演示服务/ }).click()
  const button = page.getByRole('button', { name: 'Acknowledge' })
  const box = await button.boundingBox()
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(844)
  expect(box?.height).toBeGreaterThanOrEqual(56)
  await button.click()
  await page.getByRole('button', { name: '林悦' }).click()
  await page.getByText('You have it. The phones are quiet.').waitFor()
  await page
    .getByText(/^林悦 has it \(in the console\)/)
    .first()
    .waitFor()

  await other.getByRole('button', { name: 'Acknowledge' }).click()
  await other.getByRole('button', { name: '王磊' }).click()
  await other.getByText(/Somebody was first. 林悦 has it/).waitFor()
  await other.screenshot({ path: process.env.SCREENSHOT ?? join(data, 'second.png'), fullPage: true })
})

it('shows a silence that a program has made', async () => {
  expect((await program('/incidents/1001/actions', { do: 'silence', as: 'lin' })).status).toBe(200)
  const page = await open()
  await page.goto(`${address}/silences`)
  await page.getByText('project=demo key=demo/web').waitFor()
})

it('tries a way in without any script, and says that it was heard of', async () => {
  const page = await open({ javaScriptEnabled: false })
  await page.goto(`${address}/inbound/demo/alertmanager`)
  await page.getByRole('button', { name: 'Send a test' }).click()
  await page.getByText('Taken (HTTP 200)').waitFor()
  await page.goto(`${address}/inbound`)
  await page.getByText(/heard of .* ago, with 1 alert/).waitFor()
})

it.each([
  { locale: 'zh-CN', colorScheme: 'light', width: 390 },
  { locale: 'en-US', colorScheme: 'dark', width: 390 },
  { locale: 'zh-CN', colorScheme: 'dark', width: 1280 },
  { locale: 'en-US', colorScheme: 'light', width: 1280 },
] as const)('has nothing that axe finds: $locale, $colorScheme, $width px', async ({ width, ...options }) => {
  const page = await open({ ...options, viewport: { width, height: 844 } })
  const paths = [
    '/',
    '/incidents/1001',
    '/checks',
    '/checks/demo/web',
    '/checks/kafka',
    '/oncall',
    '/oncall/reach',
    '/silences',
    '/inbound',
    '/inbound/demo',
    '/inbound/demo/aws',
    '/inbound/demo/uptime-kuma',
    '/system/queues',
    '/system/queues/events',
    '/system/regions',
    '/system/audit',
    '/demo',
    '/phones',
    '/nothing-here',
    '/phones/nothing-here',
    await ackPath(),
  ]
  for (const path of paths) {
    await page.goto(address + path)
    for (const fold of await page.locator('details').all()) await fold.evaluate((one) => one.setAttribute('open', ''))
    expect({ path, found: await axeFinds(page) }).toEqual({ path, found: [] })
    const sideways = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect({ path, sideways }).toEqual({ path, sideways: 0 })
    const outOfSight = await page
      .locator('header nav a')
      .evaluateAll((links, edge) => links.filter((link) => link.getBoundingClientRect().right > edge).length, width)
    expect({ path, outOfSight }).toEqual({ path, outOfSight: 0 })
    expect({ path, low: await lowTargets(page) }).toEqual({ path, low: [] })
  }
  await page.context().close()
})

it('renews itself, and leaves alone what somebody has opened or is writing', async () => {
  const page = await open()
  await page.goto(`${address}/incidents/1001`)
  await page.getByText('More', { exact: true }).click()
  await page.getByLabel('Note').fill('half a sentence')
  const second = await open({ javaScriptEnabled: false })
  await second.goto(`${address}/incidents/1001`)
  await second.getByLabel('Note').fill('rolled back')
  await second.getByRole('button', { name: 'Add the note' }).click()
  await second.getByRole('button', { name: '赵敏' }).click()

  await page.getByText('赵敏 notes: rolled back').waitFor({ timeout: 20_000 })
  expect(await page.getByLabel('Note').inputValue()).toBe('half a sentence')
  expect(await page.getByRole('button', { name: 'Escalate now' }).isVisible()).toBe(true)
})

it('asks who somebody is for as long as it takes them', async () => {
  const page = await open()
  await page.clock.install()
  await page.goto(`${address}/incidents/1001`)
  await page.getByLabel('Note').fill('back in five')
  await page.getByRole('button', { name: 'Add the note' }).click()
  await page.getByRole('button', { name: '赵敏' }).waitFor()
  await page.clock.runFor(20_000)
  // Whatever the page has asked for by now comes before this.
  await page.evaluate('fetch(location.href).then((answer) => answer.text())')
  await page.getByRole('button', { name: '赵敏' }).click()
  await page.getByText('赵敏 notes: back in five').waitFor()
})

it('has metrics that promtool finds nothing wrong with', async () => {
  const metrics = await (await fetch(`${address}/metrics`)).text()
  expect(metrics).toContain('fenghuo_check_up{project="demo",check="web",kind="http"}')
  expect(metrics).toContain('fenghuo_queue_messages{queue="escalation"}')
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: metrics, encoding: 'utf8' })
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' })
})

it('loads at most 60 kB compressed, all in', async () => {
  const page = await open()
  let bytes = 0
  page.on('response', async (response) => {
    const { responseBodySize, responseHeadersSize } = await response.request().sizes()
    bytes += responseBodySize + responseHeadersSize
  })
  await page.goto(`${address}/incidents/1001`, { waitUntil: 'networkidle' })
  expect(bytes).toBeGreaterThan(5_000)
  expect(bytes).toBeLessThan(60_000)
})

it('says when the connection is lost, and does nothing that its own policy refuses', async () => {
  const page = await open()
  await page.goto(address)
  expect(faults).toEqual([])
  stack.kill('SIGKILL')
  await page.getByText('Connection lost').waitFor({ timeout: 20_000 })
})
