import { HOUR_MS } from '../../contracts/milliseconds.ts'
import type { SubscriptionWay } from '../../contracts/status-page.ts'
import type { Language } from '../../contracts/words.ts'
import { rateLimitKey } from '../../store/keys.ts'
import { writeMark } from '../../store/status-marks.ts'
import { changeSubscriber, type Subscriber, sealAddress, subscriberName, wayOf } from '../../store/subscribers.ts'
import type { EngineIo } from '../io.ts'
import { askingNetwork } from './asking-network.ts'

/** So many addresses are asked for one page in an hour: whoever wants to fill strangers' mailboxes, or logs, is stopped there. */
const AN_HOUR = 60

/** So many of these may come from one source, so that it does not take the places of all others. */
const AN_HOUR_FROM_ONE = 10

/** The same address is asked again after so long. */
const AGAIN_MS = 600_000

/** What somebody has asked for who wants to be told. */
interface Wish {
  way: SubscriptionWay
  /** Of mail, or an absolute URL. */
  address: string
  language: Language
  base: string
  /** The address that the request is from; '' where nobody knows. */
  source: string
}

/** Takes the wish of somebody to be told; their address is asked first. False: too many have asked in this hour, or this source too often. */
export async function subscribe(
  page: string,
  { way, address, language, base, source }: Wish,
  secret: string,
  io: EngineIo,
): Promise<boolean> {
  const network = askingNetwork(source, secret)
  if (!(await isWithin(`status#${page}#source#${network}`, AN_HOUR_FROM_ONE, io))) return false
  if (!(await isWithin(`status#${page}`, AN_HOUR, io))) return false
  const name = subscriberName(page, way, address, secret)
  const isNew = await changeSubscriber(
    page,
    name,
    (before) => {
      if (before?.state === 'active' || (before?.state === 'asked' && before.since > io.now() - AGAIN_MS))
        return undefined
      const sealed = sealAddress(address, secret)
      const asked = { name, state: 'asked' as const, address: sealed, language, base, since: io.now() }
      return { ...asked, ...(way === 'webhook' && { by: way }), told: [], failures: 0 }
    },
    io,
  )
  // It is the address that learns whether it was there already: nobody else.
  if (!isNew) return true
  // What becomes of the question nobody knows yet: watch looks after it.
  await writeMark(page, '', io)
  await io.escalate({ v: 1, kind: 'subscriber', page, subscriber: name }, 0)
  return true
}

async function isWithin(what: string, limit: number, io: EngineIo): Promise<boolean> {
  const hour = Math.floor(io.now() / HOUR_MS)
  const expiresAt = (hour + 2) * (HOUR_MS / 1000)
  return (await io.incidents.count(rateLimitKey(what, hour), { limit, expiresAt })) !== undefined
}

/** What became of the answer of a subscriber. */
export interface Answered {
  /** False: its link is too old. */
  isTaken: boolean
  /** Whoever has said yes by this very answer. */
  confirmed?: Subscriber
  /** How they are told; absent: nobody knows them any more. */
  by?: SubscriptionWay
}

/** Takes the answer of a subscriber, whose link holds. */
export async function answerSubscription(
  use: 'confirm' | 'leave',
  page: string,
  name: string,
  io: EngineIo,
): Promise<Answered> {
  let known: Subscriber | undefined
  let confirmed: Subscriber | undefined
  await changeSubscriber(
    page,
    name,
    (before) => {
      known = before
      confirmed = undefined
      if (before === undefined || before.state === 'gone') return undefined
      if (use === 'leave') return { ...before, state: 'gone', address: '' }
      if (before.state === 'active') return undefined
      confirmed = { ...before, state: 'active', since: io.now(), told: [], failures: 0 }
      return confirmed
    },
    io,
  )
  const isTaken = use === 'leave' || (known !== undefined && known.state !== 'gone')
  return { isTaken, ...(known && { by: wayOf(known) }), ...(confirmed && { confirmed }) }
}
