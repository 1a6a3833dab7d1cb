import { createHash } from 'node:crypto'
import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { SubscriptionWay } from '../../contracts/status-page.ts'
import { readMark, writeMark } from '../../store/status-marks.ts'
import { readPosts } from '../../store/status-posts.ts'
import { readSubscribers, wayOf } from '../../store/subscribers.ts'
import { newsIn, nextFor, postName } from '../../store/unsent-posts.ts'
import type { EngineIo } from '../io.ts'

/**
 * So many subscribers of a page are written to in a minute, one after the other: no page waits behind them. A webhook answers when a stranger
 * likes, within ten seconds, so that four are waited for at the worst: Lambda takes five batches of a queue at once before it finds that more
 * are needed (developer guide, "Scaling behavior for event source mappings" of SQS).
 */
const A_MINUTE: Record<SubscriptionWay, number> = { mail: 100, webhook: 20 }
const SPREAD_MS = 50_000

/**
 * Has subscribers told what they have not been: a message for each, spread over the minute. Nobody is looked at where nothing is new since
 * all were told.
 */
export async function tellSubscribers({ status = {} }: Pick<CompiledConfig, 'status'>, io: EngineIo): Promise<void> {
  for (const [page, { subscribe }] of Object.entries(status)) {
    if (!subscribe) continue
    const news = newsIn(await readPosts(page, io), io.now())
    const digest = createHash('sha256').update(news.map(postName).join('\n')).digest('hex')
    if ((await readMark(page, io)) === digest) continue
    const waiting = (await readSubscribers(page, io)).filter(
      (one) => subscribe.includes(wayOf(one)) && nextFor(one, news) !== undefined,
    )
    if (waiting.length === 0) await writeMark(page, digest, io)
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
