import { createHash } from 'node:crypto'
import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { SubscriptionWay } from '../../contracts/status-page.ts'
import { readMark, writeMark } from '../../store/status-marks.ts'
import { readPosts } from '../../store/status-posts.ts'
import { readSubscribers, wayOf } from '../../store/subscribers.ts'
import { newsIn, nextFor, postName } from '../../store/unsent-posts.ts'
import type { EngineIo } from '../io.ts'

/**
 * So many subscribers of a page are written to in a minute, one after the other. A webhook answers when a stranger likes, within ten seconds:
 * two instances of `page` with ten messages each are done with these within half of the minute at the worst.
 */
const A_MINUTE: Record<SubscriptionWay, number> = { mail: 100, webhook: 60 }
const SPREAD_MS = 50_000

/** While more messages than these wait on the subscribers' queue, whoever is to be told is among them. */
const BACKLOG = 100

/**
 * Has subscribers told what they have not been: a message for each, spread over the minute, unless so many wait already. Nobody is looked at
 * where nothing is new since all were told.
 */
export async function tellSubscribers(
  { status = {} }: Pick<CompiledConfig, 'status'>,
  waitingNow: () => Promise<number>,
  io: EngineIo,
): Promise<void> {
  for (const [page, { subscribe }] of Object.entries(status)) {
    if (!subscribe) continue
    const news = newsIn(await readPosts(page, io), io.now())
    const digest = createHash('sha256').update(news.map(postName).join('\n')).digest('hex')
    if ((await readMark(page, io)) === digest) continue
    const waiting = (await readSubscribers(page, io)).filter(
      (one) => subscribe.includes(wayOf(one)) && nextFor(one, news) !== undefined,
    )
    if (waiting.length === 0) await writeMark(page, digest, io)
    else if ((await waitingNow()) > BACKLOG) continue
    // Whoever was put off longest ago comes first, and before them who was not: a hundred full mailboxes hold up nobody.
    const due = waiting
      .filter(({ busyUntil = 0 }) => busyUntil <= io.now())
      .toSorted(({ busyUntil: one = 0 }, { busyUntil: other = 0 }) => one - other)
    for (const way of subscribe) {
      const most = A_MINUTE[way]
      const own = due.filter((one) => wayOf(one) === way).slice(0, most)
      for (const [index, { name }] of own.entries())
        await io.escalate({ v: 1, kind: 'subscriber', page, subscriber: name }, Math.floor((index * SPREAD_MS) / most))
    }
  }
}
