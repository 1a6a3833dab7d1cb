import { expect, it, onTestFinished } from 'vitest'
import { aliyunSmsIntlSender } from '../../shared/channels/aliyun-sms-intl/aliyun-sms-intl.sender.ts'
import { awsSmsSender } from '../../shared/channels/aws-sms/aws-sms.sender.ts'
import { smtp } from '../../shared/channels/smtp/smtp.ts'
import { wecomAppSender } from '../../shared/channels/wecom-app/wecom-app.sender.ts'
import type { CompiledChannel } from '../../shared/contracts/compiled-config.ts'
import type { LetterMessage } from '../../shared/contracts/step.ts'
import { sendLetter } from '../../shared/delivery/send-letter.ts'
import { vendorGateway } from '../../shared/delivery/vendor-gateway.ts'
import type { GatewayDeps } from '../../shared/delivery/vendors.ts'
import { takeLetter } from '../../shared/engine/take-letter.ts'
import { directory, PathWorld } from '../engine/world.ts'
import { startAwsSms } from '../simulators/aws-sms.ts'
import { startSmtpSimulator } from '../simulators/smtp.ts'
import { startWecomAppSimulator } from '../simulators/wecom-app.ts'

const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-real-secret' }
const url = 'https://console.example.com/oncall'
const content = {
  ...{ code: 'swap-asked' as const, by: '王磊', schedule: 'sre' },
  ...{ mine: '2026-12-05 10:00 – 2026-12-06 10:00', note: '<a href="https://evil.example">婚礼</a>' },
}

/** Somebody who has all addresses, a world whose vendors are strict, and what is sent through them. */
async function worldOf(configured: ('email' | 'wecom' | 'sms')[], mail: { login?: string } = {}) {
  const world = new PathWorld()
  const now = () => world.now
  const account = { corp: 'ww01', secret: 'demo-secret', agent: 1000002 }
  const server = await startSmtpSimulator({ users: { oncall: 'mail-password' }, now })
  const wecom = await startWecomAppSimulator({ applications: [{ ...account, members: ['LinYue'] }], now })
  const texts = await startAwsSms({ ...key, now })
  onTestFinished(async () => void (await Promise.all([server.close(), wecom.close(), texts.close()])))
  const { port, ca } = server
  const login = { user: 'oncall', password: mail.login ?? 'mail-password' }
  const routes = [{ to: '+', type: 'aws-sms', settings: { from: 'FENGHUO', region: 'ap-southeast-1' } }]
  const all: Record<string, CompiledChannel> = {
    email: { name: 'email', type: 'smtp', settings: { host: '127.0.0.1', port, ca, ...login, from: 'a@example.com' } },
    wecom: { name: 'wecom', type: 'wecom-app', settings: { ...account, to: 'Somebody' } },
    sms: { name: 'sms', type: 'sms', settings: { routes } },
  }
  const lin = { name: '林悦', phone: '+6590000003', email: 'lin@example.com', wecom: 'LinYue', language: 'zh' as const }
  world.directory = { ...directory, contacts: { lin } }
  world.config.channels = Object.fromEntries(configured.map((name) => [name, all[name] ?? expect.unreachable()]))
  const deps: GatewayDeps = {
    ...world.gateway(),
    channels: {
      ...{ smtp, 'wecom-app': wecomAppSender, 'aws-sms': awsSmsSender, 'aliyun-sms-intl': aliyunSmsIntlSender },
    } as unknown as GatewayDeps['channels'],
    env: {
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2: texts.url,
      FENGHUO_WECOM_APP_URL: wecom.url,
    },
  }
  const message: LetterMessage = {
    ...{ v: 1, kind: 'letter', project: 'pay', contact: 'lin', content, url, until: world.now + 3_600_000 },
  }
  return { world, server, wecom, texts, message, send: () => sendLetter(message, deps, world.io()) }
}

it('goes by mail, in the language of who gets it, with the address as its last line, and nowhere else', async () => {
  const { server, wecom, texts, send } = await worldOf(['email', 'wecom', 'sms'])
  expect(await send()).toMatchObject({ status: 'sent' })
  expect(server.received).toMatchObject([{ envelope: { to: ['lin@example.com'] }, subject: '王磊想与您换班' }])
  expect(server.received[0]?.text.trim().split('\n')).toEqual([
    '王磊请您替 sre 的这一班：2026-12-05 10:00 – 2026-12-06 10:00。',
    content.note,
    '在您接受之前，什么都不会改变。接受或谢绝：',
    url,
  ])
  expect([wecom.received, texts.received]).toEqual([[], []])
})

it('goes to the person’s own chat where there is no mail, and shows no link but its own', async () => {
  const { wecom, send } = await worldOf(['wecom', 'sms'])
  expect(await send()).toMatchObject({ status: 'sent' })
  expect(wecom.received).toMatchObject([{ to: ['LinYue'] }])
  expect(JSON.stringify(wecom.received)).toContain('＜a href=')
  expect(JSON.stringify(wecom.received)).toContain(url)
})

it('goes by text where there is neither', async () => {
  const { texts, send } = await worldOf(['sms'])
  expect(await send()).toMatchObject({ status: 'sent' })
  expect(JSON.stringify(texts.received)).toContain('+6590000003')
})

it('goes on to the next after a definite refusal alone', async () => {
  const refused = await worldOf(['email', 'wecom'], { login: 'another' })
  expect(await refused.send()).toMatchObject({ status: 'sent' })
  expect(refused.wecom.received).toHaveLength(1)
})

it('that nobody takes is failed, and says so in the log without its words', async () => {
  const { world, send } = await worldOf([])
  expect(await send()).toMatchObject({ status: 'failed', failure: { class: 'no-route' } })
  expect(world.logged.at(-1)).toMatchObject({ event: 'letter', contact: 'lin', code: 'swap-asked' })
  expect(JSON.stringify(world.logged)).not.toContain('婚礼')
})

it('refused for now comes again while it is of use', async () => {
  const { world, message } = await worldOf([])
  const failure = { class: 'unreachable', vendor: 'smtp', code: 'ECONNECTION' } as const
  let sent = 0
  const letter = async () => {
    sent += 1
    return { status: 'retry', afterMs: 3_000_000, failure } as const
  }
  const paging = world.io({ gateway: { ...vendorGateway(world.gateway())(world.io()), letter } })
  await takeLetter(message, paging)
  expect(world.queue).toEqual([{ at: world.now + 900_000, message }])
  world.now = message.until - 1
  await takeLetter(message, paging)
  world.now = message.until
  await takeLetter(message, paging)
  expect([sent, world.queue.length]).toEqual([2, 1])
})
