import { describe, expect, it } from 'vitest'
import { language } from '../../cli/drill/files.ts'
import { stageEventOf } from '../../cli/drill/stack-event.ts'
import type { SentMessage, StackEvent } from '../../local/journal.ts'
import type { Channel } from '../../shared/channels/channel.ts'
import { dingtalk } from '../../shared/channels/dingtalk/dingtalk.ts'
import { wecomRobot } from '../../shared/channels/wecom-robot/wecom-robot.ts'
import type { Notice } from '../../shared/incidents/notice.ts'
import { emailOf } from '../../shared/messages/email.ts'
import { smsSlots, smsTemplates } from '../../shared/messages/sms.ts'
import { acknowledged, escalated, exhausted, inEnglish, messageOf, opened, resolved } from '../messages/notices.ts'
import type { SimulatedCall } from '../simulators/connect/simulated-call.ts'

const AT = Date.UTC(2026, 10, 21, 3)
const inDrill = (notice: Notice) => messageOf(inEnglish(notice), { language })
const seen = (message: Omit<SentMessage, 'id' | 'at' | 'format' | 'title'>) =>
  stageEventOf({ type: 'message', message: { id: 1, at: AT, format: 'text', title: { zh: '', en: '' }, ...message } })

/** What a robot's channel posts. */
async function posted<S>(channel: Channel<S>, settings: S, notice: Notice): Promise<string> {
  const bodies: { markdown: { content?: string; text?: string } }[] = []
  await channel.send(inDrill(notice), { people: {} }, settings, {
    now: () => AT,
    env: {},
    signal: new AbortController().signal,
    fetch: async (_, init) => {
      bodies.push(JSON.parse(String(init?.body)))
      return new Response('{"errcode":0,"errmsg":"ok"}')
    },
  })
  return bodies[0]?.markdown.content ?? bodies[0]?.markdown.text ?? ''
}

/** An approved template with its variables filled in. */
function sms(notice: Notice): string {
  const slots = smsSlots(inDrill(notice))
  const template = slots && smsTemplates[language][slots.template]
  return template?.replace(/\{(\d)\}/g, (_, index) => slots?.params[Number(index) - 1] ?? '') ?? ''
}

describe('a message', () => {
  it.each([opened, escalated, acknowledged, resolved])('to the group tells: $kind', async (notice) => {
    const wecom = await posted(wecomRobot as Channel<unknown>, { key: 'key' }, notice)
    expect(seen({ channel: 'wecom-robot', text: wecom })).toEqual({
      type: 'message',
      at: AT,
      channel: 'wecom-robot',
      what: notice.kind,
    })
    const ding = await posted(dingtalk as Channel<unknown>, { token: 't' }, notice)
    expect(seen({ channel: 'dingtalk', text: ding })).toMatchObject({ channel: 'dingtalk', what: notice.kind })
  })

  it.each([
    { ...opened, kind: 'page' as const },
    { ...resolved, kind: 'resolved' as const },
  ])('to one person tells: $kind', (notice) => {
    const { subject, text } = emailOf(inDrill(notice), 9_000)
    expect(seen({ channel: 'email', to: 'lin@example.com', text: `${subject}\n\n${text}` })).toMatchObject({
      channel: 'email',
      to: 'lin@example.com',
      what: notice.kind,
    })
    expect(seen({ channel: 'sms', to: '+8613800000001', text: `【烽火】${sms(notice)}` })).toMatchObject({
      what: notice.kind,
    })
  })

  it('that nobody answered is told from one that somebody is called', () => {
    const { subject } = emailOf(inDrill(exhausted), 9_000)
    expect(seen({ channel: 'email', to: 'lin@example.com', text: subject })).toMatchObject({ what: 'exhausted' })
  })

  it('that was refused was not told', () => {
    expect(seen({ channel: 'dingtalk', text: '', refused: '310000 sign not match' })).toEqual({
      type: 'trouble',
      at: AT,
      text: 'dingtalk refused a message: 310000 sign not match',
    })
  })
})

describe('a call', () => {
  const call = { contactId: 'c1', to: '+8613800000001', disconnectReason: 'TELECOM_UNANSWERED' } as SimulatedCall
  const of = { at: AT, call: 'c1', phone: '+8613800000001' }
  const told = (event: Extract<StackEvent, { type: 'call' }>['event']) => stageEventOf({ type: 'call', at: AT, event })

  it.each([
    { event: { type: 'ring', call } as const, meaning: { type: 'ring', ...of } },
    { event: { type: 'answered', call } as const, meaning: undefined },
    { event: { type: 'speak', call, spoken: { voice: 'Joanna', text: 'hello' } } as const, meaning: undefined },
    { event: { type: 'listening', call } as const, meaning: { type: 'listening', ...of } },
    { event: { type: 'key', call, key: '1' } as const, meaning: { type: 'key', key: '1', ...of } },
    { event: { type: 'disconnected', call } as const, meaning: { type: 'ended', reason: 'TELECOM_UNANSWERED', ...of } },
    {
      event: { type: 'lambda-failed', call, reason: 'not back within 8000 ms' } as const,
      meaning: { type: 'trouble', at: AT, text: 'the call of +8613800000001: not back within 8000 ms' },
    },
  ])('$event.type', ({ event, meaning }) => {
    expect(told(event)).toEqual(meaning)
  })
})

it('a function that failed is trouble', () => {
  const event: StackEvent = { type: 'failed', at: AT, function: 'page', error: new Error('no table') }
  expect(stageEventOf(event)).toEqual({ type: 'trouble', at: AT, text: 'page failed: no table' })
})
