import { HOUR_MS } from '../../contracts/milliseconds.ts'
import type { Language } from '../../contracts/words.ts'
import { rateLimitKey } from '../../store/keys.ts'
import { writeMark } from '../../store/status-marks.ts'
import { changeSubscriber, sealAddress, subscriberName } from '../../store/subscribers.ts'
import type { EngineIo } from '../io.ts'
import { askingNetwork } from './asking-network.ts'

/** So many addresses are asked for one page in an hour: whoever wants to fill strangers' mailboxes is stopped there. */
const AN_HOUR = 60

/** So many of these may come from one source, so that it does not take the places of all others. */
const AN_HOUR_FROM_ONE = 10

/** The same address is asked again after so long. */
const AGAIN_MS = 600_000

/** What somebody has asked for who wants to be told. */
interface Wish {
  address: string
  language: Language
  base: string
  /** The address that the request is from; '' where nobody knows. */
  source: string
}

/** Takes the wish of somebody to be told; their address is asked first. False: too many have asked in this hour, or this source too often. */
export async function subscribe(
  page: string,
  { address, language, base, source }: Wish,
  secret: string,
  io: EngineIo,
): Promise<boolean> {
  const network = askingNetwork(source, secret)
  if (!(await isWithin(`status#${page}#source#${network}`, AN_HOUR_FROM_ONE, io))) return false
  if (!(await isWithin(`status#${page}`, AN_HOUR, io))) return false
  const name = subscriberName(page, address, secret)
  const isNew = await changeSubscriber(
    page,
    name,
    (before) => {
      if (before?.state === 'active' || (before?.state === 'asked' && before.since > io.now() - AGAIN_MS))
        return undefined
      const sealed = sealAddress(address, secret)
      return { name, state: 'asked', address: sealed, language, base, since: io.now(), told: [], failures: 0 }
    },
    io,
  )
  // It is the address that learns whether it was there already: nobody else.
  if (!isNew) return true
  // What becomes of the first mail nobody knows yet: watch looks after it.
  await writeMark(page, '', io)
  await io.escalate({ v: 1, kind: 'subscriber', page, subscriber: name }, 0)
  return true
}

async function isWithin(what: string, limit: number, io: EngineIo): Promise<boolean> {
  const hour = Math.floor(io.now() / HOUR_MS)
  const expiresAt = (hour + 2) * (HOUR_MS / 1000)
  return (await io.incidents.count(rateLimitKey(what, hour), { limit, expiresAt })) !== undefined
}

/** Takes the answer of a subscriber, whose link holds. False: it is too old. */
export async function answerSubscription(
  use: 'confirm' | 'leave',
  page: string,
  name: string,
  io: EngineIo,
): Promise<boolean> {
  let isThere = false
  await changeSubscriber(
    page,
    name,
    (before) => {
      isThere = before !== undefined && (use === 'leave' || before.state !== 'gone')
      if (before === undefined || !isThere) return undefined
      if (use === 'leave') return before.state === 'gone' ? undefined : { ...before, state: 'gone', address: '' }
      return before.state === 'active' ? undefined : { ...before, state: 'active', since: io.now(), told: [] }
    },
    io,
  )
  return isThere || use === 'leave'
}
