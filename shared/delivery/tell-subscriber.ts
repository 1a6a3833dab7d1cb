import { ownProperty } from '../contracts/own-property.ts'
import type { SubscriberMessage } from '../contracts/step.ts'
import type { Instant } from '../contracts/words.ts'
import { toldIn } from '../incidents/status/post.ts'
import { confirmationMail, type StatusMail, updateMail } from '../messages/status/mail.ts'
import type { StoreIo } from '../store/io.ts'
import { readPosts } from '../store/status-posts.ts'
import { changeSubscriber, openAddress, type Subscriber, subscriberToken } from '../store/subscribers.ts'
import { newsIn, nextFor, postName } from '../store/unsent-posts.ts'
import { channelIo, type GatewayDeps, resolved } from './vendors.ts'

/** One mail may take so long, ms; the function that sends it ends after 15 s. */
const MAIL_MS = 10_000

/** An address that refuses so many mails in a row takes none. */
const MOST_FAILURES = 5

/** A server that puts a mail off is asked again after so long, ms: sooner than RFC 5321, 4.5.4.1, has it as a rule, since an update is news now. */
const PUT_OFF_MS = 300_000

/** A subscriber remembers what it was sent for so long after that is no news any more, ms: clocks differ. */
const REMEMBERED_MS = 3_600_000

/**
 * Sends a subscriber of a status page the next thing that it has not been sent: whether it wants to be told, or an update. One message, one
 * mail; watch sends another message while there is more. It is remembered when the server has taken it, so what is lost comes again.
 */
export async function tellSubscriber(
  { page: slug, subscriber: name }: SubscriberMessage,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<void> {
  const page = ownProperty(deps.config.status ?? {}, slug)
  const all = await readPosts(slug, io)
  const posts = newsIn(all, io.now())
  let claimed: Subscriber | undefined
  await changeSubscriber(
    slug,
    name,
    (subscriber) => {
      const isDue = subscriber !== undefined && page?.subscribe && nextFor(subscriber, posts) !== undefined
      if (!isDue || (subscriber.busyUntil ?? 0) > io.now()) return undefined
      claimed = { ...subscriber, busyUntil: io.now() + 2 * MAIL_MS }
      return claimed
    },
    io,
  )
  const next = claimed && nextFor(claimed, posts)
  if (claimed === undefined || next === undefined || page === undefined) return
  // A page that has moved since is where the configuration says.
  const { language } = claimed
  const base = page.url ?? claimed.base
  const link = (use: 'confirm' | 'leave') =>
    `${base}/${use}?s=${name}&t=${subscriberToken(use, slug, name, deps.secret)}`
  const [told] = next === 'ask' ? [] : toldIn(all.filter(({ of }) => of === next.of))
  const mail =
    next === 'ask' || told === undefined
      ? confirmationMail(page, link('confirm'), language)
      : updateMail(told, next, page, { language, timezone: deps.config.timezone, base, leave: link('leave') })
  const outcome = await send(claimed.address, mail, link('leave'), deps, io)
  const what = next === 'ask' ? 'asked' : postName(next)
  const remembered = new Set(newsIn(all, io.now() - REMEMBERED_MS).map(postName))
  const change = (now: Subscriber) => {
    if (outcome === 'sent')
      return { ...now, told: [...now.told.filter((one) => remembered.has(one)), what], failures: 0 }
    return unsent(now, outcome, io.now())
  }
  await changeSubscriber(slug, name, (now) => now && change({ ...now, busyUntil: 0 }), io)
}

/** `refused`: the address takes no mail. `later`: nobody knows yet whether it does. `lost`: nobody knows the address any more. */
type Outcome = 'sent' | 'refused' | 'later' | 'lost'

/** Who has not even taken the question gets no other. */
function unsent(now: Subscriber, outcome: Exclude<Outcome, 'sent'>, at: Instant): Subscriber {
  if (outcome === 'later') return { ...now, busyUntil: at + PUT_OFF_MS }
  const failures = now.failures + 1
  const isGone = outcome === 'lost' || now.state === 'asked' || failures >= MOST_FAILURES
  return isGone ? { ...now, failures, state: 'gone', address: '' } : { ...now, failures }
}

async function send(sealed: string, mail: StatusMail, leave: string, deps: GatewayDeps, io: StoreIo): Promise<Outcome> {
  const to = opened(sealed, deps.secret)
  if (to === undefined) {
    io.log({ level: 'warning', event: 'subscriber not known', reason: 'sealed by another secret' })
    return 'lost'
  }
  const { settings, unset } = resolved(deps.config.channels.email?.settings, deps)
  if (unset !== undefined || settings === null || typeof settings !== 'object') return 'later'
  const { sendMail } = await import('../channels/smtp/send-mail.ts')
  // RFC 8058: programs of mail offer to unsubscribe by one press.
  const headers = { 'List-Unsubscribe': `<${leave}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
  const server = settings as Parameters<typeof sendMail>[1]
  const delivery = await sendMail({ to, ...mail, headers }, server, channelIo('smtp', deps, io, MAIL_MS))
  if (delivery.status === 'sent') return 'sent'
  io.log({ level: 'warning', event: 'subscriber not told', status: delivery.status })
  // A login that is not taken says nothing of the address.
  return delivery.status === 'failed' && delivery.failure.class === 'refused' ? 'refused' : 'later'
}

function opened(sealed: string, secret: string): string | undefined {
  try {
    return openAddress(sealed, secret)
  } catch {
    return undefined
  }
}
