import { ownProperty } from '../contracts/own-property.ts'
import type { SubscriberMessage } from '../contracts/step.ts'
import { toldIn } from '../incidents/status/post.ts'
import type { StoreIo } from '../store/io.ts'
import { readPosts } from '../store/status-posts.ts'
import { changeSubscriber, openAddress, type Subscriber, subscriberToken, wayOf } from '../store/subscribers.ts'
import { newsIn, nextFor, postName } from '../store/unsent-posts.ts'
import type { Outcome, Telling } from './telling.ts'
import { unsent } from './unsent.ts'
import type { GatewayDeps } from './vendors.ts'

/** One mail or request may take so long, with what is read for it, ms: the function that sends it ends after 15 s, and all beside it too. */
const TELL_MS = 10_000

/** A subscriber remembers what it was sent for so long after that is no news any more, ms: clocks differ. */
const REMEMBERED_MS = 3_600_000

/**
 * Sends a subscriber of a status page the next thing that it has not been sent: whether it wants to be told, or an update. One message, one
 * mail or request; watch sends another message while there is more. It is remembered when it was taken, so what is lost comes again.
 */
export async function tellSubscriber(
  { page: slug, subscriber: name }: SubscriberMessage,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<void> {
  const begun = io.now()
  const page = ownProperty(deps.config.status ?? {}, slug)
  const all = await readPosts(slug, io)
  const posts = newsIn(all, io.now())
  let claimed: Subscriber | undefined
  await changeSubscriber(
    slug,
    name,
    (subscriber) => {
      claimed = undefined
      if (subscriber === undefined || !page?.subscribe?.includes(wayOf(subscriber))) return undefined
      if (nextFor(subscriber, posts) === undefined || (subscriber.busyUntil ?? 0) > io.now()) return undefined
      claimed = { ...subscriber, busyUntil: io.now() + 2 * TELL_MS }
      return claimed
    },
    io,
  )
  const next = claimed && nextFor(claimed, posts)
  if (claimed === undefined || next === undefined || page === undefined) return
  // A page that has moved since is where the configuration says.
  const base = page.url ?? claimed.base
  const link = (use: 'confirm' | 'leave') =>
    `${base}/${use}?s=${name}&t=${subscriberToken(use, slug, name, deps.secret)}`
  const [told] = next === 'ask' ? [] : toldIn(all.filter(({ of }) => of === next.of))
  const outcome = await send(
    {
      slug,
      page,
      subscriber: claimed,
      language: claimed.language,
      base,
      confirm: link('confirm'),
      leave: link('leave'),
      ...(next !== 'ask' && told !== undefined && { news: { told, post: next } }),
      timeMs: Math.max(0, begun + TELL_MS - io.now()),
    },
    deps,
    io,
  )
  const what = next === 'ask' ? 'asked' : postName(next)
  const remembered = new Set(newsIn(all, io.now() - REMEMBERED_MS).map(postName))
  const change = (now: Subscriber) => {
    if (outcome === 'sent')
      return { ...now, told: [...now.told.filter((one) => remembered.has(one)), what], failures: 0, sentAt: io.now() }
    return unsent(now, outcome, io.now())
  }
  await changeSubscriber(slug, name, (now) => now && change({ ...now, busyUntil: 0 }), io)
}

async function send(telling: Omit<Telling, 'to'>, deps: GatewayDeps, io: StoreIo): Promise<Outcome> {
  const to = opened(telling.subscriber.address, deps.secret)
  if (to === undefined) {
    io.log({ level: 'warn', event: 'subscriber not known', reason: 'sealed by another secret' })
    return 'over'
  }
  const tell =
    wayOf(telling.subscriber) === 'mail'
      ? (await import('./subscriber-mail.ts')).mailSubscriber
      : (await import('./subscriber-webhook.ts')).postToSubscriber
  return tell({ ...telling, to }, deps, io)
}

function opened(sealed: string, secret: string): string | undefined {
  try {
    return openAddress(sealed, secret)
  } catch {
    return undefined
  }
}
