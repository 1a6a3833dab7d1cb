import type { Sender, Target } from '../channels/channel.ts'
import { routeFor } from '../channels/references.ts'
import type { CompiledChannel, CompiledRoute } from '../contracts/compiled-config.ts'
import type { Failure } from '../contracts/failure.ts'
import type { Recipient } from '../incidents/notice.ts'
import type { Contact } from '../oncall/plan.ts'
import { directoryOf } from '../oncall/plans.ts'
import { type Pace, paceOf } from './recipient-queue/pace.ts'
import { type GatewayDeps, resolved } from './vendors.ts'

/** A channel with all that it needs for one recipient. */
export interface Addressed {
  channel: Sender
  settings: unknown
  target: Target
  /** Whose limits these are: two names of one robot share theirs, and so do two contacts with one number. */
  recipient: string
  /** Absent: the recipient takes whatever comes. */
  pace?: Pace
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
  const target: Target = { people: contacts }
  if ('contact' in to) {
    const contact = contacts[to.contact]
    if (contact === undefined) return { failure: { class: 'no-contact', contact: to.contact } }
    Object.assign(target, addresses(contact))
  }
  const found = channelFor(to, target, deps.config.channels)
  if ('failure' in found) return found
  const channel = deps.channels[found.type]
  if (channel === undefined) return { failure: { class: 'no-such-type', type: found.type } }
  const { settings, unset } = resolved(found.settings, deps)
  if (unset !== undefined) return { failure: unset }
  const pace = paceOf(channel.limits)
  const sender = `${channel.type}#${channel.rateKey(settings)}`
  const recipient = target.phone === undefined ? sender : `${sender}#${deps.phoneHashOf(target.phone)}`
  return { channel, settings, target, recipient, ...(pace && { pace }) }
}

function addresses({ phone, email }: Contact): { phone?: string; email?: string } {
  return { ...(phone === undefined ? {} : { phone }), ...(email === undefined ? {} : { email }) }
}

function channelFor(
  to: Recipient,
  target: Pick<Target, 'phone'>,
  configured: Record<string, CompiledChannel>,
): { type: string; settings: unknown } | { failure: Failure } {
  const name = 'chat' in to ? to.chat : to.channel
  const channel = configured[name]
  if (channel === undefined) return { failure: { class: 'no-channel', name } }
  if (name !== 'sms') return channel
  const route = routeFor((channel.settings as { routes: CompiledRoute[] }).routes, target.phone ?? '')[0]
  return route ?? { failure: { class: 'no-route' } }
}
