import type { Sender, Target } from '../channels/channel.ts'
import type { CompiledChannel, CompiledRoute } from '../contracts/compiled-config.ts'
import type { Failure } from '../contracts/failure.ts'
import { routeFor } from '../contracts/route-for.ts'
import type { Recipient } from '../incidents/notice.ts'
import { addressesOf } from '../oncall/numbers.ts'
import { directoryOf } from '../oncall/owner.ts'
import type { Contact } from '../oncall/plan.ts'
import { type Throttle, throttleOf } from '../oncall/throttle.ts'
import { throttleKey } from './own-throttle.ts'
import { type Pace, paceOf } from './recipient-queue/pace.ts'
import { type GatewayDeps, resolved } from './vendors.ts'

/** A channel with all that it needs for one recipient. */
export interface Addressed {
  channel: Sender
  settings: unknown
  target: Target
  /** Whose account sends: `type#rateKey`. */
  account: string
  /** Whose limits these are: two names of one robot share theirs, and so do two contacts with one number. */
  recipient: string
  /** Absent: the recipient takes whatever comes. */
  pace?: Pace
  /** How often the person wants it at most, and what that is counted by. */
  throttle?: { key: string; of: Throttle }
  /** Further routes to the same person, in the order in which they take over when one refuses for good. */
  others?: Addressed[]
}

/**
 * Where a recipient of a project is reached as it is configured now: the channel, its settings, the address, and how fast it may be
 * written to. A `failure` says why it cannot be reached. Rejects when the directory does.
 */
export async function addressed(
  to: Recipient,
  project: string,
  deps: GatewayDeps,
): Promise<Addressed | { failure: Failure }> {
  const { contacts } = await directoryOf(project, deps.config, deps.directory)
  const people = Object.entries(contacts).map(([name, contact]) => [name, addressesOf(contact)])
  const target: Target = { people: Object.fromEntries(people) }
  let throttle: Addressed['throttle']
  if ('contact' in to) {
    const contact = contacts[to.contact]
    if (contact === undefined) return { failure: { class: 'no-contact', contact: to.contact } }
    Object.assign(target, addresses(contact))
    const of = throttleOf(contact, to.channel)
    if (of)
      throttle = { of, key: throttleKey(to.channel, contact.phone ? deps.phoneHashOf(contact.phone) : to.contact) }
  }
  const found = waysFor(to, target, deps.config.channels)
  if ('failure' in found) return found
  const ways = found.map((way) => by(way, target, deps))
  const [first, ...others] = ways.filter((way): way is Addressed => !('failure' in way))
  if (first === undefined) return ways.find((way) => 'failure' in way) ?? NO_ROUTE
  return { ...first, ...(throttle && { throttle }), ...(others.length > 0 && { others }) }
}

const NO_ROUTE = { failure: { class: 'no-route' } } as const

/** One channel or route, if it is configured in full. */
function by({ type, settings: written }: Way, target: Target, deps: GatewayDeps): Addressed | { failure: Failure } {
  const channel = deps.channels[type]
  if (channel === undefined) return { failure: { class: 'no-such-type', type } }
  const { settings, unset } = resolved(written, deps)
  if (unset !== undefined) return { failure: unset }
  const pace = paceOf(channel.limits)
  const sender = `${channel.type}#${channel.rateKey(settings)}`
  const recipient = target.phone === undefined ? sender : `${sender}#${deps.phoneHashOf(target.phone)}`
  return { channel, settings, target, account: sender, recipient, ...(pace && { pace }) }
}

function addresses({ phone, email }: Contact): { phone?: string; email?: string } {
  return { ...(phone === undefined ? {} : { phone }), ...(email === undefined ? {} : { email }) }
}

interface Way {
  type: string
  settings: unknown
}

/** The channel by that name; of text messages the routes that fit the number, the first of them first. */
function waysFor(
  to: Recipient,
  target: Pick<Target, 'phone'>,
  configured: Record<string, CompiledChannel>,
): Way[] | { failure: Failure } {
  const name = 'chat' in to ? to.chat : to.channel
  const channel = configured[name]
  if (channel === undefined) return { failure: { class: 'no-channel', name } }
  if (name !== 'sms') return [channel]
  const routes = routeFor((channel.settings as { routes: CompiledRoute[] }).routes, target.phone ?? '')
  return routes.length > 0 ? routes : NO_ROUTE
}
