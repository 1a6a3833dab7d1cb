import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { apng } from './apng.ts'
import { startBrowser, startStack } from './console-stack.ts'
import { rememberPastDay } from './past-day.ts'

/** Where the README's pictures go: `PICTURES=docs/images npm run e2e -- pictures` makes them anew. */
const folder = process.env.PICTURES

const root = new URL('../../', import.meta.url)

it.each([
  {
    locale: 'en-US',
    file: 'console.png',
    words: {
      up: 'OK',
      break: 'Break it',
      ringing: 'Incoming call',
      answer: 'Answer',
      ask: 'Press 1',
      taken: 'acknowledged',
      idle: 'No call',
    },
    files: { config: 'docs/samples/english.yml', oncall: 'docs/samples/english-oncall.yml' },
  },
  {
    locale: 'zh-CN',
    file: 'console.zh-CN.png',
    words: {
      up: '正常',
      break: '弄坏它',
      ringing: '来电',
      answer: '接听',
      ask: '认领请按1',
      taken: '已认领',
      idle: '没有来电',
    },
    files: { config: 'fenghuo.yml', oncall: 'oncall.yml' },
  },
])('Break, ring, 1, timeline: the picture of the README in $locale', async ({ locale, file, words, files }) => {
  const data = await mkdtemp(join(tmpdir(), 'fenghuo-pictures-'))
  const options = Object.entries(files).flatMap(([name, file]) => [`--${name}`, fileURLToPath(new URL(file, root))])
  const { stack, address } = await startStack(join(data, 'stack'), ...options)
  await rememberPastDay(join(data, 'stack'), 'demo/web', Date.now())
  const browser = await startBrowser()
  try {
    const page = await browser.newPage({ locale, viewport: { width: 1280, height: 1180 } })
    const frames: { png: Buffer; ms: number }[] = []
    const show = async (ms: number) => void frames.push({ png: await page.screenshot(), ms })
    await page.goto(`${address}/demo`)
    await play(page, words, show)

    const picture = apng(frames)
    await writeFile(join(folder ?? data, file), picture)
    expect(frames).toHaveLength(5)
    expect(picture.length).toBeLessThan(2_000_000)
  } finally {
    await browser.close()
    stack.kill('SIGKILL')
    await rm(data, { recursive: true, force: true })
  }
})

type Words = Record<'up' | 'break' | 'ringing' | 'answer' | 'ask' | 'taken' | 'idle', string>

async function play(page: Page, words: Words, show: (ms: number) => Promise<void>): Promise<void> {
  const phone = page.locator('#phone')
  await page.locator('#checks').getByText(words.up, { exact: true }).waitFor()
  // The charts were read before there was a report.
  await page.reload()
  await page.locator('#checks svg').first().waitFor()
  await show(2_000)
  await page.getByRole('button', { name: words.break }).click()
  await phone.getByText(words.ringing, { exact: true }).waitFor()
  await show(2_500)
  await phone.getByRole('button', { name: words.answer, exact: true }).click()
  await phone.getByText(words.ask).waitFor()
  await show(3_000)
  await page.keyboard.press('1')
  await page.locator('#incidents').getByText(words.taken, { exact: true }).waitFor()
  await show(3_000)
  await phone.getByText(words.idle).waitFor()
  await show(6_000)
}
