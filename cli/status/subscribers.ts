import { removeSubscriber } from '../../shared/engine/status/remove-subscriber.ts'
import { viewSubscribers } from '../../shared/engine/status/view-subscribers.ts'
import { subscriberWords } from '../../shared/messages/console/subscribers.ts'
import { timeSeenFrom } from '../../shared/messages/times.ts'
import { type ConfigOptions, readConfig } from '../configuration.ts'
import { storeOf } from '../engine.ts'
import { findTargets, tellMissed } from '../every-region.ts'
import { FAILED, FINE } from '../failure.ts'
import { addressAndSecret } from '../function-secret.ts'
import type { CliIo } from '../io.ts'
import { table } from '../table.ts'
import type { TargetOptions } from '../target.ts'
import { statusCommandWords } from '../words/status.ts'
import { pageMeant } from './meant.ts'
import { whereKnown } from './where-known.ts'

export interface SubscribersOptions extends TargetOptions, ConfigOptions {
  json?: true
}

/** Lists who has subscribed to a status page, or to all, in the first region; addresses masked, which takes the deployment's secret. */
export async function listSubscribers(
  page: string | undefined,
  options: SubscribersOptions,
  io: CliIo,
): Promise<number> {
  const config = readConfig(options, io)
  if (page !== undefined) pageMeant(page, config)
  const [target] = findTargets(options, io)
  const { secret } = await addressAndSecret('acknowledge', options, io)
  const pages = page === undefined ? Object.keys(config.status ?? {}) : [page]
  const all = await viewSubscribers(pages, secret, { ...storeOf(target, io), now: io.now })
  if (options.json) {
    io.out(JSON.stringify(all, null, 2))
    return FINE
  }
  const [say, words] = [statusCommandWords[io.language], subscriberWords[io.language]]
  const time = (at: number) => timeSeenFrom(io.now(), at, config.timezone)
  const rows = all.map((one) => [
    one.page,
    one.name,
    words.ways[one.way],
    one.address ?? words.unreadable,
    `${words.states[one.state]} ${time(one.since)}`,
    one.sentAt === undefined ? words.never : time(one.sentAt),
  ])
  io.out(rows.length === 0 ? words.none : table(say.subscribersHead, rows))
  return FINE
}

/** Takes a subscriber away wherever it is known. Throws a `CommandError` when it is known nowhere. */
export async function dropSubscriber(
  page: string,
  id: string,
  options: SubscribersOptions,
  io: CliIo,
): Promise<number> {
  pageMeant(page, readConfig(options, io))
  const deed = { action: 'remove subscriber', about: `${page} ${id}` }
  const missed = await whereKnown(
    deed,
    findTargets(options, io),
    io,
    (target) => removeSubscriber(page, id, { ...storeOf(target, io), now: io.now }),
    {
      en: `nobody named ${id} has subscribed to /status/${page}: see status subscribers`,
      zh: `/status/${page} 没有订阅者 ${id}：见 status subscribers`,
    },
  )
  const say = statusCommandWords[io.language]
  io.out(options.json ? JSON.stringify({ page, id }, null, 2) : say.dropped(page, id))
  return tellMissed(missed, () => say.stillThere, io) ? FINE : FAILED
}
