import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'
import { ofKind } from '../../incidents/notice-kinds.ts'
import { compose } from '../../messages/compose.ts'
import { cutBytes, cutCharacters, oneLine } from '../../messages/cut.ts'
import type { Message } from '../../messages/message.ts'
import { plain } from '../../messages/plain.ts'
import type { SenderOf, VendorUrl } from '../channel.ts'
import { eachNotice } from '../each-notice.ts'
import { post, readByStatus, repeatable } from '../post.ts'
import { baseUrl } from '../references.ts'
import { fingerprint } from '../robot.ts'
import type { Settings } from './settings.ts'

const VENDOR = 'pagerduty'

/** Accounts of the EU have a host of their own: this variable names it. */
const url: VendorUrl = { variable: 'FENGHUO_PAGERDUTY_URL', base: 'https://events.pagerduty.com' }

/** Of 512 KB for a whole event, of which custom_details should stay below 100 kB. */
const limits = {
  source: 'developer.pagerduty.com, Events API v2 and its rate limits',
  maxBytes: 16_000,
  perMinute: 120,
}

/** PD-CEF: characters of a summary, and of a dedup key. */
const SUMMARY = 1_024
const DEDUP_KEY = 255

const setKey: Remedy = {
  zh: '请核对集成密钥（Events API v2），在部署环境中设置后再次部署',
  en: 'check the integration key (Events API v2), set it where you deploy, and deploy',
}

const errors: ErrorTable = {
  source: 'developer.pagerduty.com, Events API v2 overview',
  codes: {
    400: { class: 'bad-request', remedy: setKey },
    403: { class: 'bad-credentials', remedy: setKey },
    404: { class: 'no-such-sender', remedy: setKey },
    429: { class: 'rate-limited', afterMs: 30_000 },
    500: { class: 'busy', afterMs: 5_000 },
    502: { class: 'busy', afterMs: 5_000 },
    503: { class: 'busy', afterMs: 5_000 },
    504: { class: 'busy', afterMs: 5_000 },
  },
}

/** What sends, without what describes it: all that `page` loads of this channel. */
export const pagerdutySender: SenderOf<Settings> = {
  type: VENDOR,
  url,
  errors,
  limits,
  rateKey: ({ routingKey }) => fingerprint(routingKey),
  send: (message, _to, { routingKey }, io) =>
    eachNotice(message, async (one) => {
      const body = { routing_key: routingKey, ...eventOf(one) }
      const to = `${baseUrl(url, io.env)}/v2/enqueue`
      return repeatable(await post({ url: to, body, ...readByStatus(VENDOR, errors) }, io))
    }),
}

const actions = { open: 'trigger', news: 'trigger', taken: 'acknowledge', over: 'resolve' }

function eventOf(message: Message) {
  const { notice, links } = message
  const composition = compose(message)
  const page = links.detail ?? links.acknowledge
  const timestamp = new Date(notice.at).toISOString()
  return {
    event_action: actions[ofKind(notice.kind).leaves],
    dedup_key: dedupKey(notice.incident),
    client: 'Fenghuo',
    ...(page !== undefined && { client_url: page }),
    links: composition.links.map(({ text, href }) => ({ href, text })),
    payload: {
      summary: cutCharacters(composition.title, SUMMARY),
      source: oneLine(notice.source, 200) || notice.project,
      severity: notice.severity,
      timestamp,
      component: oneLine(notice.title, 200),
      group: notice.project,
      ...(notice.state !== undefined && { class: notice.state }),
      custom_details: { number: notice.number, text: cutBytes(plain(composition), limits.maxBytes) },
    },
  }
}

/** Of one generation: a late end of an earlier one never closes what goes on now. */
function dedupKey(incident: string): string {
  const key = `fenghuo/${incident}`
  return key.length <= DEDUP_KEY ? key : `fenghuo/${fingerprint(incident)}`
}
