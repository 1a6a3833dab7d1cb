import { EventEmitter, once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { connectInstanceArn, contactFlowId, lambdaArn } from '../local/resources.ts'
import { aliyunIvrProvision } from '../shared/channels/aliyun-ivr/provision.ts'
import { contactFlow } from '../shared/channels/connect/contact-flow.ts'
import { type AliyunVoiceSimulator, startAliyunVoice } from '../test/simulators/aliyun-voice/vendor.ts'
import { type ConnectSimulator, startConnectSimulator } from '../test/simulators/connect/connect.ts'
import type { SimulatedCall } from '../test/simulators/connect/simulated-call.ts'
import { startDingtalkSimulator } from '../test/simulators/dingtalk.ts'
import { startTencentSmsSimulator } from '../test/simulators/tencent-sms.ts'
import { startWecomSimulator } from '../test/simulators/wecom-robot.ts'
import { caller, ivr, robotOf, sms, type Tenant } from './tenants.ts'

export const region = 'ap-southeast-1'
const instanceId = '0f1e2d3c-4b5a-4968-8776-655443322111'
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' }
const aliyunCredentials = { accessKeyId: 'bench-id', accessKeySecret: 'bench-key' }
const tencentCredentials = { secretId: 'bench-id', secretKey: 'bench-key' }

/** Every vendor that the tenants' channels need. Times are those of `performance.now()`, ms. */
export interface Vendors {
  connect: ConnectSimulator
  /** It posts each receipt by itself, and those of a call in order. */
  aliyun: AliyunVoiceSimulator
  /** Resolves when no receipt is on its way. */
  receiptsPosted(): Promise<void>
  /** What makes functions use these vendors. */
  env: Record<string, string>
  /** Numbers whose contact events are lost on their way. */
  unheard: Set<string>
  /** Resolves with the next call to a number and when it came. */
  rings(phone: string): Promise<{ call: SimulatedCall; at: number }>
  /** Resolves with the time when the end of a call to a number is told. */
  ends(phone: string): Promise<number>
  /** Resolves with the time of the next message to a robot. */
  posts(): Promise<number>
  /** Resolves with the time of the next message to a project's WeCom robot. */
  postsTo(project: string): Promise<number>
  /** What vendors refused; there should be nothing. */
  refused(): string[]
  close(): Promise<void>
}

/** Where vendors speak to the stack: Connect at its console, Alibaba Cloud at its address of receipts. */
export interface Listeners {
  console(): string
  receipts(): string
}

/** Starts simulators that take `latencyMs` for every answer. */
export async function startVendors(
  tenants: Tenant[],
  latencyMs: number,
  { console, receipts }: Listeners,
): Promise<Vendors> {
  const signals = new EventEmitter()
  const unheard = new Set<string>()
  const common = { now: Date.now, latencyMs }
  const robots = tenants.flatMap((tenant) => tenant.projects.map(robotOf))
  const noted = ({ type }: { type: string }) => type === 'message' && signals.emit('post', performance.now())

  const connect = await startConnectSimulator({
    ...common,
    ...credentials,
    instanceId,
    instanceArn: connectInstanceArn(region, instanceId),
    flows: { [contactFlowId]: contactFlow(lambdaArn(region, 'acknowledge')) },
    sourceNumbers: [caller],
    invokeLambda: (_arn, event) => post(`${console()}/_local/contact-flow`, event),
    async emit(event) {
      // EventBridge takes its time as every vendor does; the flow's own question goes straight to its function.
      await wait(latencyMs)
      const to = connect.calls.find(({ contactId }) => contactId === event.detail.contactId)?.to ?? ''
      if (event.detail.eventType === 'DISCONNECTED') signals.emit(`end ${to}`, performance.now())
      if (!unheard.has(to)) await post(`${console()}/_local/eventbridge`, event)
    },
    onRing: (call) => signals.emit(`ring ${call.to}`, { call, at: performance.now() }),
  })
  const { page, several, taken, passed } = aliyunIvrProvision.templates.zh
  let posted = Promise.resolve()
  const aliyun = await startAliyunVoice({
    ...common,
    ...aliyunCredentials,
    callers: [ivr.caller],
    templates: { TTS_1: page, TTS_2: several, TTS_3: taken, TTS_4: passed },
    push(receipt) {
      posted = posted.then(() => wait(latencyMs)).then(async () => void (await post(receipts(), [receipt])))
    },
    onEvent(event) {
      if (event.type === 'ring') signals.emit(`ring ${event.call.to}`, { call: event.call, at: performance.now() })
    },
  })
  const wecom = await startWecomSimulator({
    ...common,
    keys: robots.map(({ wecomKey }) => wecomKey),
    onEvent(event) {
      noted(event)
      if (event.type === 'message') signals.emit(`post ${event.message.key}`, performance.now())
    },
  })
  const dingtalk = await startDingtalkSimulator({
    ...common,
    robots: robots.map(({ dingtalkToken, dingtalkSecret }) => ({ token: dingtalkToken, secret: dingtalkSecret })),
    onEvent: noted,
  })
  const texts = await startTencentSmsSimulator({
    ...common,
    ...tencentCredentials,
    app: sms.app,
    signs: [sms.sign],
    templates: { [sms.templates.page]: 7, [sms.templates.resolved]: 6 },
  })
  const simulators = { connect, aliyun, wecom, dingtalk, texts }

  return {
    connect,
    aliyun,
    receiptsPosted: () => posted,
    env: {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      CONNECT_INSTANCE_ID: instanceId,
      ALIBABA_CLOUD_ACCESS_KEY_ID: aliyunCredentials.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: aliyunCredentials.accessKeySecret,
      TENCENTCLOUD_SECRET_ID: tencentCredentials.secretId,
      TENCENTCLOUD_SECRET_KEY: tencentCredentials.secretKey,
      AWS_ENDPOINT_URL_CONNECT: connect.url,
      FENGHUO_ALIYUN_VOICE_URL: aliyun.url,
      FENGHUO_WECOM_URL: wecom.url,
      FENGHUO_DINGTALK_URL: dingtalk.url,
      FENGHUO_TENCENT_URL: texts.url,
    },
    unheard,
    rings: async (phone) => (await once(signals, `ring ${phone}`))[0],
    ends: async (phone) => (await once(signals, `end ${phone}`))[0],
    posts: async () => (await once(signals, 'post'))[0],
    postsTo: async (project) => (await once(signals, `post ${robotOf(project).wecomKey}`))[0],
    refused: () =>
      Object.entries(simulators).flatMap(([name, { refused }]) =>
        refused.map((refusal) => `${name} refused: ${JSON.stringify(refusal)}`),
      ),
    async close() {
      await Promise.all(Object.values(simulators).map((simulator) => simulator.close()))
    },
  }
}

async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response.json()
}
