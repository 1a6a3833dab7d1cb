import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import { MOST_PLACES_NAMED, Rejection, type RejectionFact } from '../../contracts/rejection.ts'
import type { SenderBounds } from '../../contracts/sender-bounds.ts'
import type { Refused } from './read-alerts.ts'

/** What of a message its sender may say, and what not. */
interface Within {
  body: unknown
  refused: Refused[]
}

/**
 * Leaves out of a message what its sender may not say: whom the configuration names speaks for its own projects and vantages, and for
 * nobody else. `senders` are who sent it, by SQS's word first; whom nobody has named may say what the queue's policy lets them. Judged
 * before anything is read or sent on, by what stands there: what is not readably its own is not. Throws a `Rejection` if nothing is left.
 */
export function withinBounds(
  body: unknown,
  senders: readonly string[],
  { senders: known = {} }: Pick<CompiledConfig, 'senders'>,
): Within {
  const id = senders.find((one) => ownProperty(known, one) !== undefined)
  const bounds = id === undefined ? undefined : ownProperty(known, id)
  if (bounds === undefined || typeof body !== 'object' || body === null) return { body, refused: [] }
  const message = body as Record<string, unknown>
  const wrong = [
    // That is watch's own: by its clock other regions tell that ours is wrong.
    ...(message.kind === 'canary' ? ['kind'] : []),
    ...(message.kind === 'report' && !isOneOf(bounds.vantages, message.vantage) ? ['vantage'] : []),
    ...(message.kind === 'heartbeat' && !isOneOf(bounds.projects, projectOfCheck(message.check)) ? ['check'] : []),
    ...(message.projectName !== undefined && !isOneOf(bounds.projects, message.projectName) ? ['projectName'] : []),
  ]
  if (wrong.length > 0) throw new Rejection(beyond(wrong))
  return Array.isArray(message.alerts) ? alertsWithin(message, message.alerts, bounds) : { body, refused: [] }
}

/** Alerts are judged each by itself. The places that they had in their message are ours to give, not the sender's. */
function alertsWithin(message: Record<string, unknown>, alerts: unknown[], { projects }: SenderBounds): Within {
  const all = alerts.map((alert, position) => ({ alert, position, isWithin: isOneOf(projects, projectOf(alert)) }))
  const others = all.filter(({ isWithin }) => !isWithin)
  if (others.length === 0) return { body: message, refused: [] }
  const reason = beyond(others.map(({ position }) => `alerts.${position}.project`))
  if (others.length === all.length) throw new Rejection(reason)
  const own = all.filter(({ isWithin }) => isWithin)
  return {
    body: { ...message, alerts: own.map(({ alert }) => alert), positions: own.map(({ position }) => position) },
    refused: [{ body: { ...message, alerts: others.map(({ alert }) => alert) }, reason }],
  }
}

function beyond(places: string[]): RejectionFact {
  return { code: 'not-the-senders', args: { places: places.slice(0, MOST_PLACES_NAMED) } }
}

function isOneOf(names: readonly string[], name: unknown): boolean {
  return typeof name === 'string' && names.includes(name)
}

function projectOf(alert: unknown): unknown {
  return typeof alert === 'object' && alert !== null && 'project' in alert ? alert.project : undefined
}

function projectOfCheck(check: unknown): string | undefined {
  return typeof check === 'string' ? check.split('/')[0] : undefined
}
