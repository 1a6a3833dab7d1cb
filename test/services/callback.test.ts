import { beforeEach, expect, it } from 'vitest'
import { answerWeb } from '../../services/acknowledge/web.ts'
import { pressName } from '../../shared/channels/telegram/press-name.ts'
import { urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import { channelMemory } from '../../shared/delivery/channel-memory.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { LINK_MS, signLink } from '../../shared/incidents/acknowledge-link.ts'
import type { IncidentEvent } from '../../shared/incidents/incident.ts'
import { readSilences } from '../../shared/store/silences.ts'
import { directory, PathWorld } from '../engine/world.ts'
import { pressInFeishu } from '../simulators/feishu-app.ts'
import { pressInSlack } from '../simulators/slack.ts'
import { pressInTelegram } from '../simulators/telegram.ts'
import { pressOn, replacedBy, testOfUrl } from '../simulators/wecom-app-callback.ts'

const callback = { corp: 'ww01', token: 'FhToken123', aesKey: 'b'.repeat(43) }
const settings = { corp: callback.corp, callback: { token: '${WECOM_APP_TOKEN}', aesKey: callback.aesKey } }
const feishu = { app: 'cli_a0', callback: { token: 'verification-token', encryptKey: 'encrypt-key' } }
const people = {
  ...directory,
  contacts: {
    ...directory.contacts,
    lin: { name: '林悦', wecom: 'LinYue', slack: 'U0LINYUE', feishu: 'linyue', telegram: 'Lin_Yue' },
    wang: { name: '王磊', slack: 'U0WANG' },
  },
}

let world: PathWorld
let token: string

/** Somebody brings something to the address of a channel. */
function brings(
  method: string,
  { query = '', body, headers = {} }: { query?: string; body?: string; headers?: Record<string, string> },
  channel = 'app',
) {
  const request = urlRequestOf({
    rawPath: `/callback/${channel}`,
    rawQueryString: query,
    headers,
    requestContext: { http: { method } },
    ...(body !== undefined && { body }),
  })
  const deps = {
    secret: 'secret',
    language: 'zh',
    timezone: 'Asia/Shanghai',
    projects: ['pay'],
    channels: {
      app: { name: 'app', type: 'wecom-app', settings },
      telegram: { name: 'telegram', type: 'telegram', settings: { webhookSecret: 'a-secret-of-the-webhook' } },
      slack: { name: 'slack', type: 'slack', settings: { signingSecret: 'secret' } },
      feishu: { name: 'feishu', type: 'feishu-app', settings: feishu },
      quiet: { name: 'quiet', type: 'wecom-app', settings: null },
      ops: { name: 'ops', type: 'wecom-robot', settings: null },
    },
    env: { WECOM_APP_TOKEN: callback.token },
    directory: async () => people,
  } as const
  return answerWeb(request, deps, world.io())
}

const press = (user: string, key = token) =>
  brings('POST', pressOn({ user, key, task: 't1', code: 'c1', at: world.now }, callback))

/** `web` of `pay` is down and Lin is being called; a card of the application has been sent. */
beforeEach(async () => {
  world = new PathWorld()
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  token = signLink({ incident: 'pay#1#web', expiresAt: world.now + LINK_MS }, 'secret')
})

it('the test of its URL is answered', async () => {
  const query = testOfUrl('1616140317555161061', callback, world.now)
  expect(await brings('GET', { query })).toMatchObject({ statusCode: 200, body: '1616140317555161061' })
})

it('a press acknowledges as the person who pressed, and their card says so', async () => {
  const answer = await press('linyue')
  expect(world.incident()).toMatchObject({
    status: 'acknowledged',
    acknowledged: { by: { contact: 'lin', name: '林悦' }, via: 'button' },
  })
  expect(replacedBy(answer.body, callback)).toBe('林悦已认领')
})

it('the same press again, as the vendor repeats what was answered late, changes nothing', async () => {
  await press('LinYue')
  const before = structuredClone(world.incident())
  expect(replacedBy((await press('LinYue')).body, callback)).toBe('林悦已认领')
  expect(world.incident()).toEqual(before)
})

it('nobody is acknowledged for who is no contact, and is told', async () => {
  const answer = await press('Stranger')
  expect(world.incident()?.status).toBe('open')
  expect(replacedBy(answer.body, callback)).toBe('您不在联系人中')
})

it.each([
  [
    'that is too old',
    () => signLink({ incident: 'pay#1#web', expiresAt: world.now - 1 }, 'secret'),
    '按钮已失效，请看最新消息',
  ],
  ['that nobody of us signed', () => 'ack', '按钮已失效，请看最新消息'],
  [
    'of an earlier generation',
    () => signLink({ incident: 'pay#0#web', expiresAt: world.now + LINK_MS }, 'secret'),
    '已结束',
  ],
  [
    'of an incident that another region has told nobody of here',
    () => signLink({ incident: 'pay#1#db', expiresAt: world.now + LINK_MS }, 'secret'),
    '此处查无此单',
  ],
])('a button %s says so', async (_, key, says) => {
  expect(replacedBy((await press('LinYue', key())).body, callback)).toBe(says)
  expect(world.incident()?.status).toBe('open')
})

/** Something happens to the incident beside what is pressed. */
const happens = (event: IncidentEvent) => dispatchToIncident({ project: 'pay', groupKey: 'web' }, { event }, world.io())

it('a press after the end says that it is over', async () => {
  await happens({ type: 'resolve', generation: 1, via: 'cli' })
  expect(replacedBy((await press('LinYue')).body, callback)).toBe('已结束')
})

it('a press on what a system has acknowledged says that it is taken, not that it is over', async () => {
  await happens({ type: 'acknowledge', generation: 1, via: 'system' })
  expect(world.incident()?.status).toBe('acknowledged')
  expect(replacedBy((await press('LinYue')).body, callback)).toBe('已被认领')
})

it('what the vendor did not sign is refused', async () => {
  const { query, body } = pressOn(
    { user: 'LinYue', key: token, task: 't1', at: world.now },
    { ...callback, token: 'x' },
  )
  expect(await brings('POST', { query, body })).toMatchObject({ statusCode: 403, body: '' })
  expect(world.incident()?.status).toBe('open')
})

it.each(['quiet', 'ops', 'none', '%E0'])('channel %s listens to nobody', async (channel) => {
  const { statusCode } = await brings(
    'POST',
    pressOn({ user: 'LinYue', key: token, task: 't', at: 1 }, callback),
    channel,
  )
  expect(statusCode).toBe(channel === '%E0' ? 503 : 404)
})

it('a table that does not answer lets the vendor ask again', async () => {
  world.incidents.get = () => Promise.reject(new Error('throttled'))
  expect((await press('LinYue')).statusCode).toBe(503)
})

const pressedInSlack = (user: string, value = token) =>
  brings('POST', pressInSlack(user, value, 'secret', world.now), 'slack')
const answers = () => world.queue.map(({ message }) => message).filter(({ kind }) => kind === 'press')

it('a press in Slack acknowledges as its member, is answered with nothing, and page is to tell them', async () => {
  const answer = await pressedInSlack('U0LINYUE')
  expect(answer).toMatchObject({ statusCode: 200, body: '' })
  expect(answers()).toEqual([{ v: 1, kind: 'press', channel: 'slack', to: 'U0LINYUE', result: 'taken', name: '林悦' }])
  expect(world.incident()).toMatchObject({
    status: 'acknowledged',
    acknowledged: { by: { contact: 'lin' }, via: 'button' },
  })
})

it('in Slack, who is no contact, late or slower than others is told as well, and an unsigned press nobody', async () => {
  await pressedInSlack('U0STRANGER')
  await pressedInSlack('U0LINYUE', signLink({ incident: 'pay#1#web', expiresAt: world.now - 1 }, 'secret'))
  await press('LinYue')
  await pressedInSlack('U0WANG')
  const forged = pressInSlack('U0LINYUE', token, 'another secret', world.now)
  expect(await brings('POST', forged, 'slack')).toMatchObject({ statusCode: 403 })
  expect(answers()).toMatchObject([
    { to: 'U0STRANGER', result: 'nobody' },
    { to: 'U0LINYUE', result: 'expired' },
    { to: 'U0WANG', result: 'taken', name: '林悦' },
  ])
})

it('a press in Slack counts though the queue does not take its answer', async () => {
  const { escalate, ...io } = world.io()
  world.io = () => ({
    ...io,
    escalate: (message, delayMs) =>
      message.kind === 'press' ? Promise.reject(new Error('SQS')) : escalate(message, delayMs),
  })
  expect(await pressedInSlack('U0LINYUE')).toMatchObject({ statusCode: 200 })
  expect(world.incident()?.status).toBe('acknowledged')
})

it('a press in Telegram acknowledges by the link that was kept with its button, and one that nobody knows has expired', async () => {
  const key = '0123456789abcdef'
  const pressed = (of = key) => {
    const { headers, body } = pressInTelegram(
      { id: 7, username: 'lin_yue' },
      `acknowledge:${of}`,
      'a-secret-of-the-webhook',
    )
    return brings('POST', { headers, body }, 'telegram')
  }
  await channelMemory('telegram', 'secret', world.io()).write(pressName(key), token, world.now + LINK_MS)
  expect(JSON.parse((await pressed('fedcba9876543210')).body)).toMatchObject({ text: '按钮已失效，请看最新消息' })
  expect(world.incident()?.status).toBe('open')
  expect(JSON.parse((await pressed()).body)).toMatchObject({ text: '林悦已认领', show_alert: false })
  expect(world.incident()).toMatchObject({ acknowledged: { by: { contact: 'lin' }, via: 'button' } })
  world.incidents.get = () => Promise.reject(new Error('throttled'))
  expect((await pressed()).statusCode).toBe(503)
})

it('a press in Feishu acknowledges as its user, by either id, and a toast says so', async () => {
  const value = { act: 'acknowledge', token }
  const user = { open_id: 'ou_lin', user_id: 'LinYue' }
  const answer = await brings(
    'POST',
    pressInFeishu(user, value, { app: feishu.app, ...feishu.callback }, world.now),
    'feishu',
  )
  expect(JSON.parse(answer.body)).toEqual({ toast: { type: 'success', content: '林悦已认领' } })
  expect(world.incident()).toMatchObject({
    status: 'acknowledged',
    acknowledged: { by: { contact: 'lin' }, via: 'button' },
  })
})

it('a press of somebody whom the chat does not name is nobody’s, though most contacts have no address there', async () => {
  const answer = await brings(
    'POST',
    pressInFeishu(
      { open_id: '' },
      { act: 'acknowledge', token },
      {
        ...feishu.callback,
        app: feishu.app,
      },
      world.now,
    ),
    'feishu',
  )

  expect(JSON.parse(answer.body)).toMatchObject({ toast: { type: 'warning' } })
  expect(world.incident()?.status).toBe('open')
})

it('a press on 转交 goes on to the next layer at once, and a press that comes twice does so once', async () => {
  const answer = await press('LinYue', `pass:${token}`)
  expect(replacedBy(answer.body, callback)).toBe('林悦已转交')
  expect(replacedBy((await press('LinYue', `pass:${token}`)).body, callback)).toBe('林悦已转交')
  await world.settle()
  expect(world.incident()).toMatchObject({ status: 'open', escalation: { round: 0, layer: 1 } })
})

it('a press on 转交 that comes twice at once, as its first answer is late, goes on once', async () => {
  await Promise.all([press('LinYue', `pass:${token}`), press('LinYue', `pass:${token}`)])
  await world.settle()
  expect(world.incident()).toMatchObject({ status: 'open', escalation: { round: 0, layer: 1 } })
})

it('takes it once by a press: what was given back since pages on, until somebody presses again', async () => {
  const first = pressOn({ user: 'LinYue', key: token, task: 't1', at: world.now }, callback)
  await brings('POST', first)
  const lin = { contact: 'lin', name: '林悦' }
  const given = { type: 'give-back', generation: 1, via: 'console', by: lin } as const
  await dispatchToIncident({ project: 'pay', groupKey: 'web' }, { event: given }, world.io())
  await brings('POST', first)
  expect(world.incident()?.status).toBe('open')
  world.now += 60_000
  await press('LinYue')
  expect(world.incident()?.status).toBe('acknowledged')
})

it('a press on 静默1小时 has nobody paged for an hour, and only for this incident', async () => {
  // The list of what is open lags behind.
  world.incidents.listed = async () => []
  const answer = await press('LinYue', `silence:${token}`)
  expect(replacedBy(answer.body, callback)).toBe('林悦静默1小时')
  await press('LinYue', `silence:${token}`)
  await world.settle()
  expect(world.incident()?.escalation).toMatchObject({ phase: 'paused', pause: { until: world.now + 3_600_000 } })
  const [silence, ...others] = await readSilences(world.io())
  expect(others).toEqual([])
  expect(silence).toMatchObject({ by: '林悦', endsAt: world.now + 3_600_000 })
})

it.each(['pass', 'silence'])('%s is for contacts alone, and not after the end', async (act) => {
  expect(replacedBy((await press('Stranger', `${act}:${token}`)).body, callback)).toBe('您不在联系人中')
  await happens({ type: 'resolve', generation: 1, via: 'cli' })
  expect(replacedBy((await press('LinYue', `${act}:${token}`)).body, callback)).toBe('已结束')
  expect(await readSilences(world.io())).toEqual([])
})
