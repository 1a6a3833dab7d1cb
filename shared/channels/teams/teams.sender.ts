import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'
import { ofKind } from '../../incidents/notice-kinds.ts'
import { compose } from '../../messages/compose.ts'
import { type Dialect, render, withoutMarkup } from '../../messages/markup.ts'
import type { SenderOf } from '../channel.ts'
import { post, readByStatus } from '../post.ts'
import { fingerprint } from '../robot.ts'
import type { Settings } from './settings.ts'

const VENDOR = 'teams'

/** A card may have 28 KB in all, a workflow four requests a second: we stay well below both. */
const limits = {
  source: 'learn.microsoft.com, Create and send messages: Adaptive Cards, rate limiting',
  maxBytes: 12_000,
  perMinute: 60,
}

/** Buttons that a card shows without a menu. */
const MOST_ACTIONS = 5

const newFlow: Remedy = {
  zh: '请在 Teams 的“工作流”中新建，并指定共同所有者，在部署环境中设置它的地址后再次部署',
  en: 'make the workflow anew, name a co-owner, set its address where you deploy, and deploy',
}

const errors: ErrorTable = {
  source: 'learn.microsoft.com, Create and send messages (workflow webhooks)',
  codes: {
    400: { class: 'bad-request' },
    401: { class: 'bad-credentials', remedy: newFlow },
    403: { class: 'not-allowed', remedy: newFlow },
    404: { class: 'no-such-sender', remedy: newFlow },
    413: { class: 'content-refused' },
    429: { class: 'rate-limited', afterMs: 5_000 },
  },
}

/** What sends, without what describes it: all that `page` loads of this channel. */
export const teamsSender: SenderOf<Settings> = {
  type: VENDOR,
  errors,
  limits,
  rateKey: ({ url }) => fingerprint(url),
  async send(message, _to, { url }, io) {
    const composition = compose(message)
    const text = render({ ...composition, links: [] }, dialect, limits.maxBytes, message.language)
    const actions = composition.links
      .slice(0, MOST_ACTIONS)
      .map(({ text: title, href }) => ({ type: 'Action.OpenUrl', title, url: href }))
    const color = ofKind(message.notice.kind).leaves === 'over' ? 'Good' : 'Attention'
    const title = {
      type: 'TextBlock',
      size: 'Large',
      weight: 'Bolder',
      color,
      wrap: true,
      text: withoutMarkup(composition.title),
    }
    const content = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      body: [title, { type: 'TextBlock', wrap: true, text }],
      ...(actions.length > 0 && { actions }),
    }
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }]
    return post({ url, body: { type: 'message', attachments }, ...readByStatus(VENDOR, errors) }, io)
  },
}

/** The title is a block of its own; a text block knows bold, lists and links. */
const dialect: Dialect = {
  escape: (text) => withoutMarkup(text).replaceAll('_', '＿'),
  bad: (text) => `**${text}**`,
  good: (text) => text,
  mention: ({ name }) => dialect.escape(name),
  link: ({ text }) => text,
  head: () => '',
  line: (markup) => `- ${markup}`,
  footer: true,
}
