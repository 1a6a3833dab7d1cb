import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { stylePolicy } from '../../shared/engine/status/style-policy.ts'
import type { StatusView } from '../../shared/incidents/status/view.ts'
import { statusHtml } from '../../shared/messages/status/page.ts'
import { axeFinds } from './axe.ts'
import { withPastDay } from './with-past-day.ts'

const root = new URL('../../', import.meta.url)
const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="18" fill="#2a5a9b"/></svg>'
const status = `
status:
  demo:
    title: { zh: 示例支付, en: Example Pay }
    logo: logo.svg
    incidents: automatic
    subscribe: [mail]
    components:
      checkout: { title: { zh: 收银台, en: Checkout }, checks: [demo/web] }
`

const email = '  email: { type: smtp, host: smtp.example.com, port: 465, from: oncall@example.com }\n'

const watched = withPastDay(async (folder) => {
  const config = join(folder, 'fenghuo.yml')
  await writeFile(join(folder, 'logo.svg'), logo)
  const text = await readFile(new URL('fenghuo.yml', root), 'utf8')
  await writeFile(config, text.replace('  dingtalk:', `${email}  dingtalk:`) + status)
  return ['--config', config, '--oncall', fileURLToPath(new URL('oncall.yml', root))]
})
const { open } = watched

const looks = [
  { locale: 'zh-CN', colorScheme: 'light', width: 390 },
  { locale: 'en-US', colorScheme: 'dark', width: 390 },
  { locale: 'zh-CN', colorScheme: 'dark', width: 1280 },
  { locale: 'en-US', colorScheme: 'light', width: 1280 },
] as const

/** Looks at the page in each way: what axe finds, what is wider than its screen. */
async function lookAt(name: string): Promise<void> {
  for (const { width, ...options } of looks) {
    const page = await open({ ...options, viewport: { width, height: 844 } })
    await page.goto(`${watched.address}/status/demo`)
    expect({ name, options, found: await axeFinds(page) }).toEqual({ name, options, found: [] })
    const sideways = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect(sideways).toBe(0)
    const folder = process.env.SCREENSHOTS
    if (folder) await page.screenshot({ path: join(folder, `${name}-${options.locale}-${width}.png`), fullPage: true })
    await page.context().close()
  }
}

it('is well, turns red by itself, and reads in both languages, by day and by night, on phones and desks', async () => {
  const page = await open({ javaScriptEnabled: false })
  const says = async (text: string) => {
    await page.goto(`${watched.address}/status/demo`)
    return page.getByText(text).count()
  }
  await expect.poll(() => says('All services are operational'), { timeout: 30_000 }).toBe(1)
  await page.getByRole('img', { name: /uptime since \d{4}-\d{2}-\d{2}, \d+ days?/ }).waitFor()
  await lookAt('calm')

  await fetch(`${watched.address}/_local/demo/break`, { method: 'POST' })
  await expect.poll(() => says('There is an outage'), { timeout: 40_000 }).toBe(1)
  await page.goto(`${watched.address}/incidents/1001`)
  await page.getByRole('link', { name: 'Tell outsiders' }).click()
  await page.getByLabel('In English').fill('Card payments fail for some of you.\nWe are looking into it.')
  await page.getByLabel('In Chinese').fill('部分用户刷卡失败，我们正在调查。')
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByText('It is published').waitFor()
  const form = await open()
  await form.goto(`${watched.address}/incidents/1001/outsiders`)
  expect(await axeFinds(form)).toEqual([])
  if (process.env.SCREENSHOTS)
    await form.screenshot({ path: join(process.env.SCREENSHOTS, 'form.png'), fullPage: true })
  await expect.poll(() => says('Card payments fail for some of you.'), { timeout: 20_000 }).toBe(1)
  await lookAt('broken')
  await page.getByLabel('E-mail address').fill('ann@example.com')
  await page.getByRole('button', { name: 'Subscribe to updates' }).click()
  await page.getByText('Look into your mailbox').waitFor()
  await page.goBack()
  await page.getByRole('link', { name: '中文' }).click()
  await page.getByText('服务中断').waitFor()
  expect(await page.getByRole('link', { name: 'RSS' }).getAttribute('href')).toBe('demo.rss?lang=zh')
  expect(JSON.parse(await (await fetch(`${watched.address}/status/demo.json`)).text())).toMatchObject({
    state: 'major',
  })
  expect(watched.faults).toEqual([])
})

it('a copy of it reads from a file as from its bucket', async () => {
  const view: StatusView = { at: Date.now(), state: 'operational', components: [], open: [], planned: [], past: [] }
  const page = { title: { zh: '示例', en: 'Example' }, languages: ['en' as const], components: {} }
  const showing = { language: 'en' as const, timezone: 'UTC', json: 'status.json', feed: 'en.rss', policy: stylePolicy }
  const file = join(watched.folder, 'index.html')
  await writeFile(file, statusHtml(view, page, showing))
  const said: string[] = []
  const reader = await watched.open()
  reader.on('console', (message) => said.push(message.text()))
  await reader.goto(`file://${file}`)
  await reader.getByText('All services are operational').waitFor()
  expect(await reader.evaluate('getComputedStyle(document.body).margin')).toBe('0px')
  expect(said).toEqual([])
})
