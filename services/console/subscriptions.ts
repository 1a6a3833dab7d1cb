import type { Context } from 'hono'
import { readSender } from '../../shared/channels/smtp/sender.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { answerSubscription, subscribe } from '../../shared/engine/status/subscribe.ts'
import { answerForm } from '../../shared/messages/status/forms.ts'
import { isSubscriberToken } from '../../shared/store/subscribers.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { isOwnPage } from './guard.ts'

/** What somebody who subscribes, or ends that, is told. */
export type SubscriptionWord =
  | 'asked'
  | 'noAddress'
  | 'confirm'
  | 'confirmed'
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
}

/** An address, and nothing beside it (RFC 5321, 4.5.3.1.3). */
const ADDRESS = /^[^\s<>,;"]{3,254}$/

/**
 * Takes a wish to be told of updates, by the page's form, and the answer to the mail that follows, by its link. A link is only looked at by
 * GET; programs of mail unsubscribe by a POST of their own (RFC 8058), which has nothing but the link.
 */
export async function takeSubscription(
  c: Context<Env>,
  { use, slug, language, link }: Asked,
  say: Say,
  deps: Pick<ConsoleDeps, 'io' | 'secret' | 'originFor'>,
): Promise<Response> {
  const isPost = c.req.method === 'POST'
  if (use === 'subscribe') {
    if (!isPost) return say('none', 404)
    if (!isOwnPage(c.req.raw.headers, deps.originFor(c.req.header('host') ?? ''))) return say('none', 403)
    const written = new URLSearchParams(await c.req.text()).get('email')?.trim() ?? ''
    const sender = ADDRESS.test(written) ? readSender(written) : undefined
    if (sender === undefined) return say('noAddress', 400)
    const wish = { address: sender.address, language, base: link, source: c.env?.source ?? '' }
    const isTaken = await subscribe(slug, wish, deps.secret, deps.io())
    return isTaken ? say('asked') : say('tooMany', 429)
  }
  const { s: name = '', t: token = '' } = c.req.query()
  // Whoever has made up a link is not told that there is a page.
  if (!isSubscriberToken(token, use, slug, name, deps.secret)) return say('none', 404)
  if (!isPost) return say(use, 200, answerForm(use, new URLSearchParams({ s: name, t: token }).toString(), language))
  const isTaken = await answerSubscription(use, slug, name, deps.io())
  if (!isTaken) return say('staleLink', 404)
  return say(use === 'confirm' ? 'confirmed' : 'left')
}
