import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { slackCallback } from '../../shared/channels/slack/slack.callback.ts'
import { slack } from '../../shared/channels/slack/slack.ts'
import { acknowledged, at, exhausted, messageOf, opened } from '../messages/notices.ts'
import sample from '../samples/slack-signature-v0.selfcomputed.json' with { type: 'json' }
import type { MessageVendor } from '../simulators/messages.ts'
import { pressInSlack, type SlackMessage, startSlackSimulator } from '../simulators/slack.ts'
import { eachRow } from './each-row.ts'
import { group, ioWith, memory } from './io.ts'

const hook = { hook: 'T01/B01/abc' }
const app = { token: 'xoxb-1', channel: 'C0ONCALL', signingSecret: 'secret' }
const people = { ...group.people, lin: { name: '林悦', slack: 'U0LINYUE' } }
const links = { acknowledge: 'https://oncall.example.com/ack?t=abc.def', token: 'abc.def' }
let vendor: MessageVendor<SlackMessage>
let kept: ReturnType<typeof memory>
const send = (notice = opened, settings: Parameters<typeof slack.send>[2] = hook) =>
  slack.send(
    messageOf(notice, { links }),
    { people },
    settings,
    ioWith({ FENGHUO_SLACK_URL: vendor.url }, { memory: kept }),
  )

beforeEach(async () => {
  kept = memory(() => at('02:14'))
  vendor = await startSlackSimulator({
    hooks: ['T01/B01/abc'],
    app: { token: 'xoxb-1', channels: ['C0ONCALL'], members: ['U0LINYUE'] },
    now: () => at('02:14'),
  })
})
afterEach(() => vendor.close())

describe('what the channel sees', () => {
  test('opened: a section that mentions who is being called, and what notifications show', async () => {
    expect(await send()).toEqual({ status: 'sent' })
    expect(vendor.received[0]?.text).toBe('严重 不可用 | 支付 / 收银台 #1024')
    expect(vendor.received[0]?.body).toBe(
      [
        '*严重 不可用 | 支付 / 收银台* #1024',
        '• 起于 02:13，已 1 分钟，3 处中 2 处失败',
        '• 腾讯云广州：*连接超时 5.0s*',
        '• 阿里云杭州：*HTTP 502，213ms*',
        '• AWS 新加坡：正常，182ms',
        '• 目标：https://pay.example.com/healthz',
        '• 正在呼叫 <@U0LINYUE>，02:19 前无人认领转 王磊',
        '',
        '<https://oncall.example.com/ack?t=abc.def|认领> | <https://wiki.example.com/runbook/pay/web|手册>',
        '',
        '烽火 2026-11-22 02:14 (UTC+8)',
      ].join('\n'),
    )
  })

  test('exhausted calls the channel; what others wrote calls nobody', async () => {
    await send(exhausted)
    await send({ ...opened, title: '<!channel> <@U0LINYUE> & *x*' })
    expect(vendor.received[0]?.body).toMatch(/^<!channel> /)
    expect(vendor.received[1]?.body).toMatch(/^\*.*&lt;!channel&gt; &lt;@U0LINYUE&gt; &amp; ＊x＊/)
  })

  test('an app’s message has three buttons, which go when somebody has it', async () => {
    await send(opened, app)
    expect(vendor.received).toMatchObject([
      { to: 'C0ONCALL', button: 'abc.def', buttons: ['认领', '转交', '静默1小时'] },
    ])
    await send(acknowledged, app)
    expect(vendor.received[0]?.button).toBeUndefined()
    expect(vendor.received[0]?.text).toContain('已认领')
  })

  test('what a digest tells of several changes the card of each', async () => {
    const other = { ...opened, incident: 'pay#1#other', number: 1025 }
    await send(opened, app)
    await send(other, app)
    const of = [acknowledged, { ...acknowledged, incident: 'pay#1#other', number: 1025 }]
    const digest = { of: of.map((notice) => ({ notice, repeat: false })), more: 0 }
    const io = ioWith({ FENGHUO_SLACK_URL: vendor.url }, { memory: kept })
    await slack.send(messageOf(acknowledged, { digest }), { people }, app, io)
    expect(vendor.received.map(({ button, text }) => [button, /#\d+/.exec(text)?.[0]])).toEqual([
      [undefined, '#1024'],
      [undefined, '#1025'],
      [undefined, undefined],
    ])
  })

  test('what has happened and does not go on has no button: nothing follows from it', async () => {
    await send({ ...opened, kind: 'once' }, app)
    expect(vendor.received).toMatchObject([{ to: 'C0ONCALL' }])
    expect(vendor.received[0]?.button).toBeUndefined()
  })

  test('blocks that are refused are said as text', async () => {
    vendor.fail({ kind: 'error', code: 'invalid_blocks' })
    expect(await send()).toEqual({ status: 'sent' })
    expect(vendor.received).toMatchObject([{ body: '', text: expect.stringContaining('连接超时') }])
  })
})

describe('the vendor says, by a word', () => {
  // What is about the blocks comes twice, as the text is refused as well.
  const twice = ['bad-request', 'content-refused']
  const of = (error: string) => (twice.includes(slack.errors.codes[error]?.class ?? '') ? 2 : 1)
  eachRow('slack', slack.errors, {
    fail: (...failures) =>
      vendor.fail(...failures.flatMap((one) => Array.from({ length: of(String(Object(one).code)) }, () => one))),
    send: () => send(),
  })

  test.each(['not_in_channel', 'missing_scope', 'ratelimited'])('%s in a 200 of the Web API', async (error) => {
    const io = ioWith({}, { fetch: async () => new Response(JSON.stringify({ ok: false, error })) })
    expect(await slack.send(messageOf(opened), group, app, io)).toMatchObject({
      failure: { code: error, class: slack.errors.codes[error]?.class },
    })
  })

  test('no to an unknown webhook, token and channel', async () => {
    expect(await send(opened, { hook: 'T/B/x' })).toMatchObject({ failure: { code: 'no_service' } })
    expect(await send(opened, { ...app, token: 'x' })).toMatchObject({ failure: { code: 'invalid_auth' } })
    expect(await send(opened, { ...app, channel: 'C1' })).toMatchObject({ failure: { code: 'channel_not_found' } })
  })

  test('nothing of its own: it may have been posted', async () => {
    vendor.fail({ kind: 'garbage' })
    expect(await send()).toMatchObject({ status: 'unknown' })
  })
})

describe('a press', () => {
  const { interaction, published } = sample
  const headers = Object.fromEntries(
    Object.entries(interaction.headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const at = Number(interaction.headers['X-Slack-Request-Timestamp']) * 1000
  const read = (changes = {}, body = interaction.body, secret = interaction.signingSecret, now = at) =>
    slackCallback.read(
      { method: 'POST', query: new URLSearchParams(), headers: { ...headers, ...changes }, body },
      { signingSecret: secret },
      now,
      '',
    )

  test('is taken as Slack signs it; other actions than ours mean nothing', () => {
    expect(read()).toMatchObject({ status: 200, body: '' })
    const own = { 'x-slack-request-timestamp': published.timestamp, 'x-slack-signature': published.signature }
    expect(read(own, published.body, published.signingSecret, Number(published.timestamp) * 1000)).toMatchObject({
      status: 200,
    })
  })

  test.each(['acknowledge', 'pass', 'silence'])('on the button %s does that, once', (action) => {
    const { headers, body } = pressInSlack('U0LINYUE', 'abc.def', 'secret', at, action)
    const request = { method: 'POST', query: new URLSearchParams(), headers, body }
    expect(slackCallback.read(request, { signingSecret: 'secret' }, at, '')).toMatchObject({
      token: 'abc.def',
      act: action,
      id: 'U0LINYUE',
      once: String(at / 1000),
    })
  })

  test.each([
    ['a changed body', {}, `${interaction.body}x`, interaction.signingSecret, at],
    ['another secret', {}, interaction.body, 'x', at],
    ['six minutes later', {}, interaction.body, interaction.signingSecret, at + 360_000],
    ['no signature', { 'x-slack-signature': '' }, interaction.body, interaction.signingSecret, at],
    ['no time', { 'x-slack-request-timestamp': '' }, interaction.body, interaction.signingSecret, at],
  ])('%s is refused', (_, changes, body, secret, now) => {
    expect(read(changes, body, secret, now)).toMatchObject({ status: 403 })
  })
})

describe('a letter to one member', () => {
  const letter = {
    subject: 'Your link',
    text: 'Sign in <!channel> *now*\nhttps://oncall.example.com/sign-in/link/open?link=a_b-c',
  }
  const write = (settings: Parameters<typeof slack.send>[2], of: Record<string, Record<string, string>>) =>
    slack.write?.(letter, { people: of }, settings, ioWith({ FENGHUO_SLACK_URL: vendor.url }, { memory: kept }))
  const lin = { lin: { slack: 'U0LINYUE' } }

  test('comes by the app, to them alone, and calls nobody', async () => {
    expect(await write(app, lin)).toEqual({ status: 'sent' })
    expect(vendor.received).toMatchObject([{ to: 'U0LINYUE' }])
    expect(vendor.received[0]?.text).toContain('open?link=a_b-c')
    expect(vendor.received[0]?.text).not.toMatch(/<!|\*/)
  })

  test.each([
    ['of a webhook alone', hook, lin],
    ['to whom Slack does not know', app, { lin: {} }],
    ['to a channel’s name', app, { lin: { slack: '#general' } }],
    ['to whom the app may not write', app, { lin: { slack: 'U0OTHER' } }],
  ])('%s is refused, and another channel takes over', async (_, settings, of) => {
    expect(await write(settings, of as Record<string, Record<string, string>>)).toMatchObject({ status: 'failed' })
    expect(vendor.received).toEqual([])
  })
})
