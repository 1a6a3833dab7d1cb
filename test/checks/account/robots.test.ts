import { expect, it, onTestFinished } from 'vitest'
import { startDingtalkSimulator } from '../../simulators/dingtalk.ts'
import { startDiscordSimulator } from '../../simulators/discord.ts'
import { startFeishuSimulator } from '../../simulators/feishu.ts'
import type { MessageVendor } from '../../simulators/messages.ts'
import { startSlackSimulator } from '../../simulators/slack.ts'
import { startTelegramSimulator } from '../../simulators/telegram.ts'
import { startWecomSimulator } from '../../simulators/wecom-robot.ts'
import { seenBy, someIo } from '../records.ts'

const now = Date.now
const signed = { token: 'good', secret: 'SECsigning' }

/** Each kind of robots: its vendor with one of them, the variable that leads there, and the keys of the good one and of one that is gone. */
const kinds: [string, () => Promise<MessageVendor<unknown>>, string, object, object][] = [
  [
    'wecom-robot',
    () => startWecomSimulator({ now, keys: ['good'] }),
    'FENGHUO_WECOM_URL',
    { key: 'good' },
    { key: 'gone' },
  ],
  [
    'dingtalk',
    () => startDingtalkSimulator({ now, robots: [signed] }),
    'FENGHUO_DINGTALK_URL',
    signed,
    { ...signed, token: 'gone' },
  ],
  [
    'feishu',
    () => startFeishuSimulator({ now, robots: [signed] }),
    'FENGHUO_FEISHU_URL',
    signed,
    { ...signed, token: 'gone' },
  ],
  [
    'slack',
    () => startSlackSimulator({ now, hooks: ['T/B/good'] }),
    'FENGHUO_SLACK_URL',
    { hook: 'T/B/good' },
    { hook: 'T/B/gone' },
  ],
  [
    'slack',
    () => startSlackSimulator({ now, app: { token: 'xoxb-good', channels: ['C0ONCALL'] } }),
    'FENGHUO_SLACK_URL',
    { token: 'xoxb-good' },
    { token: 'xoxb-gone' },
  ],
  [
    'discord',
    () => startDiscordSimulator({ now, hooks: ['1/good'] }),
    'FENGHUO_DISCORD_URL',
    { hook: '1/good' },
    { hook: '1/gone' },
  ],
  [
    'telegram',
    () => startTelegramSimulator({ now, token: '1:good', chats: [] }),
    'FENGHUO_TELEGRAM_URL',
    { token: '1:good' },
    { token: '1:gone' },
  ],
]

async function world(start: (typeof kinds)[0][1], variable: string) {
  const vendor = await start()
  onTestFinished(() => vendor.close())
  const seen = (...robots: object[]) => seenBy({ account: 'robots', robots }, someIo({ [variable]: vendor.url }))
  return { vendor, seen }
}

it.each(
  kinds,
)('a robot of %s that still answers is up, and one that is gone is down: nothing is posted', async (...of) => {
  const [type, start, variable, good, gone] = of
  const { vendor, seen } = await world(start, variable)
  expect(await seen({ type, ...good })).toEqual({ outcome: 'up' })
  expect(await seen({ type, ...good }, { type, name: '值班群', ...gone })).toMatchObject({
    outcome: 'down',
    fault: { code: 'account-key-refused', args: { action: '值班群' } },
  })
  expect(vendor.received).toEqual([])
})

it.each(kinds)('of a robot of %s whose vendor has trouble nothing is known', async (type, start, variable, good) => {
  const { vendor, seen } = await world(start, variable)
  vendor.fail({ kind: 'rate-limit' })
  expect(await seen({ type, ...good })).toMatchObject({ outcome: 'unknown', fault: { code: 'account-not-told' } })
  vendor.fail({ kind: 'garbage' })
  expect(await seen({ type, ...good })).toMatchObject({ outcome: 'unknown' })
  vendor.fail({ kind: 'http', status: 502 })
  expect(await seen({ type, ...good })).toMatchObject({ outcome: 'unknown' })
})

const startOf = (type: string) => kinds.find(([one]) => one === type)?.[1] ?? expect.unreachable(type)

it.each([
  ['dingtalk', 'FENGHUO_DINGTALK_URL'],
  ['feishu', 'FENGHUO_FEISHU_URL'],
])('%s: a wrong signing secret is down', async (type, variable) => {
  const { seen } = await world(startOf(type), variable)
  expect(await seen({ type, token: 'good', secret: 'SECother' })).toMatchObject({ outcome: 'down' })
})

it('a keyword that is asked for has the key taken before; an address that is not listed says nothing of it', async () => {
  const keyed = { token: 'good', keyword: '烽火' }
  const { vendor, seen } = await world(() => startDingtalkSimulator({ now, robots: [keyed] }), 'FENGHUO_DINGTALK_URL')
  vendor.fail({ kind: 'error', code: 310000, message: 'keywords not in content' })
  expect(await seen({ type: 'dingtalk', token: 'good' })).toEqual({ outcome: 'up' })
  vendor.fail({ kind: 'error', code: 310000, message: 'ip 1.2.3.4 not in whitelist' })
  expect(await seen({ type: 'dingtalk', token: 'good' })).toMatchObject({ outcome: 'unknown' })
})
