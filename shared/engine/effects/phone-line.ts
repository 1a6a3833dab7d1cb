import type { Incident } from '../../incidents/incident.ts'
import { parseReference } from '../../incidents/reference.ts'
import { isWanted } from '../../phoneline/call.ts'
import type { PhoneLine, PhoneLineEffect, PhoneLineEvent } from '../../phoneline/phone-line.ts'
import { eventInCall, linkContact } from '../../store/contact-links.ts'
import { gatewayOf, MAX_DELAY_MS } from '../io.ts'
import type { Dispatching } from './dispatchers.ts'
import type { Effects } from './table.ts'

/** What a call has come to: whoever takes its incident, or waits for the phone, must not wait for a slow robot beside it. */
const isUrgent = () => true

/** The effects of a phone line. */
export const phoneLineEffects: Effects<PhoneLineEffect, PhoneLine, PhoneLineEvent, Dispatching> = {
  stop: {
    order: 'beside',
    carriedBy: 'gateway',
    isUrgent,
    // Nobody is asked how a call goes that is over.
    isSpent: ({ askedAt, seq }, { call }) => askedAt !== undefined && call?.seq !== seq,
    deliver: async (effect, { tries }, _, { io }) => gatewayOf(io).stop(effect, tries),
  },
  dial: {
    order: 'beside',
    carriedBy: 'gateway',
    isUrgent,
    async deliver(effect, { uncertain }, line, { io }) {
      const gateway = gatewayOf(io)
      // It was called off before anybody dialled.
      if (uncertain === 0 && !isWanted(line, effect.seq))
        return { status: 'done', events: [{ type: 'withdrawn', seq: effect.seq }] }
      // It was given up before anybody could: whoever dialled now might ring beside the next call.
      if (uncertain === 0 && line.call?.phase === 'unknown')
        return { status: 'done', events: [{ type: 'refused', seq: effect.seq, failure: { class: 'own-error' } }] }
      return gateway.dial(effect, uncertain > 0)
    },
  },
  link: {
    order: 'beside',
    carriedBy: 'anybody',
    isUrgent,
    async deliver(effect, _, __, { io }) {
      const events = await linkContact(effect, io)
      return { status: 'done', events: events.map((event) => eventInCall(event, effect.seq)) }
    },
  },
  acknowledge: {
    order: 'beside',
    carriedBy: 'anybody',
    async deliver({ type: _, incident, ...by }, __, ___, { io, dispatchToIncident }) {
      const { generation, ...of } = parseReference(incident)
      await dispatchToIncident(of, { event: { type: 'acknowledge', generation, via: 'phone', ...by } }, io)
      return { status: 'done' }
    },
  },
  outcome: {
    order: 'beside',
    carriedBy: 'anybody',
    async deliver({ type: _, incident, ...call }, __, ___, { io, dispatchToIncident, tellPhoneLine }) {
      const { generation, ...of } = parseReference(incident)
      // Whoever took the incident while the vendor was being asked has perhaps not called it off yet, or crashed before.
      const isLate = (now: Incident | undefined) =>
        call.outcome === 'ringing' && !(now?.generation === generation && now.status === 'open')
      let callingOff: Promise<void> | undefined
      const written = (now: Incident) => {
        // At once: what else the incident has to have carried out may include a slow robot.
        if (!isLate(now)) return
        callingOff = tellPhoneLine(call.phoneHash, 'cancels', { incident, step: call.step }, io)
        // A failure is met below; one that comes before would end the whole process.
        callingOff.catch(() => {})
      }
      const event = { type: 'call', generation, ...call } as const
      const { state: now } = await dispatchToIncident(of, { event }, io, { written })
      await callingOff
      if (!isLate(now)) return { status: 'done' }
      return { status: 'done', events: [{ type: 'cancels', of: [{ incident, step: call.step }] }] }
    },
  },
  deadline: {
    order: 'beside',
    carriedBy: 'anybody',
    async deliver({ at, phoneHash, seq }, _, __, { io }) {
      const delayMs = Math.min(Math.max(0, at - io.now()), MAX_DELAY_MS)
      await io.escalate({ v: 1, kind: 'phone-line', phoneHash, seq }, delayMs)
      return { status: 'done' }
    },
  },
}
