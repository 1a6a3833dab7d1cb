import type { Context } from 'hono'
import { readSender } from '../../shared/channels/smtp/sender.ts'
import { strangersUrl } from '../../shared/channels/webhook/strangers-url.ts'
import type { SubscriptionWay } from '../../shared/contracts/status-page.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { answerSubscription, subscribe } from '../../shared/engine/status/subscribe.ts'
import { answerForm, HOOK_CHARACTERS, keyShown, MAIL_CHARACTERS } from '../../shared/messages/status/forms.ts'
import { isSubscriberToken, signingKey } from '../../shared/store/subscribers.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { isOwnPage } from './guard.ts'

/** What somebody who subscribes, or ends that, is told. */
export type SubscriptionWord =
  | 'ask'
  | 'asked'
  | 'askedHook'
  | 'noAddress'
  | 'noHook'
  | 'confirm'
  | 'confirmed'
  | 'confirmedHook'
  | 'hookBefore'
  | 'leave'
  | 'left'
  | 'staleLink'
  | 'none'
  | 'tooMany'
  | 'failed'

type Say = (text: SubscriptionWord, status?: 200 | 400 | 403 | 404 | 429 | 503, form?: string) => Response

interface Asked {
  use: 'subscribe' | 'confirm' | 'leave'
  slug: string
  language: Language
  /** Where the page is. */
  link: string
  /** How the page lets somebody be told. */
  ways: SubscriptionWay[]
}

/** An address, and nothing beside it. */
const ADDRESS = /^[^\s<>,;"]{3,}$/

/** What is subscribed by each way: the field of its form, and what is said where that holds no such address. */
const WAYS = {
  mail: { field: 'email', longest: MAIL_CHARACTERS, read: mailAddress, asked: 'asked', wrong: 'noAddress' },
  webhook: { field: 'url', longest: HOOK_CHARACTERS, read: strangersUrl, asked: 'askedHook', wrong: 'noHook' },
} as const

/**
 * Takes a wish to be told of updates, by the page's forms, and the answer to the mail or request that follows, by its link. A link is only
 * looked at by GET; programs unsubscribe by a POST of their own (RFC 8058), which has nothing but the link.
 */
export async function takeSubscription(
  c: Context<Env>,
  { use, slug, language, link, ways }: Asked,
  say: Say,
  deps: Pick<ConsoleDeps, 'io' | 'secret' | 'originFor'>,
): Promise<Response> {
  const isPost = c.req.method === 'POST'
  if (use === 'subscribe') {
    // The answer to a form that is loaded again, or an address that was passed on.
    if (!isPost) return say('ask')
    if (!isOwnPage(c.req.raw.headers, deps.originFor(c.req.header('host') ?? ''))) return say('none', 403)
    const form = new URLSearchParams(await c.req.text())
    const way = ways.find((one) => form.has(WAYS[one].field)) ?? 'mail'
    if (!ways.includes(way)) return say('none', 404)
    const { field, longest, read, asked, wrong } = WAYS[way]
    const written = form.get(field)?.trim() ?? ''
    const address = written.length <= longest ? read(written) : undefined
    if (address === undefined) return say(wrong, 400)
    const wish = { way, address, language, base: link, source: c.env?.source ?? '' }
    return (await subscribe(slug, wish, deps.secret, deps.io())) ? say(asked) : say('tooMany', 429)
  }
  const { s: name = '', t: token = '' } = c.req.query()
  // Whoever has made up a link is not told that there is a page.
  if (!isSubscriberToken(token, use, slug, name, deps.secret)) return say('none', 404)
  if (!isPost) return say(use, 200, answerForm(use, new URLSearchParams({ s: name, t: token }).toString(), language))
  const { isTaken, by, confirmed } = await answerSubscription(use, slug, name, deps.io())
  if (!isTaken) return say('staleLink', 404)
  if (use === 'leave') return say('left')
  if (by !== 'webhook') return say('confirmed')
  return confirmed === undefined
    ? say('hookBefore')
    : say('confirmedHook', 200, keyShown(signingKey(slug, confirmed, deps.secret)))
}

function mailAddress(written: string): string | undefined {
  return ADDRESS.test(written) ? readSender(written)?.address : undefined
}
