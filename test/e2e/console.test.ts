import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startBrowser, startStack } from './console-stack.ts'

let data: string
let stack: ChildProcess
let said: () => string
let browser: Browser
let page: Page
/** What the page must not do: errors in its console, and requests to anywhere else. */
const faults: string[] = []

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'fenghuo-console-'))
  const started = await startStack(data)
  stack = started.stack
  const { address } = started
  said = started.said
  browser = await startBrowser()
  page = await browser.newPage({ locale: 'en-US', viewport: { width: 1280, height: 900 } })
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('request', (request) => request.url().startsWith(address) || faults.push(request.url()))
  await page.goto(`${address}/demo`)
})

afterAll(async () => {
  await browser?.close()
  stack?.kill('SIGKILL')
  await rm(data, { recursive: true, force: true })
})

it('breaks, rings, is acknowledged by key 1, and recovers, in a real browser', async () => {
  const checks = page.locator('#checks')
  const incident = page.locator('#incidents')
  const phone = page.locator('#phone')
  await checks.getByText('OK', { exact: true }).waitFor()

  await page.getByRole('button', { name: 'Break it' }).click()
  await phone.getByText('Incoming call').waitFor()
  await incident.getByText('open', { exact: true }).waitFor()
  // The page has been drawn anew since, and the keyboard is where it was.
  expect(await page.locator(':focus').textContent()).toBe('Mend it')
  await expect.poll(() => page.title(), { timeout: 10_000 }).toMatch(/^☎ Incoming call: /)

  expect(await page.locator('#icon').getAttribute('href')).toBe('ringing.svg')
  expect(await page.locator('#zone').textContent()).toBe('times: Asia/Shanghai')

  await phone.getByRole('button', { name: 'Answer', exact: true }).click()
  await phone.getByText('认领请按1').waitFor()
  expect(await page.locator('#icon').getAttribute('href')).toBe('beacon.svg')
  // As on a phone: its keys are the keyboard's while somebody is listened to.
  await page.keyboard.press('1')
  await phone.getByText('已认领').first().waitFor()
  await incident.getByText('acknowledged', { exact: true }).waitFor()
  await page.locator('#messages').getByText('已认领（电话按 1').first().waitFor()

  await page.getByRole('button', { name: 'Mend it' }).click()
  await page.locator('#messages').getByText('已恢复').first().waitFor()
  await checks.getByText('OK', { exact: true }).waitFor()
  expect(faults).toEqual([])
})

it('has the phone after the incidents on a small screen, and no clock that is read aloud', async () => {
  await page.setViewportSize({ width: 390, height: 800 })
  await page.screenshot({ path: process.env.SCREENSHOT ?? join(data, 'small.png'), fullPage: true })
  const top = (id: string) => page.locator(id).evaluate((element) => element.getBoundingClientRect().top)
  expect(await top('#phone')).toBeGreaterThan(await top('#incidents'))
  expect(await top('#phone')).toBeLessThan(await top('#messages'))
  // The last call may still be ending.
  await expect.poll(() => page.locator('#phone').getAttribute('aria-live'), { timeout: 20_000 }).toBe('off')
})

it('shows the newest messages, and leaves open what somebody has opened, with the focus, when more come', async () => {
  const messages = page.locator('#messages')
  const line = messages.locator('> details > summary')
  expect(await messages.locator('> article').count()).toBe(5)
  await line.focus()
  await page.keyboard.press('Enter')
  const before = await messages.locator('details article').count()

  await page.evaluate(() => fetch('_local/demo/break', { method: 'POST' }))
  await expect.poll(() => messages.locator('details article').count(), { timeout: 20_000 }).toBeGreaterThan(before)
  expect(await messages.locator('> article').count()).toBe(5)
  expect(await messages.locator('> details').getAttribute('open')).toBe('')
  expect(await page.locator(':focus').textContent()).toMatch(/earlier messages$/)
})

it('stops cleanly on Ctrl-C', async () => {
  const exit = new Promise<number | null>((done) => stack.once('exit', done))
  stack.kill('SIGINT')
  expect({ code: await exit, said: said() }).toEqual({ code: 0, said: expect.not.stringMatching(/error/i) })
  await page.getByText('Connection lost').waitFor()
  // What it shows is the past, and takes no clicks.
  expect(await page.locator('main').getAttribute('inert')).toBe('')
})
