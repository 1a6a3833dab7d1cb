import type { SubscriptionWay } from '../../contracts/status-page.ts'
import type { Instant } from '../../contracts/words.ts'
import { maskMail, maskUrl } from '../../oncall/mask.ts'
import { openAddress, readSubscribers, type Subscriber, wayOf } from '../../store/subscribers.ts'
import type { EngineIo } from '../io.ts'

/** A subscriber as people of ours see it. */
export interface SubscriberView {
  page: string
  /** What it is kept by. */
  name: string
  way: SubscriptionWay
  /** Masked; absent: it was sealed by another secret, and is told nothing. */
  address?: string
  /** `asked`: the address has not said yes. */
  state: 'asked' | 'active'
  /** When it was asked, or said yes. */
  since: Instant
  /** When it was last sent something; absent: never, or before this was kept. */
  sentAt?: Instant
  /** How often in a row that has failed since. */
  failures: number
}

/** The subscribers of these pages; on each page those who came last before the others. Rejects when the table does. */
export async function viewSubscribers(
  pages: string[],
  secret: string,
  io: Pick<EngineIo, 'incidents' | 'log' | 'now'>,
): Promise<SubscriberView[]> {
  const each = pages.map(async (page) =>
    (await readSubscribers(page, io))
      .toSorted((one, other) => other.since - one.since)
      .flatMap((one) => (one.state === 'gone' ? [] : [viewOf(page, one, one.state, secret)])),
  )
  return (await Promise.all(each)).flat()
}

function viewOf(page: string, of: Subscriber, state: 'asked' | 'active', secret: string): SubscriberView {
  const { name, since, sentAt, failures } = of
  const way = wayOf(of)
  const address = maskedAddress(of, secret)
  return {
    ...{ page, name, way, state, since, failures },
    ...(address !== undefined && { address }),
    ...(sentAt !== undefined && { sentAt }),
  }
}

function maskedAddress(of: Subscriber, secret: string): string | undefined {
  try {
    const address = openAddress(of.address, secret)
    return wayOf(of) === 'mail' ? maskMail(address) : maskUrl(address)
  } catch {
    return undefined
  }
}
