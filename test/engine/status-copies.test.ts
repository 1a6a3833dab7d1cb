import { expect, it, vi } from 'vitest'
import type { CompiledStatusPage } from '../../shared/contracts/status-page.ts'
import { type CopyFile, type CopyStore, copyMaker } from '../../shared/engine/status/copies.ts'
import { watch } from '../../shared/engine/watch/watch.ts'
import type { Place } from '../../shared/incidents/duty/duty.ts'
import { keepPost } from '../../shared/store/status-posts.ts'
import { checksFrom, MINUTE, Probes } from './probes.ts'

const sg = 'aws/ap-southeast-1'
const page: CompiledStatusPage = {
  title: { zh: '示例', en: 'Example' },
  languages: ['en', 'zh'],
  components: { checkout: { title: { zh: '收银台', en: 'Checkout' }, checks: ['pay/web'] } },
  automaticAfterMs: 0,
  url: 'https://console.example.com/status/pay',
  copy: { bucket: 'example-status', region: 'eu-west-1', prefix: 'pay/' },
}

/** A bucket that may refuse what is put. */
class Bucket implements CopyStore {
  readonly files = new Map<string, CopyFile>()
  puts = 0
  refuses: string | undefined
  at: number | undefined
  readonly now: () => number

  constructor(now: () => number) {
    this.now = now
  }

  async put(_: CompiledStatusPage['copy'], file: CopyFile): Promise<void> {
    if (this.refuses !== undefined) throw Object.assign(new Error('no'), { code: this.refuses })
    this.files.set(file.name, file)
    this.at = this.now()
    this.puts++
  }

  urlOf({ bucket, prefix }: NonNullable<CompiledStatusPage['copy']>): string {
    return `https://${bucket}.example.com/${prefix}`
  }

  async lastPut(): Promise<number | undefined> {
    return this.at
  }
}

function world(place?: Place, pages: Record<string, CompiledStatusPage> = { pay: page }) {
  const of = new Probes({ checks: checksFrom(['web'], [sg]), status: pages })
  of.config.vantages = { sg }
  const bucket = new Bucket(() => of.now)
  const put = copyMaker(of.config, bucket)
  const minute = async (seen: string) => {
    await of.minute({ [sg]: seen })
    await put(of.io(place && { place }))
  }
  return { of, bucket, minute }
}

it('a copy is whole in itself: both languages, a feed for each, JSON, and a beginning', async () => {
  const { of, bucket, minute } = world()
  await of.minutes(3, { [sg]: 'u' })
  await minute('u')
  expect([...bucket.files.keys()].sort()).toEqual([
    'en.html',
    'en.rss',
    'index.html',
    'status.json',
    'zh.html',
    'zh.rss',
  ])
  const { body } = bucket.files.get('en.html') ?? { body: '' }
  expect(body).toContain('All services are operational')
  expect(body).toContain('As of')
  expect(body).toContain('href="https://console.example.com/status/pay"')
  expect(body).toContain('href="zh.html"')
  expect(body).toMatch(/http-equiv="content-security-policy" content="default-src &#39;none&#39;/)
  expect(body).not.toContain('frame-ancestors')
  expect(bucket.files.get('index.html')?.body).toBe(body)
  const link = 'https://example-status.example.com/pay/zh.html'
  expect(bucket.files.get('zh.rss')?.body).toContain(`<link>${link}</link>`)
})

it('a bucket that never answers keeps neither another page’s copy nor dead letters waiting', async () => {
  const silent = { bucket: 'silent', region: 'eu-west-1', prefix: '' }
  const { of, bucket } = world(undefined, { first: { ...page, copy: silent }, pay: page })
  const { put } = bucket
  bucket.put = (copy, file) => (copy === silent ? new Promise(() => {}) : put.call(bucket, copy, file))
  const redrive = vi.fn(async () => ({ redriven: 0, left: 0 }))
  const deadLetters = [{ queue: 'escalation' as const, redrive }]
  void watch({ config: of.config, backlog: of.backlog, deadLetters, putCopies: copyMaker(of.config, bucket) }, of.io())
  await vi.waitFor(() => expect(bucket.puts).toBe(6))
  expect(redrive).toHaveBeenCalledOnce()
})

it('is put when something has changed, and every five minutes while nothing has', async () => {
  const { of, bucket, minute } = world()
  await of.minutes(3, { [sg]: 'u' })
  await minute('u')
  const files = bucket.puts
  for (let more = 0; more < 4; more++) await minute('u')
  expect(bucket.puts).toBe(files)
  await minute('u')
  expect(bucket.puts).toBe(2 * files)

  const post = { of: 'a', at: of.now, state: 'investigating' as const, text: { en: 'We look.' }, components: [] }
  await keepPost('pay', post, 'one', of.io())
  await minute('u')
  expect(bucket.puts).toBe(3 * files)
  expect(bucket.files.get('en.html')?.body).toContain('We look.')
})

it('what fails three times in a row is one trouble of Fenghuo’s own, and its end is told', async () => {
  const { of, bucket, minute } = world()
  await minute('u')
  bucket.refuses = 'AccessDenied'
  of.now += 5 * MINUTE
  await minute('u')
  await minute('u')
  expect(of.all).toEqual([])
  await minute('u')
  await minute('u')
  await of.settle()
  expect(of.all).toEqual(['fenghuo/status-copy-pay warning open'])
  bucket.refuses = undefined
  await minute('u')
  await of.settle()
  expect(of.all).toEqual(['fenghuo/status-copy-pay warning resolved'])
})

it('of two regions the second puts only what the first has left for a quarter of an hour', async () => {
  const order = ['ap-southeast-1', 'ap-northeast-1']
  const { of, bucket, minute } = world({ own: 'ap-northeast-1', order, guardMs: MINUTE } as Place)
  bucket.at = of.now
  for (let count = 0; count < 14; count++) await minute('u')
  expect(bucket.puts).toBe(0)
  await minute('u')
  await minute('u')
  expect(bucket.puts).toBeGreaterThan(0)
})

it('once it is the second that puts, what changes is there within the minute, until the first is back', async () => {
  const order = ['ap-southeast-1', 'ap-northeast-1']
  const { of, bucket, minute } = world({ own: 'ap-northeast-1', order, guardMs: MINUTE } as Place)
  await minute('u')
  const files = bucket.puts
  expect(files).toBeGreaterThan(0)
  const tell = (name: string) =>
    keepPost('pay', { of: name, at: of.now, state: 'investigating', text: { en: name }, components: [] }, name, of.io())
  await tell('a')
  await minute('u')
  expect(bucket.puts).toBe(2 * files)

  of.now += MINUTE
  bucket.at = of.now
  await tell('b')
  await minute('u')
  expect(bucket.puts).toBe(2 * files)
})
