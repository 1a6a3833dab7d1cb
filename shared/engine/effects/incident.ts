import type { Entry } from '../../contracts/machine.ts'
import { isOurs } from '../../incidents/duty/duty.ts'
import type { Incident, IncidentEffect, IncidentEvent, NoticeEffect } from '../../incidents/incident.ts'
import { memberRows, numberRows, pastRows, timelineRows } from '../../store/records.ts'
import { coalesce } from '../coalesce.ts'
import { gatewayOf, invocationOf, MAX_DELAY_MS } from '../io.ts'
import { sendWord } from '../regions/send-word.ts'
import type { Dispatching } from './dispatchers.ts'
import type { Effects } from './table.ts'

/** A recipient's queue that could not be written is asked again after so long, doubled from try to try. */
const HAND_ON_AGAIN_MS = 2_000
const LONGEST_PAUSE_MS = 300_000

/** The effects of an incident. */
export const incidentEffects = {
  cancel: {
    // A phone that still rings for the last layer is stopped before the next one is called.
    order: 'first',
    carriedBy: 'anybody',
    async deliver({ phoneHash, incident, step }, _, __, { io, tellPhoneLine }) {
      await tellPhoneLine(phoneHash, 'cancels', { incident, step }, io)
      return { status: 'done' }
    },
  },
  call: {
    order: 'beside',
    carriedBy: 'anybody',
    async deliver({ phoneHash, incident, step, severity }, _, __, { io }) {
      await io.escalate({ v: 1, kind: 'call', phoneHash, incident, step, severity }, 0)
      return { status: 'done' }
    },
  },
  step: {
    // The deadline behind a layer can wait for what people wait for. The step that follows at once is what they wait for.
    order: ({ at }, decidedAt) => (at > decidedAt ? 'last' : 'beside'),
    carriedBy: 'anybody',
    // The step that follows at once takes the incident on, and what was sent for an earlier step is stale.
    clearsItself: ({ at }, decidedAt) => at <= decidedAt,
    isSpent: ({ step }, incident) => step < incident.step,
    async deliver({ at, incident, step }, _, __, { io }) {
      const delayMs = Math.max(0, at - io.now())
      // Beyond the queue's longest delay watch sends the message when the time comes.
      if (delayMs <= MAX_DELAY_MS) await io.escalate({ v: 1, kind: 'step', incident, step }, delayMs)
      return { status: 'done' }
    },
  },
  notice: {
    order: 'beside',
    carriedBy: 'gateway',
    prefetch: (effect, { io }) => io.gateway?.prefetch?.(effect),
    // Somebody's next channel takes over at once, whatever a robot beside it takes.
    isUrgent: (events) => events.some(isPersonUnreached),
    async deliver(effect, entry, incident, { io, dispatchToRecipientQueue }) {
      const delivered = await gatewayOf(io).notice(effect, entry, incident)
      if (delivered.status !== 'waits') return delivered
      const { recipient, pace, afterMs, repeat, refused } = delivered
      const handed: NoticeEffect = repeat ? { ...effect, repeat } : effect
      try {
        await coalesce(io, `recipient ${recipient}`, handed, (take, next) =>
          dispatchToRecipientQueue(
            recipient,
            { gather: async () => ({ type: 'notices', of: take(), pace, afterMs }) },
            io,
            next,
          ),
        )
      } catch (error) {
        invocationOf(io).failed(error)
        // Nobody knows whether the queue has it: from now on it is handed on as what may have been posted.
        const againMs = Math.min(HAND_ON_AGAIN_MS * 2 ** entry.tries, LONGEST_PAUSE_MS)
        return { status: 'later', afterMs: againMs, uncertain: true }
      }
      if (refused === undefined) return { status: 'done' }
      return { status: 'done', events: [{ type: 'delivered', effect, status: 'waiting', failure: refused }] }
    },
  },
  peer: {
    order: 'beside',
    // Who has the secret tells them at once: our queue may be one that accepts, and is not worked on.
    carriedBy: 'peers',
    // A newer word says more. What people do where it is only guarded is followed by none.
    isSpent: ({ step }, incident) => step < incident.step && isOurs(incident),
    deliver: async ({ to }, { tries }, incident, { io }) => sendWord(to, tries, incident, io),
  },
  member: {
    order: 'last',
    carriedBy: 'anybody',
    // The other one decides nothing: its history has a line more, whose key makes a repeat harmless.
    async deliver(_, entry, __, { io }) {
      await io.incidents.put(memberRows(entry))
      return { status: 'done' }
    },
  },
  number: { order: 'last', carriedBy: 'anybody', record: numberRows },
  timeline: { order: 'last', carriedBy: 'anybody', record: timelineRows },
  past: { order: 'last', carriedBy: 'anybody', record: pastRows },
} as const satisfies Effects<IncidentEffect, Incident, IncidentEvent, Dispatching>

function isPersonUnreached(event: IncidentEvent): boolean {
  return event.type === 'delivered' && event.status === 'failed' && 'contact' in event.effect.to
}

/** Whether everything that an incident's item still has to deliver only records. */
export function waitsOnlyForRecords(outbox: Entry<IncidentEffect>[]): boolean {
  return outbox.every(({ effect }) => 'record' in incidentEffects[effect.type])
}
