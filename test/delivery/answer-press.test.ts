import { afterEach, beforeEach, expect, it } from 'vitest'
import { slackSender } from '../../shared/channels/slack/slack.sender.ts'
import type { PressAnswer } from '../../shared/contracts/step.ts'
import { answerPress } from '../../shared/delivery/answer-press.ts'
import { PathWorld } from '../engine/world.ts'
import type { MessageVendor } from '../simulators/messages.ts'
import { type SlackMessage, startSlackSimulator } from '../simulators/slack.ts'

let world: PathWorld
let vendor: MessageVendor<SlackMessage>
beforeEach(async () => {
  world = new PathWorld()
  const settings = { token: '${SLACK_TOKEN}', channel: 'C0ONCALL', signingSecret: 'secret' }
  world.config.channels.team = { name: 'team', type: 'slack', settings }
  const app = { token: 'xoxb-1', channels: ['C0ONCALL'] }
  vendor = await startSlackSimulator({ app, now: () => world.now })
  world.env = { SLACK_TOKEN: 'xoxb-1', FENGHUO_SLACK_URL: vendor.url }
})
afterEach(() => vendor.close())

const answer = (changes: Partial<PressAnswer> = {}) => {
  const deps = { ...world.gateway(), channels: { slack: slackSender as never } }
  const to = { v: 1, kind: 'press', channel: 'team', to: 'U0LINYUE', result: 'taken', name: '林悦' } as const
  return answerPress({ ...to, ...changes }, deps, world.io())
}

it.each<[PressAnswer['result'], string]>([
  ['taken', '林悦已认领'],
  ['passed', '林悦已转交'],
  ['silenced', '林悦静默1小时'],
  ['over', '已结束'],
  ['expired', '按钮已失效，请看最新消息'],
  ['nobody', '您不在联系人中'],
])('%s is told in Slack to whoever pressed, and to nobody else', async (result, text) => {
  await answer({ result })
  expect(vendor.received).toMatchObject([{ to: 'C0ONCALL', onlyFor: 'U0LINYUE', text }])
})

it('a name of others is escaped', async () => {
  await answer({ name: '<!channel>' })
  expect(vendor.received[0]?.text).toBe('&lt;!channel&gt; 已认领')
})

it('what fails is logged, and not tried again', async () => {
  vendor.fail({ kind: 'rate-limit' })
  await answer()
  expect(vendor.received).toEqual([])
  expect(world.logged).toMatchObject([{ level: 'warn', event: 'press not answered', channel: 'team', status: 'retry' }])
})

it.each([
  ['a channel that is gone', { channel: 'earlier' }],
  ['one that answers presses itself', { channel: 'ops' }],
])('%s tells nothing', async (_, changes) => {
  await answer(changes)
  expect(vendor.requests).toEqual([])
})
