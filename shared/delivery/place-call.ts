import type { Caller } from '../channels/channel.ts'
import type { Failure } from '../contracts/failure.ts'
import type { Delivered } from '../contracts/machine.ts'
import { routeFor } from '../contracts/route-for.ts'
import type { Language } from '../contracts/words.ts'
import { isFirstUrgentCall } from '../incidents/first-page.ts'
import type { Incident } from '../incidents/incident.ts'
import { noticeOf } from '../incidents/notices.ts'
import { parseReference } from '../incidents/reference.ts'
import { sayPage } from '../messages/voice.ts'
import { voiceSlots } from '../messages/voice-templates.ts'
import { numbersOf } from '../oncall/numbers.ts'
import { directoryOf } from '../oncall/owner.ts'
import type { Directory } from '../oncall/plan.ts'
import { type Throttle, throttleOf } from '../oncall/throttle.ts'
import { type PhoneLineEffect, type PhoneLineEvent, traitsOf } from '../phoneline/phone-line.ts'
import { readIncident } from '../store/incidents.ts'
import type { StoreIo } from '../store/io.ts'
import { callName, namedCall } from '../store/named-calls.ts'
import { phoneRoutes, placeOnFirst } from './ask-routes.ts'
import { callLevels } from './log-levels.ts'
import { enterOwn, takeBackOwn, throttleKey } from './own-throttle.ts'
import type { GatewayDeps } from './vendors.ts'

/** Places one call for a person, on the first route that does not refuse it; a call that has waited is no route's to keep waiting. */
export async function dial(
  effect: Extract<PhoneLineEffect, { type: 'dial' }>,
  uncertain: boolean,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Delivered<PhoneLineEvent>> {
  const { phoneHash, seq, waited = false } = effect
  const token = `line:${phoneHash}:${seq}`
  const name = callName(token)
  // Whoever was dialling has crashed: it may be ringing, so nobody dials for this intent again. What can't be stopped has been named before.
  if (uncertain)
    return called({ type: 'lost', seq, failure: { class: 'crashed' }, ...traitsOf((await namedCall(name, io)) ?? {}) })
  const [open, callee] = await Promise.all([
    openIncidents(effect.incidents, io),
    findPerson(phoneHash, effect.incidents, deps),
  ])
  if (open.length === 0) return called({ type: 'withdrawn', seq })
  if (callee === undefined) return called({ type: 'refused', seq, failure: { class: 'no-contact' } })

  const routes = routeFor(phoneRoutes(deps), callee.phone)
  if (routes.length === 0) return called({ type: 'refused', seq, failure: { class: 'no-route' } })

  const throttled = await overThrottle({ callee, phoneHash, token }, open, io)
  if (throttled !== undefined) {
    io.log({ level: 'info', event: 'dial', phoneHash, seq, status: 'refused', failure: throttled })
    return called({ type: 'refused', seq, failure: throttled })
  }

  const language = callee.language ?? deps.config.language
  const notices = open.map((incident) => noticeOf(incident, 'page', io.now()))
  const call = { phone: callee.phone, token, name, language, phoneHash, seq }
  const say = ({ keys }: Caller) => ({
    message: sayPage(notices, language, io.now(), keys),
    slots: voiceSlots(notices, language, io.now()),
  })
  const placed = await placeOnFirst({ routes, waited, about: open }, call, say, deps, io)
  io.log({
    level: callLevels[placed.status],
    event: 'dial',
    phoneHash,
    seq,
    status: placed.status,
    ...('failure' in placed ? { failure: placed.failure } : {}),
  })
  const isNone = placed.status === 'retry' || placed.status === 'refused'
  if (callee.throttle && isNone) await takeBackOwn(throttleKey('phone', phoneHash), io)
  switch (placed.status) {
    case 'placed': {
      const { contactId, route } = placed
      return called({ type: 'dialled', seq, contactId, route, ...traitsOf(placed) })
    }
    case 'retry':
      return called({ type: 'throttled', seq, afterMs: placed.afterMs, failure: placed.failure })
    case 'refused':
      return called({ type: 'refused', seq, failure: placed.failure })
    case 'unknown':
      return called({ type: 'lost', seq, failure: placed.failure, ...traitsOf(placed) })
  }
}

async function openIncidents(references: string[], io: StoreIo): Promise<Incident[]> {
  const incidents = await Promise.all(
    references.map(async (reference) => {
      const { generation, ...of } = parseReference(reference)
      const incident = await readIncident(of, io.incidents)
      return incident?.generation === generation && incident.status === 'open' ? [incident] : []
    }),
  )
  return incidents.flat()
}

interface Callee {
  /** As the directory has them. */
  name: string
  phone: string
  language?: Language
  throttle?: Throttle
}

/** Why somebody is not called who wants no more calls now; undefined: they are. */
function overThrottle(
  { callee: { name, throttle }, phoneHash, token }: { callee: Callee; phoneHash: string; token: string },
  open: Incident[],
  io: StoreIo,
): Promise<Failure | undefined> | undefined {
  if (throttle === undefined) return undefined
  const isFirst = open.some((incident) => isFirstUrgentCall(incident, name))
  return enterOwn({ key: throttleKey('phone', phoneHash), token, isFree: isFirst }, throttle, io)
}

/** The person's number, from the directory of any project that wants the call. */
async function findPerson(phoneHash: string, incidents: string[], deps: GatewayDeps): Promise<Callee | undefined> {
  for (const project of new Set(incidents.map((reference) => parseReference(reference).project))) {
    const directory: Directory = await directoryOf(project, deps.config, deps.directory)
    for (const [name, contact] of Object.entries(directory.contacts)) {
      const phone = numbersOf(contact).find((one) => deps.phoneHashOf(one) === phoneHash)
      const throttle = throttleOf(contact, 'phone')
      if (phone !== undefined)
        return { name, phone, ...(contact.language && { language: contact.language }), ...(throttle && { throttle }) }
    }
  }
  return undefined
}

function called(event: PhoneLineEvent): Delivered<PhoneLineEvent> {
  return { status: 'done', events: [event] }
}
