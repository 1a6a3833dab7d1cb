import { expect, it, vi } from 'vitest'
import { startAlikafkaSimulator } from '../simulators/alikafka.ts'
import { startGlobalpingSimulator } from '../simulators/globalping.ts'
import { httpResult } from '../simulators/globalping-results.ts'
import type { MessageVendor } from '../simulators/messages.ts'
import { fenghuo, others, post, service, start, stopsAfterEach, told, waiting } from './stack-of.ts'

stopsAfterEach()

const routes = `[
    { to: "+86", type: tencent-sms, app: "1400000001", sign: 甲, templates: { page: "11", resolved: "12" } },
    { to: "+86", type: tencent-sms, app: "1400000002", sign: 乙, templates: { page: "21", resolved: "22" }, secretId: "\${B_ID}", secretKey: "\${B_KEY}" },
    { to: "+86", type: aliyun-sms, sign: 丙, templates: { page: SMS_1, resolved: SMS_2 } }]`

it('sends a text by the next route when one refuses, each by its own account, and all of it in the sandbox', async () => {
  const { state, url } = await service()
  const yml = fenghuo(url)
    .replace(/(?<=sms: )\[.*\]/, routes)
    .replace('[phone, sms, chat]', '[sms]')
  const stack = await start({ fenghuo: yml })
  const tencent = stack.sandboxes.running.get('tencent-sms') as MessageVendor<unknown>
  const outOfTexts = { kind: 'error', code: 'FailedOperation.InsufficientBalanceInSmsPackage' } as const
  const texts = async () => (await told(stack)).messages.filter(({ text }) => text !== '').map(({ text }) => text)

  tencent.fail(outOfTexts)
  state.status = 503
  await post(stack, 'invoke/probe', { all: true })
  await vi.waitFor(async () => expect(await texts()).toEqual([expect.stringMatching(/^【乙】值班告警/)]), waiting)

  tencent.fail(outOfTexts, outOfTexts)
  state.status = 200
  for (let look = 0; look < 2; look++) await post(stack, 'invoke/probe', { all: true })
  await vi.waitFor(async () => expect(await texts()).toContainEqual(expect.stringMatching(/^【丙】值班恢复/)), waiting)
  expect(await texts()).toHaveLength(2)
})

it('looks through the vendors that the environment names: from nodes, and at a group by its cloud’s API', async () => {
  const nodes = await startGlobalpingSimulator({
    probes: [{ country: 'CN', state: null, city: 'Guangzhou', asn: 4134, network: 'China Telecom', tags: [] }],
    now: Date.now,
    see: () => httpResult(200, { total: 212 }),
  })
  const kafka = await startAlikafkaSimulator({
    instance: 'alikafka_post-cn-x',
    region: 'cn-hangzhou',
    accessKeyId: 'kafka-id',
    accessKeySecret: 'kafka-secret',
    topics: { paid: { ends: [100] } },
    groups: { orders: { state: 'Stable', members: { a: { paid: [0] } }, commits: { paid: { 0: 100 } } } },
    now: Date.now,
  })
  others.push({ stop: () => nodes.close() }, { stop: () => kafka.close() })
  const yml = fenghuo('http://127.0.0.1:9/')
    .replace('{ sg: aws/ap-southeast-1 }', '{ sg: aws/ap-southeast-1, hz: aliyun/cn-hangzhou }')
    .replace(
      'policies:',
      'kafka: { ali: { type: alikafka, instance: alikafka_post-cn-x, region: cn-hangzhou } }\npolicies:',
    )
    .replace(
      /checks: .*/,
      `checks:
      isp: { title: 三网, vantage-points: "https://shop.example.com/", nodes: [CN/Guangzhou/AS4134], from: [sg], interval: 10m, confirm: 1/1 }
      orders: { title: 订单, kafka-lag: ali/orders, from: [hz], confirm: 1/1 }`,
    )
  const stack = await start({
    fenghuo: yml,
    env: {
      FENGHUO_GLOBALPING_URL: nodes.url,
      FENGHUO_ALIYUN_URL: kafka.url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'kafka-id',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'kafka-secret',
    },
  })

  for (const name of ['probe', 'aliyun-kafka']) {
    expect((await post(stack, `invoke/${name}`, { all: true })).status).toBe(200)
  }
  await vi.waitFor(async () => {
    const seen = (await told(stack)).checks.map(({ id, seen }) => [id, ...seen])
    expect(seen).toEqual([
      ['pay/isp', 'globalping/CN/Guangzhou/AS4134 up'],
      ['pay/orders', 'aliyun/cn-hangzhou up'],
    ])
  }, waiting)
})
