import { expect, it, onTestFinished, vi } from 'vitest'
import { wire } from '../../services/watch/aws.ts'
import type { CompiledStatusPage } from '../../shared/contracts/status-page.ts'
import { context, startAws } from '../engine/aws.ts'
import { config } from '../engine/world.ts'
import { startS3 } from '../simulators/s3.ts'

const page: CompiledStatusPage = {
  title: { zh: '示例', en: 'Example' },
  languages: ['en'],
  components: { checkout: { title: { zh: '收银台', en: 'Checkout' }, checks: ['pay/web'] } },
  copy: { bucket: 'example-status', region: 'eu-west-1', prefix: 'pay/' },
}

it('watch puts the copy of a status page into its bucket, and does all else where that fails', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
  onTestFinished(() => void vi.restoreAllMocks())
  const aws = await startAws(config({ status: { pay: page } }))
  onTestFinished(() => aws.stop())
  const s3 = await startS3({
    accessKeyId: aws.env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: aws.env.AWS_SECRET_ACCESS_KEY ?? '',
    buckets: { 'example-status': 'eu-west-1' },
    writable: ['example-status/pay/'],
    now: Date.now,
  })
  onTestFinished(() => s3.close())
  const handler = wire({ ...aws.env, AWS_ENDPOINT_URL_S3: s3.url })
  await handler({}, context)
  expect([...s3.objects.keys()].sort()).toEqual(
    ['en.html', 'en.rss', 'index.html', 'status.json'].map((name) => `example-status/pay/${name}`),
  )
  expect(s3.objects.get('example-status/pay/index.html')).toMatchObject({
    type: 'text/html; charset=utf-8',
    cacheControl: 'max-age=60',
    body: expect.stringContaining('All services are operational'),
  })
  await handler({}, context)
  expect(s3.requests).toHaveLength(4)

  await s3.close()
  await aws.send('deadEscalation', '{}')
  await wire({ ...aws.env, AWS_ENDPOINT_URL_S3: s3.url })({}, context)
  expect(await aws.depth('deadEscalation')).toBe(0)
})
