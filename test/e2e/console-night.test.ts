import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DAY_MS } from '../../shared/contracts/milliseconds.ts'
import { axeFinds } from './axe.ts'
import { openPage, startBrowser, startStack } from './console-stack.ts'

/** Amazon Connect, by which it calls, can end a call that rings. */
const files = Object.entries({ config: 'english.yml', oncall: 'english-oncall.yml' }).flatMap(([name, file]) => [
  `--${name}`,
  fileURLToPath(new URL(`../../docs/samples/${file}`, import.meta.url)),
])

let data: string
let stack: ChildProcess
let address: string
let browser: Browser
let hand: Page
/** What no page may do. */
const faults: string[] = []

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'fenghuo-night-'))
  ;({ stack, address } = await startStack(data, ...files))
  browser = await startBrowser()
  const small = { locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 390, height: 844 } } as const
  hand = await openPage({ browser, address, faults }, '/phones', small)
})

afterAll(async () => {
  await browser?.close()
  stack?.kill('SIGKILL')
  await rm(data, { recursive: true, force: true })
})

const go = (path: string) => hand.goto(address + path)
const patient = { timeout: 30_000 }

it('takes an override, looked at first, and rings whom it puts on call', async () => {
  const day = (days: number) => `${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)}T00:00`
  await go('/oncall')
  await hand.getByText('改动谁值班').click()
  const form = hand.locator('#change-sre')
  await form.getByLabel('谁', { exact: true }).selectOption('Chen Tao')
  await form.getByLabel('从', { exact: true }).fill(day(-1))
  await form.getByLabel('到', { exact: true }).fill(day(2))
  await hand.getByRole('button', { name: '先看看' }).click()
  await hand.getByText('还没有写入').waitFor()
  expect(await hand.locator('.present .who').first().textContent()).not.toBe('Chen Tao')
  await hand.locator('.calendar td.changed.today').getByText('Chen Tao').waitFor()
  expect(await axeFinds(hand)).toEqual([])
  await hand.getByRole('button', { name: '就这样安排' }).click()
  await hand.getByText('已安排').waitFor()
  expect(await hand.locator('.present .who').first().textContent()).toBe('Chen Tao')

  await go('/demo')
  await hand.getByRole('button', { name: '弄坏它' }).click()
  await go('/phones')
  await hand.locator('.phone.ringing').getByText('Chen Tao').waitFor(patient)
})

it('is quiet while a silence lasts, and rings again once it has ended', async () => {
  await go('/')
  await hand.getByText('其他操作').click()
  await hand.getByRole('button', { name: '静默 1 小时' }).click()
  await hand.getByRole('button', { name: 'Chen Tao' }).click()
  await hand.getByText('已静默一小时').waitFor()
  await go('/phones')
  await expect.poll(() => hand.locator('.phone.ringing').count(), patient).toBe(0)

  await go('/silences')
  const silence = hand.locator('.silence', { hasText: '生效中' })
  await silence.getByRole('link', { name: '#1001' }).waitFor()
  await silence.getByRole('button', { name: '结束静默' }).click()
  await hand.getByText('静默已结束').waitFor()
  await hand.locator('.silence', { hasText: '已结束' }).waitFor()
  await go('/phones')
  await hand.locator('.phone.ringing').getByText('Chen Tao').waitFor({ timeout: 120_000 })
})

it('is taken by the link that a chat has, which anybody may open, and is over once it is mended', async () => {
  await go('/demo')
  const [link] = await hand.locator('.message a[href*="/ack?"]').evaluateAll((all) => all.map(String))
  await hand.goto(link ?? '')
  await hand.getByRole('button').first().click()
  await hand.locator('.done').waitFor()
  await go('/demo')
  await hand.locator('.incident .word.acknowledged').waitFor(patient)
  await hand.getByRole('button', { name: '修好它' }).click()
  await hand.locator('.incident .word.resolved').waitFor(patient)
  await go('/')
  await hand.getByRole('heading', { name: '没有未恢复的告警单' }).waitFor()
  expect(faults).toEqual([])
})
