import { inEach } from '../../shared/contracts/in-each.ts'
import { removeSubscriber } from '../../shared/engine/status/remove-subscriber.ts'
import { type SubscriberView, viewSubscribers } from '../../shared/engine/status/view-subscribers.ts'
import { subscriberWords } from '../../shared/messages/console/subscribers.ts'
import { timeSeenFrom } from '../../shared/messages/times.ts'
import { words as messageWords } from '../../shared/messages/words.ts'
import { type ConfigOptions, readConfig } from '../configuration.ts'
import { consoleOf } from '../desk/place.ts'
import { storeOf } from '../engine.ts'
import { findTargets, tellMissed } from '../every-region.ts'
import { FAILED, FINE } from '../failure.ts'
import { addressAndSecret } from '../function-secret.ts'
import type { CliIo } from '../io.ts'
import { table } from '../table.ts'
import type { TargetOptions } from '../target.ts'
import { statusCommandWords } from '../words/status.ts'
import { dropAt, subscribersAt } from './console-subscribers.ts'
import { pageMeant } from './meant.ts'
import { whereKnown } from './where-known.ts'

export interface SubscribersOptions extends TargetOptions, ConfigOptions {
  json?: true
}

/** A subscriber, and the region whose page they used; absent: a console's own. */
type Found = SubscriberView & { region?: string }

/** Lists who has subscribed to a status page, or to all: in each region, or at a console, in its own. */
export async function listSubscribers(
  page: string | undefined,
  options: SubscribersOptions,
  io: CliIo,
): Promise<number> {
  const place = consoleOf(options, io)
  const { all, missed, timezone } =
    place === undefined
      ? await subscribersInTables(page, options, io)
      : { all: await subscribersAt(place, page, io), missed: [], timezone: io.timezone }
  const say = statusCommandWords[io.language]
  io.out(options.json ? JSON.stringify(all, null, 2) : lines(all, timezone, io))
  return tellMissed(missed, () => say.notSeen, io) ? FINE : FAILED
}

/** Subscribers are of the region whose page they used, and sealed by its secret. */
async function subscribersInTables(page: string | undefined, options: SubscribersOptions, io: CliIo) {
  const config = readConfig(options, io)
  if (page !== undefined) pageMeant(page, config)
  const pages = page === undefined ? Object.keys(config.status ?? {}) : [page]
  const targets = findTargets(options, io)
  const { done, missed } = await inEach(targets, async (target) => {
    const where = options.stage === undefined ? options : { ...options, region: target.region }
    const { secret } = await addressAndSecret('acknowledge', where, io)
    return viewSubscribers(pages, secret, { ...storeOf(target, io), now: io.now })
  })
  const all = done.flatMap(({ target, result }) =>
    result.map((one): Found => ({ ...one, ...(targets.length > 1 && { region: target.region }) })),
  )
  return { all, missed, timezone: config.timezone }
}

function lines(all: Found[], timezone: string, io: CliIo): string {
  const [say, words] = [statusCommandWords[io.language], subscriberWords[io.language]]
  if (all.length === 0) return words.none
  const time = (at: number) => timeSeenFrom(io.now(), at, timezone)
  const hasRegions = all.some(({ region }) => region !== undefined)
  const rows = all.map((one) => [
    ...(hasRegions ? [one.region ?? ''] : []),
    one.page,
    one.name,
    words.ways[one.way],
    one.address ?? words.unreadable,
    `${words.states[one.state]} ${time(one.since)}`,
    (one.sentAt === undefined ? words.never : time(one.sentAt)) +
      (one.failures === 0 ? '' : `${messageWords[io.language].comma}${words.failures(one.failures)}`),
  ])
  return table([...(hasRegions ? [say.regionHead] : []), ...say.subscribersHead], rows)
}

/** Takes a subscriber away wherever it is known, or at a console. Throws a `CommandError` when it is known nowhere. */
export async function dropSubscriber(
  page: string,
  id: string,
  options: SubscribersOptions,
  io: CliIo,
): Promise<number> {
  const place = consoleOf(options, io)
  const missed = await (place === undefined ? dropInTables(page, id, options, io) : dropAt(place, page, id, io))
  const say = statusCommandWords[io.language]
  io.out(options.json ? JSON.stringify({ page, id }, null, 2) : say.dropped(page, id))
  return tellMissed(missed ?? [], () => say.stillThere, io) ? FINE : FAILED
}

async function dropInTables(page: string, id: string, options: SubscribersOptions, io: CliIo) {
  pageMeant(page, readConfig(options, io))
  const deed = { action: 'remove subscriber', about: `${page} ${id}` }
  return whereKnown(
    deed,
    findTargets(options, io),
    io,
    (target) => removeSubscriber(page, id, { ...storeOf(target, io), now: io.now }),
    {
      en: `nobody named ${id} has subscribed to /status/${page}: see status subscribers`,
      zh: `/status/${page} 没有订阅者 ${id}：见 status subscribers`,
    },
  )
}
