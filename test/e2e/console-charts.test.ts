import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { axeFinds } from './axe.ts'
import { withPastDay } from './with-past-day.ts'

const watched = withPastDay()

/** The page of a check, and which of its parts that draw charts it has loaded. */
async function open(options: BrowserContextOptions): Promise<{ page: Page; loaded: string[] }> {
  const page = await watched.open({ viewport: { width: 1280, height: 900 }, ...options })
  const loaded: string[] = []
  page.on('request', (request) => {
    const name = /assets\/chart-\w+[.](\w+)/.exec(request.url())?.[1]
    if (name !== undefined) loaded.push(name)
  })
  await page.goto(`${watched.address}/checks/demo/web?span=day`)
  return { page, loaded }
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES ?? watched.folder
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
  // As the server has it: times of another zone than the reader's are written anew with the first renewal, and the charts with them.
  const { page } = await open({ timezoneId: 'Asia/Shanghai', ...options })
  const charts = page.locator('.chart .u-over')
  await charts.first().waitFor()
  const count = await page.locator('.chart').count()
  expect(count).toBeGreaterThanOrEqual(2)
  // One is drawn after the other.
  await expect.poll(() => charts.count()).toBe(count)
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

it('keys look into charts as a pointer does: closer, earlier, later, and back to the whole', async () => {
  const { page } = await open({ timezoneId: 'Asia/Shanghai' })
  await page.locator('.chart .u-over').first().waitFor()
  const stretch = () => page.locator('.zoom output').textContent()
  const buttons = () => page.locator('.zoom button:visible').allTextContents()
  const press = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).focus()
    await page.keyboard.press('Enter')
    return stretch()
  }
  expect([await stretch(), await buttons()]).toEqual(['', ['Closer']])
  const half = await press('Closer')
  const quarter = await press('Closer')
  expect(quarter).toMatch(/^\d\d-\d\d \d\d:\d\d – \d\d-\d\d \d\d:\d\d$/)
  expect(quarter).not.toBe(half)
  const earlier = await press('Earlier')
  expect(earlier).not.toBe(quarter)
  expect(await press('Later')).toBe(quarter)
  expect(await buttons()).toEqual(['Closer', 'Earlier', 'Later', 'Show the whole'])
  expect(await axeFinds(page)).toEqual([])
  expect([await press('Show the whole'), await buttons()]).toEqual(['', ['Closer']])
  // Who goes on by keys goes on from there.
  expect(await page.locator('.zoom button:focus').textContent()).toBe('Closer')
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
  expect(watched.faults).toEqual([])
})
