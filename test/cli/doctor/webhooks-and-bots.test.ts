import { expect, it, onTestFinished } from 'vitest'
import { robots } from '../../../cli/doctor/channels.ts'
import { startDiscordSimulator } from '../../simulators/discord.ts'
import type { MessageVendor } from '../../simulators/messages.ts'
import { startSlackSimulator } from '../../simulators/slack.ts'
import { startTelegramSimulator } from '../../simulators/telegram.ts'
import { fenghuoYml } from '../terminal.ts'
import { configOf, lines, now, patientWith } from './patient.ts'

const clock = { now: () => now }
const told = 'the vendor knows it, and takes its key: nothing was posted'
const inferred = 'the key is good: inferred from how a nonsense message was refused, nothing was posted'
const gone = 'there is no such robot, application or instance'

/** The finding of one channel, as it is configured, at its vendor. */
async function look(
  start: () => Promise<MessageVendor<unknown>>,
  variable: string,
  channel: string,
  fail?: 'rate-limit',
) {
  const vendor = await start()
  onTestFinished(() => vendor.close())
  if (fail) vendor.fail({ kind: fail })
  const config = configOf(fenghuoYml.replace('policies:\n', `  group: ${channel}\npolicies:\n`))
  const all = await lines(robots, patientWith({ [variable]: vendor.url }, { config, channelEnv: async () => ({}) }))
  expect(vendor.received, 'doctor posts nothing').toEqual([])
  return all.find((line) => line.includes(' group: '))
}

const slack = () => startSlackSimulator({ ...clock, hooks: ['T/B/good'], app: { token: 'xoxb-good', channels: [] } })
const discord = () => startDiscordSimulator({ ...clock, hooks: ['1/good'] })
const telegram = () => startTelegramSimulator({ ...clock, token: '1:good', chats: ['-100'] })

it.each<[of: string, start: () => Promise<MessageVendor<unknown>>, variable: string, channel: string, line: string]>([
  ['a webhook of Slack', slack, 'FENGHUO_SLACK_URL', '{ type: slack, hook: T/B/good }', `ok group: ${inferred}`],
  [
    'one that is gone',
    slack,
    'FENGHUO_SLACK_URL',
    '{ type: slack, hook: T/B/gone }',
    `fault group: ${gone}: no_service`,
  ],
  [
    'an app of Slack',
    slack,
    'FENGHUO_SLACK_URL',
    '{ type: slack, token: xoxb-good, channel: C0ONCALL }',
    `ok group: ${told}`,
  ],
  [
    'one with another token',
    slack,
    'FENGHUO_SLACK_URL',
    '{ type: slack, token: xoxb-other, channel: C0ONCALL }',
    'fault group: key, password or token not accepted: invalid_auth',
  ],
  ['a webhook of Discord', discord, 'FENGHUO_DISCORD_URL', '{ type: discord, hook: 1/good }', `ok group: ${told}`],
  [
    'one that was deleted',
    discord,
    'FENGHUO_DISCORD_URL',
    '{ type: discord, hook: 1/gone }',
    `fault group: ${gone}: 10015 “Unknown Webhook”`,
  ],
  [
    'a bot of Telegram in its group',
    telegram,
    'FENGHUO_TELEGRAM_URL',
    '{ type: telegram, token: "1:good", chat: -100 }',
    `ok group: ${told}`,
  ],
  [
    'a bot that is in another group',
    telegram,
    'FENGHUO_TELEGRAM_URL',
    '{ type: telegram, token: "1:good", chat: -200 }',
    'fault group: the group or recipient is gone: 400 “Bad Request: chat not found”',
  ],
  [
    'a bot whose token was revoked',
    telegram,
    'FENGHUO_TELEGRAM_URL',
    '{ type: telegram, token: "1:gone", chat: -100 }',
    'fault group: key, password or token not accepted: 401 “Unauthorized”',
  ],
])('%s', async (_, start, variable, channel, line) => {
  expect(await look(start, variable, channel)).toBe(line)
})

it('one that is asked too fast tells nothing else', async () => {
  const channel = '{ type: discord, hook: 1/good }'
  expect(await look(discord, 'FENGHUO_DISCORD_URL', channel, 'rate-limit')).toMatch(
    /^warning group: over 60 posts a minute/,
  )
})
