import type { Call, Caller, Placed } from '../channels/channel.ts'
import { routeFor } from '../channels/references.ts'
import type { CompiledRoute } from '../contracts/compiled-config.ts'
import type { Failure } from '../contracts/failure.ts'
import type { Delivered } from '../contracts/machine.ts'
import type { Language } from '../contracts/words.ts'
import type { Incident } from '../incidents/incident.ts'
import { noticeOf } from '../incidents/notices.ts'
import { parseReference } from '../incidents/reference.ts'
import { sayPage } from '../messages/voice.ts'
import type { Directory } from '../oncall/plan.ts'
import { directoryOf } from '../oncall/plans.ts'
import type { PhoneLineEffect, PhoneLineEvent } from '../phoneline/phone-line.ts'
import { readIncident } from '../store/incidents.ts'
import type { StoreIo } from '../store/io.ts'
import { waitForRateLimit } from './rate-limit.ts'
import { channelIo, type GatewayDeps, resolved } from './vendors.ts'

/** A call is asked for again with the same token within this, and never after. */
const CALL_MS = 10_000

/** A vendor has so long to confirm that a call is over. */
const STOP_MS = 5_000

/** After 1 s, 2 s, 4 s … and so on while it may ring: a recovery may stop many phones, and Connect stops two a second. */
const STOP_TRIES = 6

/** Places one call for a person, on the first route that does not refuse it. */
export async function dial(
  effect: Extract<PhoneLineEffect, { type: 'dial' }>,
  uncertain: boolean,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Delivered<PhoneLineEvent>> {
  const { phoneHash, seq } = effect
  // Whoever was dialling has crashed: it may be ringing, so nobody dials for this intent again.
  if (uncertain) return called({ type: 'lost', seq, failure: { class: 'crashed' } })
  const [open, callee] = await Promise.all([
    openIncidents(effect.incidents, io),
    findPerson(phoneHash, effect.incidents, deps),
  ])
  if (open.length === 0) return called({ type: 'withdrawn', seq })
  if (callee === undefined) return called({ type: 'refused', seq, failure: { class: 'no-contact' } })

  const routes = routeFor(phoneRoutes(deps), callee.phone)
  if (routes.length === 0) return called({ type: 'refused', seq, failure: { class: 'no-route' } })

  const language = callee.language ?? deps.config.language
  const notices = open.map((incident) => noticeOf(incident, 'page', io.now()))
  const call = { phone: callee.phone, token: `line:${phoneHash}:${seq}`, language, phoneHash, seq }
  const say = ({ keys }: Caller) => sayPage(notices, language, io.now(), keys)
  const placed = await placeOnFirst(routes, call, say, deps, io)
  io.log({
    event: 'dial',
    phoneHash,
    seq,
    status: placed.status,
    ...('failure' in placed ? { failure: placed.failure } : {}),
  })
  switch (placed.status) {
    case 'placed':
      return called({ type: 'dialled', seq, contactId: placed.contactId, route: placed.route })
    case 'retry':
      return called({ type: 'throttled', seq, afterMs: placed.afterMs, failure: placed.failure })
    case 'refused':
      return called({ type: 'refused', seq, failure: placed.failure })
    case 'unknown':
      return called({ type: 'lost', seq, failure: placed.failure })
  }
}

/** The next route is tried only after a definite refusal, never after an unknown result. */
async function placeOnFirst(
  routes: CompiledRoute[],
  call: Omit<Call, 'message'>,
  say: (voice: Caller) => string,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Exclude<Placed, { status: 'placed' }> | { status: 'placed'; contactId: string; route: number }> {
  const failures: Failure[] = []
  const all = phoneRoutes(deps)
  for (const route of routes) {
    const voice = deps.voiceRoutes[route.type]
    if (voice === undefined) continue
    const { settings, unset } = resolved(route.settings, deps)
    const placed: Placed =
      unset === undefined
        ? await placeInTurn(voice, call, say, settings, deps, io)
        : { status: 'refused', failure: unset }
    if (placed.status === 'placed') return { ...placed, route: all.indexOf(route) }
    if (placed.status !== 'refused') return placed
    failures.push(placed.failure)
  }
  const [first, ...others] = failures
  if (first === undefined) return { status: 'refused', failure: { class: 'no-route' } }
  return { status: 'refused', failure: others.length === 0 ? first : { class: 'routes-refused', each: failures } }
}

/** Places a call when the route has not placed as many in this second as its vendor takes; else it is to be placed in the next one. */
async function placeInTurn(
  voice: Caller,
  call: Omit<Call, 'message'>,
  say: (voice: Caller) => string,
  settings: unknown,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Placed> {
  const { perSecond } = voice.limits
  const afterMs = await waitForRateLimit(`${voice.type}#${voice.rateKey(settings)}`, perSecond, 1_000, io)
  if (afterMs === 0) return place(voice, call, say, settings, deps, io)
  return {
    status: 'retry',
    afterMs,
    failure: { class: 'our-limit', vendor: voice.type, per: 'second', limit: perSecond },
  }
}

/**
 * Asks the vendor. An error of ours before that is a refusal: another route or channel takes over. After one on the way nobody knows
 * whether the vendor was asked, so nobody is asked again.
 */
async function place(
  voice: Caller,
  call: Omit<Call, 'message'>,
  say: (voice: Caller) => string,
  settings: unknown,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Placed> {
  const failure = { class: 'own-error', vendor: voice.type } as const
  let isAsked = false
  try {
    const message = say(voice)
    isAsked = true
    return await voice.place({ ...call, message }, settings, channelIo(voice.type, deps, io, CALL_MS))
  } catch (error) {
    io.log({ level: 'error', event: 'dial', route: voice.type, error: String(error) })
    return { status: isAsked ? 'unknown' : 'refused', failure }
  }
}

/** Ends a call that is to ring no longer. */
export async function stop(
  { seq, contactId, route: index }: Extract<PhoneLineEffect, { type: 'stop' }>,
  tries: number,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Delivered<PhoneLineEvent>> {
  const route = phoneRoutes(deps)[index]
  const voice = deps.voiceRoutes[route?.type ?? '']
  const { settings } = resolved(route?.settings, deps)
  const isOver =
    voice !== undefined && (await voice.stop(contactId, settings, channelIo(voice.type, deps, io, STOP_MS)))
  if (!isOver && tries + 1 < STOP_TRIES) return { status: 'later', afterMs: 1_000 * 2 ** tries }
  // Unconfirmed after the last try it may still ring: the phone line waits until Connect itself must have ended it.
  return isOver ? called({ type: 'stopped', seq }) : { status: 'done' }
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

/** The person's number, from the directory of any project that wants the call. */
async function findPerson(
  phoneHash: string,
  incidents: string[],
  deps: GatewayDeps,
): Promise<{ phone: string; language?: Language } | undefined> {
  for (const project of new Set(incidents.map((reference) => parseReference(reference).project))) {
    const directory: Directory = await directoryOf(project, deps.config, deps.directory)
    const contact = Object.values(directory.contacts).find(
      ({ phone }) => phone !== undefined && deps.phoneHashOf(phone) === phoneHash,
    )
    if (contact?.phone !== undefined)
      return { phone: contact.phone, ...(contact.language === undefined ? {} : { language: contact.language }) }
  }
  return undefined
}

function phoneRoutes(deps: GatewayDeps): CompiledRoute[] {
  return (deps.config.channels.phone?.settings as { routes: CompiledRoute[] } | undefined)?.routes ?? []
}

function called(event: PhoneLineEvent): Delivered<PhoneLineEvent> {
  return { status: 'done', events: [event] }
}
