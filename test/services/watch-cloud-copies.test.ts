import { expect, it, onTestFinished } from 'vitest'
import { statusCopies } from '../../services/watch/status-copies.ts'
import type { CompiledCopy, CompiledStatusPage } from '../../shared/contracts/status-page.ts'
import { checksFrom, MINUTE, Probes } from '../engine/probes.ts'
import { startCos, startOss } from '../simulators/cloud-buckets.ts'

const page = (copy: CompiledCopy): CompiledStatusPage => ({
  title: { zh: '示例', en: 'Example' },
  languages: ['en'],
  components: { checkout: { title: { zh: '收银台', en: 'Checkout' }, checks: ['pay/web'] } },
  copy,
})
const env = { ALI_ID: 'ali', ALI_KEY: 'ali-secret', QQ_ID: 'qq', QQ_KEY: 'qq-secret' }
const inOss: CompiledCopy = {
  store: { cloud: 'aliyun', keyId: '${ALI_ID}', keySecret: '${ALI_KEY}' },
  bucket: 'example-status',
  region: 'cn-hangzhou',
  prefix: 'pay/',
}
const inCos: CompiledCopy = {
  store: { cloud: 'tencent', keyId: '${QQ_ID}', keySecret: '${QQ_KEY}' },
  bucket: 'example-status-125',
  region: 'ap-guangzhou',
  prefix: '',
}
const files = ['en.html', 'en.rss', 'index.html', 'status.json']

async function started() {
  const world = new Probes({
    checks: checksFrom(['web'], ['aws/ap-southeast-1']),
    status: { pay: page(inOss), shop: page(inCos) },
  })
  world.config.vantages = { sg: 'aws/ap-southeast-1' }
  const now = () => world.now
  const oss = await startOss({
    keyId: 'ali',
    keySecret: 'ali-secret',
    buckets: { 'example-status': 'cn-hangzhou' },
    region: 'cn-hangzhou',
    writable: ['example-status/pay/'],
    now,
  })
  const cos = await startCos({
    keyId: 'qq',
    keySecret: 'qq-secret',
    buckets: { 'example-status-125': 'ap-guangzhou' },
    region: 'ap-guangzhou',
    now,
  })
  onTestFinished(async () => void (await Promise.all([oss.close(), cos.close()])))
  const moved = { FENGHUO_ALIYUN_URL: oss.url, FENGHUO_TENCENT_URL: cos.url }
  return { world, oss, cos, putWith: (known: object) => statusCopies(world.config, { ...moved, ...known }, now) }
}

it('copies stand at OSS and COS as at S3, by keys of the environment, and say where they are read', async () => {
  const { world, oss, cos, putWith } = await started()
  await putWith(env)(world.io())
  expect([...oss.objects.keys()].sort()).toEqual(files.map((name) => `example-status/pay/${name}`))
  expect([...cos.objects.keys()].sort()).toEqual(files.map((name) => `example-status-125/${name}`))
  expect(oss.objects.get('example-status/pay/en.rss')?.body).toContain(
    '<link>https://example-status.oss-cn-hangzhou.aliyuncs.com/pay/en.html</link>',
  )
  expect(cos.objects.get('example-status-125/en.rss')?.body).toContain(
    '<link>https://example-status-125.cos.ap-guangzhou.myqcloud.com/en.html</link>',
  )
})

it('a key that is not set, and one that is refused, are each one trouble of Fenghuo’s own, and keep no other copy waiting', async () => {
  const { world, oss, cos, putWith } = await started()
  const put = putWith({ ...env, ALI_KEY: '', QQ_KEY: 'another' })
  for (let count = 0; count < 3; count++) {
    await put(world.io())
    world.now += MINUTE
  }
  await world.settle()
  expect(oss.requests).toEqual([])
  expect(cos.objects.size).toBe(0)
  expect(world.all.toSorted()).toEqual([
    'fenghuo/status-copy-pay warning open',
    'fenghuo/status-copy-shop warning open',
  ])
})
