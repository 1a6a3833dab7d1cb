import { fingerprint } from '../channels/robot.ts'
import { postSigned } from '../channels/webhook/signed-post.ts'
import { confirmationEvent, updateEvent } from '../messages/status/webhook.ts'
import type { StoreIo } from '../store/io.ts'
import { signingKey } from '../store/subscribers.ts'
import { postName } from '../store/unsent-posts.ts'
import type { Outcome, Telling } from './telling.ts'
import { channelIo, type GatewayDeps } from './vendors.ts'

/**
 * Posts a subscriber's webhook the question whether it wants to be told, or an update, signed by its key. The question bears no signature:
 * only whoever says yes to it gets the key. Nothing of the answer is kept but whether it was a yes.
 */
export async function postToSubscriber(
  { to: url, slug, page, subscriber, base, confirm, leave, news, timeMs }: Telling,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Outcome> {
  const { name, since } = subscriber
  const what = news === undefined ? `ask ${since}` : postName(news.post)
  const event = {
    id: `msg_${fingerprint(`${slug}#${name}#${what}`)}`,
    body:
      news === undefined
        ? confirmationEvent(page, { url: base, confirm }, since)
        : updateEvent(news.told, news.post, page, { url: base, unsubscribe: leave }),
    keys: news === undefined ? [] : [signingKey(slug, subscriber, deps.secret)],
  }
  const delivery = await postSigned({ url, ...event }, channelIo('webhook', deps, io, timeMs))
  if (delivery.status === 'sent') return 'sent'
  const { class: reason } = delivery.failure
  io.log({ level: 'warn', event: 'subscriber not told', way: 'webhook', status: delivery.status, reason })
  // A receiver that answers 410 wants no more.
  if (reason === 'recipient-gone') return 'over'
  return delivery.status === 'failed' ? 'refused' : 'later'
}
