import { createHmac } from 'node:crypto'
import * as z from 'zod/mini'
import type { ErrorTable } from '../../contracts/vendor-errors.ts'
import type { Instant, Language } from '../../contracts/words.ts'
import { ofKind } from '../../incidents/notice-kinds.ts'
import { compose } from '../../messages/compose.ts'
import type { Composition } from '../../messages/composition.ts'
import { type Dialect, render, safeHref, withoutMarkup } from '../../messages/markup.ts'
import type { Message } from '../../messages/message.ts'
import { contactText } from '../../oncall/address.ts'
import { maskPhone } from '../../oncall/mask.ts'
import type { Channel, ChannelIo, Delivery, Target, VendorUrl } from '../channel.ts'
import { enableRobot, newRobot, setSecret, useKeyword, useSignature } from '../diagnoses/robot-remedies.ts'
import { post } from '../post.ts'
import { baseUrl } from '../references.ts'
import { errcodeOf, fingerprint, posted } from '../robot.ts'

/** The whole body may have 20 KB (not confirmed by the vendor's pages); the rest of it has room above `maxBytes`. */
const limits = {
  source: 'open.dingtalk.com, 自定义机器人接入',
  maxBytes: 16_000,
  perMinute: 20,
  lockOutMs: 600_000,
}

const VENDOR = 'dingtalk'

const url: VendorUrl = { variable: 'FENGHUO_DINGTALK_URL', base: 'https://oapi.dingtalk.com' }

const errors: ErrorTable = {
  source: 'open.dingtalk.com, 自定义机器人安全设置 and 全局错误码',
  codes: {
    '-1': { class: 'busy', afterMs: 2_000 },
    40035: { class: 'bad-request' },
    43004: { class: 'bad-request' },
    130101: { class: 'rate-limited', afterMs: limits.lockOutMs },
    300001: { class: 'no-such-sender', remedy: newRobot },
    // A robot's keyword, its list of addresses, or its signature and the time in it.
    310000: {
      class: 'security-setting',
      remedy: setSecret,
      whenSaid: [
        { words: /key ?word/i, class: 'no-keyword', remedy: useKeyword },
        { words: /\bip\b/i, class: 'our-address', remedy: useSignature },
      ],
    },
    400013: { class: 'recipient-gone', remedy: newRobot },
    400101: { class: 'no-such-sender', remedy: newRobot },
    400102: { class: 'sender-disabled', remedy: enableRobot },
    400105: { class: 'bad-request' },
    400106: { class: 'no-such-sender', remedy: newRobot },
    410100: { class: 'rate-limited', afterMs: 60_000 },
    430101: { class: 'content-refused' },
    430102: { class: 'content-refused' },
    430103: { class: 'content-refused' },
    430104: { class: 'content-refused' },
  },
}

const settings = z.strictObject({
  token: z.string().check(
    z.minLength(1),
    z.meta({
      description: "The part of the robot's webhook address after access_token=.",
      zh: '机器人 Webhook 地址中 access_token= 之后的部分。',
      examples: ['${DINGTALK_TOKEN}'],
    }),
  ),
  secret: z.optional(z.string().check(z.minLength(1))).check(
    z.meta({
      description: 'Of its security setting "sign"; begins with SEC.',
      zh: '安全设置“加签”的密钥，以 SEC 开头。',
      examples: ['${DINGTALK_SECRET}'],
    }),
  ),
  buttons: z.optional(z.boolean()).check(
    z.meta({
      description: 'What can be acknowledged is an ActionCard with links as buttons; such a card mentions nobody.',
      zh: '可认领的消息发 ActionCard，链接是按钮；这种卡片不能提到人。',
    }),
  ),
})
type Settings = z.infer<typeof settings>

/** A DingTalk custom robot, signed when it has a secret. Markdown, mentions by mobile number. */
export const dingtalk: Channel<Settings> = {
  type: 'dingtalk',
  title: { zh: '钉钉', en: 'DingTalk' },
  summary: {
    en: 'DingTalk custom robot: one post per state change, mentions who is being called.',
    zh: '钉钉自定义机器人：每次状态变化发一条，提到正在呼叫的人。',
  },
  reaches: 'group',
  address: {
    key: 'dingtalk',
    summary: {
      en: 'Phone number of the DingTalk account, where it is another than `phone`.',
      zh: '钉钉账号的手机号，与 `phone` 不同时才写。',
    },
    example: '+8613900000001',
    schema: contactText,
    mask: maskPhone,
  },
  settings,
  example: { token: '${DINGTALK_TOKEN}', secret: '${DINGTALK_SECRET}' },
  url,
  errors,
  diagnose: async () =>
    (await import('../diagnoses/diagnose-robot.ts')).diagnosisOf<Settings>({
      errors,
      limits,
      nonsense: ({ token, secret }, io) => ({
        url: dingtalkUrl(token, secret, io),
        body: { msgtype: 'fenghuo_doctor' },
      }),
      answerOf: errcodeOf,
    }),
  limits,
  rateKey: ({ token }) => fingerprint(token),
  async send(message, to, { token, secret, buttons }, io) {
    const composition = compose(message)
    const { callsEverybody } = ofKind(message.notice.kind)
    if (buttons && !callsEverybody && isOpen(composition, message))
      return postSigned(cardOf(composition, message), token, secret, io)
    const mentioned = composition.lines
      .flatMap((line) => line.spans)
      .flatMap((span) => (span.mention ? [mention(span.mention.contact, to)] : []))
      .filter((found) => found !== undefined)
    const text = render(
      composition,
      dialect(to, callsEverybody ? EVERYBODY[message.language] : ''),
      limits.maxBytes,
      message.language,
    )
    const shown = (ids: (string | undefined)[]): string[] =>
      ids.filter((id) => id !== undefined).filter((id) => text.includes(`@${id}`))
    const body = {
      msgtype: 'markdown',
      markdown: { title: composition.title, text },
      at: {
        atMobiles: shown(mentioned.map((found) => found.mobile)),
        atUserIds: shown(mentioned.map((found) => found.userId)),
        isAtAll: callsEverybody === true,
      },
    }
    return postSigned(body, token, secret, io)
  },
}

function isOpen({ links }: Composition, message: Message): boolean {
  return links.some(({ href }) => href === message.links.acknowledge)
}

/** Links become buttons, one below the other. Nobody is mentioned, so that what must be loud stays a text. */
function cardOf(composition: Composition, { language }: Message) {
  const text = render({ ...composition, links: [] }, dialect({ people: {} }, ''), limits.maxBytes, language)
  const btns = composition.links.map(({ text: title, href }) => ({ title, actionURL: inBrowser(href) }))
  return { msgtype: 'actionCard', actionCard: { title: composition.title, text, btnOrientation: '0', btns } }
}

/** Without this wrapping DingTalk opens links in its own side bar instead of the browser. */
function inBrowser(href: string): string {
  return `dingtalk://dingtalkclient/page/link?pc_slide=false&url=${encodeURIComponent(href.toWellFormed())}`
}

function postSigned(body: unknown, token: string, secret: string | undefined, io: ChannelIo): Promise<Delivery> {
  return post(
    {
      url: dingtalkUrl(token, secret, io),
      body,
      vendor: VENDOR,
      read: (answer) => posted(errcodeOf(answer), VENDOR, errors),
    },
    io,
  )
}

/** Where a robot takes its posts, signed for now when it has a secret. */
function dingtalkUrl(token: string, secret: string | undefined, { now, env }: Pick<ChannelIo, 'now' | 'env'>): string {
  const query = new URLSearchParams({ access_token: token })
  if (secret) {
    const timestamp = now()
    query.set('timestamp', String(timestamp))
    query.set('sign', sign(timestamp, secret))
  }
  return `${baseUrl(url, env)}/robot/send?${query}`
}

/** Base64 of HMAC-SHA256 over `timestamp\nsecret`, keyed with the secret; `at` in ms, valid for one hour. */
export const sign = (at: Instant, secret: string): string =>
  createHmac('sha256', secret).update(`${at}\n${secret}`).digest('base64')

/**
 * How the robot addresses a contact: by the mobile number or user id under `dingtalk`, else by a mainland phone number.
 * Other countries' numbers have a form of DingTalk's own, so they must be given.
 */
function mention(contact: string, to: Target): { mobile?: string; userId?: string } | undefined {
  const person = to.people[contact]
  const given = person?.dingtalk ?? (person?.phone?.startsWith('+86') ? person.phone : undefined)
  if (!given) return undefined
  const mobile = given.replace(/^\+86-?/, '')
  if (/^\+?[\d-]+$/.test(mobile)) return { mobile }
  return /^[\w.$-]+$/.test(given) ? { userId: given } : undefined
}

/** How a post says that everybody is mentioned; what mentions them is `isAtAll`. */
const EVERYBODY: Record<Language, string> = { zh: ' @所有人', en: ' @All' }

/** `everybody`: the mention at the end of the head, or nothing. */
const dialect = (to: Target, everybody: string): Dialect => ({
  escape: withoutMarkup,
  bad: (text) => `**${text}**`,
  good: (text) => text,
  mention: ({ contact, name }) => {
    const found = mention(contact, to)
    const id = found?.mobile ?? found?.userId
    return id ? `@${id}` : withoutMarkup(name)
  },
  link: ({ text, href }) => `[${text}](${safeHref(inBrowser(href))})`,
  head: (markup) => `#### ${markup}${everybody}\n`,
  line: (markup) => `- ${markup}`,
  footer: true,
})
