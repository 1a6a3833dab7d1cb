import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPage, startBrowser, startStack } from './console-stack.ts'

let data: string
let stack: ChildProcess
let said: () => string
let address: string
let browser: Browser
/** What no page may do: errors in its console, requests that fail or go elsewhere. */
const faults: string[] = []

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'fenghuo-console-'))
  ;({ stack, address, said } = await startStack(data))
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
  stack?.kill('SIGKILL')
  await rm(data, { recursive: true, force: true })
})

const open = (path: string, options?: BrowserContextOptions) => openPage({ browser, address, faults }, path, options)

/** The phone that rings, or is spoken into. */
const live = (page: Page) => page.locator('.phone.ringing, .phone.talking')

it('breaks, rings, is acknowledged by key 1, and recovers, one click away from where it opens', async () => {
  const page = await open('/')
  await page.getByText('1 of 1 check OK').nth(2).waitFor({ timeout: 20_000 })
  await page.getByRole('link', { name: 'Demo' }).click()

  await page.getByRole('button', { name: 'Break it' }).click()
  await live(page).getByText('Incoming call').waitFor({ timeout: 20_000 })
  await expect.poll(() => page.title(), { timeout: 10_000 }).toMatch(/^☎ Incoming call: /)
  // The page is another one since, and the keyboard is where it was.
  expect(await page.locator(':focus').textContent()).toBe('Mend it')

  await live(page).getByRole('button', { name: 'Answer', exact: true }).click()
  await live(page).getByText('认领请按1').waitFor()
  await live(page).getByText('Press a key').waitFor()
  // As on a phone: its keys are the keyboard's while somebody is listened to.
  await page.keyboard.press('1')
  await live(page).getByText('已认领').waitFor()
  await page.locator('.incident .word.acknowledged').waitFor()
  await page.locator('.message').getByText('已认领（电话按 1').first().waitFor()
  await page.getByText(/Last call .* pressed 1/).waitFor({ timeout: 20_000 })

  await page.getByRole('button', { name: 'Mend it' }).click()
  await page.locator('.message').getByText('已恢复').first().waitFor({ timeout: 20_000 })
  await page.locator('.incident .word.resolved').waitFor()
  expect(faults).toEqual([])
})

it('lets phones ring out until the next person takes it, by forms alone', async () => {
  const page = await open('/demo', { javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  await page.getByRole('button', { name: 'Break it' }).click()
  const phones = await open('/phones', { javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  const rung: string[] = []
  const ringing = () =>
    expect
      .poll(
        async () => {
          await phones.reload()
          return phones.locator('.phone.ringing').count()
        },
        { timeout: 30_000 },
      )
      .toBe(1)
  for (let call = 0; call < 3; call++) {
    await ringing()
    rung.push((await phones.locator('.phone.ringing h2').textContent()) ?? '')
    if (call < 2) await phones.getByRole('button', { name: 'Let it ring out' }).click()
  }
  // The first is called twice, which passes a phone's focus mode; then comes who is next.
  expect([rung[0] === rung[1], rung[1] === rung[2]]).toEqual([true, false])

  await phones.getByRole('button', { name: 'Answer' }).click()
  await expect.poll(() => phones.reload().then(() => phones.locator('.phone.listening').count())).toBe(1)
  await phones.getByRole('button', { name: /^1/ }).click()
  const took = phones.locator('.phone', { hasText: rung[2] ?? '' })
  await expect.poll(() => phones.reload().then(() => took.getByText('pressed 1').count()), { timeout: 20_000 }).toBe(1)

  await page.getByRole('link', { name: 'Look again' }).click()
  await page
    .getByText(new RegExp(`^${rung[2]} has it`))
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Mend it' }).click()
  await expect
    .poll(() => page.reload().then(() => page.locator('.incident .word.resolved').count()), { timeout: 20_000 })
    .toBe(1)
  expect(faults).toEqual([])
})

it('leaves open what somebody has opened, with the focus, when more messages come', async () => {
  const page = await open('/demo')
  const line = page.locator('#earlier > summary')
  await line.focus()
  await page.keyboard.press('Enter')
  const before = await page.locator('#earlier .message').count()
  await fetch(`${address}/_local/demo/break`, { method: 'POST' })
  await expect.poll(() => page.locator('#earlier .message').count(), { timeout: 20_000 }).toBeGreaterThan(before)
  expect(await page.locator('#earlier').getAttribute('open')).toBe('')
  expect(await page.locator(':focus').textContent()).toMatch(/earlier messages$/)
  expect(faults).toEqual([])
})

it('stops cleanly on Ctrl-C; a page that is open says so, and goes on by itself when it is back', async () => {
  const page = await open('/phones')
  await page.locator('.phone.ringing').waitFor()
  const exit = new Promise<number | null>((done) => stack.once('exit', done))
  stack.kill('SIGINT')
  expect({ code: await exit, said: said() }).toEqual({ code: 0, said: expect.not.stringMatching(/error/i) })
  const lost = page.getByText('Connection lost')
  await lost.waitFor()

  ;({ stack } = await startStack(data, '--port', new URL(address).port))
  await lost.waitFor({ state: 'hidden', timeout: 20_000 })
  // The sandbox that rang is gone with the stack.
  await page.locator('.phone.ringing').waitFor({ state: 'detached', timeout: 20_000 })
})
