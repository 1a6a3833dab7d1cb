import { jsonIn } from '../../contracts/json-in.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'
import { ofKind } from '../../incidents/notice-kinds.ts'
import { compose } from '../../messages/compose.ts'
import { cutCharacters } from '../../messages/cut.ts'
import { type Dialect, render, safeHref } from '../../messages/markup.ts'
import type { SenderOf, Target, VendorUrl } from '../channel.ts'
import { refusal } from '../errors.ts'
import { post } from '../post.ts'
import { baseUrl } from '../references.ts'
import { fingerprint } from '../robot.ts'
import type { Settings } from './settings.ts'

const VENDOR = 'discord'

export const url: VendorUrl = { variable: 'FENGHUO_DISCORD_URL', base: 'https://discord.com' }

/** A description has 4,096 characters, of which a byte is never more than one; about five posts in two seconds. */
export const limits = {
  source: 'discord.com/developers/docs, Webhook resource; Rate limits',
  maxBytes: 4_000,
  perMinute: 60,
}

/** Characters of a message's content. */
const CONTENT = 2_000

const RED = 0xe74c3c
const GREEN = 0x2ecc71

const newHook: Remedy = {
  zh: '请在频道的 集成 → Webhook 中新建，在部署环境中设置后再次部署',
  en: "make a new one under the channel's Integrations → Webhooks, set it where you deploy, and deploy",
}

/** By the code in the body, else by the status. */
export const errors: ErrorTable = {
  source: 'discord.com/developers/docs, JSON error codes and Rate limits',
  codes: {
    401: { class: 'bad-credentials', remedy: newHook },
    404: { class: 'no-such-sender', remedy: newHook },
    429: { class: 'rate-limited', afterMs: 2_000 },
    10015: { class: 'no-such-sender', remedy: newHook },
    50027: { class: 'bad-credentials', remedy: newHook },
    50035: { class: 'bad-request' },
  },
}

/** What sends, without what describes it: all that `page` loads of this channel. */
export const discordSender: SenderOf<Settings> = {
  type: VENDOR,
  url,
  errors,
  limits,
  rateKey: ({ hook }) => fingerprint(hook),
  async send(message, to, { hook }, io) {
    const composition = compose(message)
    const description = render(composition, dialect, limits.maxBytes, message.language)
    const mentioned = composition.lines
      .flatMap(({ spans }) => spans)
      .flatMap(({ mention }) => (mention ? (idOf(mention.contact, to) ?? []) : []))
    const users = [...new Set(mentioned)]
    const content = [...users.map((id) => `<@${id}>`), escaped(composition.title)].join(' ')
    const { leaves, callsEverybody } = ofKind(message.notice.kind)
    const color = leaves === 'over' ? GREEN : RED
    // Without it @everyone in foreign text would ring.
    const allowed_mentions = { parse: callsEverybody ? ['everyone'] : [], users }
    const loud = callsEverybody ? '@everyone ' : ''
    const body = {
      content: `${loud}${cutCharacters(content, CONTENT - loud.length)}`,
      embeds: [{ description, color }],
      allowed_mentions,
    }
    return post(
      {
        url: `${baseUrl(url, io.env)}/api/webhooks/${hook}?wait=true`,
        body,
        vendor: VENDOR,
        read: (answer) => (typeof Object(answer).id === 'string' ? { status: 'sent' } : undefined),
        readAny({ status, text }) {
          if (status < 400 || status >= 500) return undefined
          const { code, message: said, retry_after: seconds } = Object(jsonIn(text))
          const named = ownProperty(errors.codes, String(code)) === undefined ? status : code
          const refused = refusal(VENDOR, String(named), said, errors)
          return refused.status === 'retry' && seconds > 0
            ? { ...refused, afterMs: Math.ceil(seconds * 1000) }
            : refused
        },
      },
      io,
    )
  },
}

function idOf(contact: string, to: Target): string | undefined {
  const id = to.people[contact]?.discord
  return id !== undefined && /^\d{5,20}$/.test(id) ? id : undefined
}

/** Backslashes keep signs from being markup; a zero-width space keeps `@everyone` from being more than letters. */
const escaped = (text: string): string => text.replace(/[\\*_~`|>[\]()#<]/g, '\\$&').replaceAll('@', '@\u200b')

const dialect: Dialect = {
  escape: escaped,
  bad: (text) => `**${text}**`,
  good: (text) => text,
  mention: ({ name }) => escaped(name),
  link: ({ text, href }) => `[${text}](${safeHref(href)})`,
  head: (markup) => markup,
  line: (markup) => `• ${markup}`,
  footer: true,
}
