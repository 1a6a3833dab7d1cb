import { type AccountFault, accountFaults, type Failure } from '../contracts/failure.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { StoreIo } from '../store/io.ts'
import { accountsKey } from '../store/keys.ts'
import { held, stateIn } from '../store/shape.ts'

/** An account at a vendor that refuses whatever it is asked, or did lately. */
export interface BrokenAccount {
  /** The type of the route that was refused. */
  vendor: string
  /** As the vendor refused last, and its own code. */
  why: AccountFault
  code?: string
  /** Where there is another way, it is not asked before. */
  againAt: Instant
  /** When it has served again; absent: it has not. */
  servedAt?: Instant
}

/** By `type#rateKey`. */
export type Accounts = Record<string, BrokenAccount>
/** The version, and form, in which accounts that refuse everything are kept. */
export const accountsShape: Shape<Accounts> = { current: 1 }

/** It is asked again so long after a refusal, ms: a request in vain costs the next route less than a second. */
const AGAIN_MS = 5 * 60_000

/** One that serves again is forgotten after so long, ms: watch has told of it by then. */
const FORGOTTEN_MS = 86_400_000

/** One that nobody has asked for so long, ms, is no longer told of. */
const UNASKED_MS = 7 * 86_400_000

/** Reads which vendors' accounts refuse everything, or did lately; none if nothing is kept. */
export async function readAccounts({ incidents }: Pick<StoreIo, 'incidents'>): Promise<Accounts> {
  return stateIn(await incidents.get(accountsKey()), accountsShape, incidents) ?? {}
}

/** The same for what goes on whether or not it can be read: then nothing is known of any. */
export async function accountsIfPossible(io: Pick<StoreIo, 'incidents' | 'log'>): Promise<Accounts> {
  return readAccounts(io).catch((error: unknown) => {
    io.log({ level: 'warn', event: 'accounts not read', error: String(error) })
    return {}
  })
}

/** Why there is no use in asking an account now; undefined: it may be asked. */
export function refusalOf(account: BrokenAccount | undefined, now: Instant): Failure | undefined {
  if (account === undefined || account.servedAt !== undefined || now >= account.againAt) return undefined
  const { why, vendor, code } = account
  return { class: why, vendor, ...(code === undefined ? {} : { code }) }
}

/** Whether an account is still to be taken for broken; one that nobody has asked for a week may have left the configuration. */
export function isBroken({ servedAt, againAt }: BrokenAccount, now: Instant): boolean {
  return servedAt === undefined && now - againAt < UNASKED_MS
}

/**
 * Remembers what an account has answered, if that is news: that it refuses everything, and why; without `failure`, that it serves.
 * `known`: what was known of it when it was asked.
 */
async function noteAnswer(
  name: string,
  vendor: string,
  failure: Failure | undefined,
  known: BrokenAccount | undefined,
  io: Pick<StoreIo, 'incidents' | 'now'>,
): Promise<void> {
  const why = accountFaults.find((one) => one === failure?.class)
  const isNews = failure === undefined ? known !== undefined && known.servedAt === undefined : why !== undefined
  if (!isNews) return
  const code = failure?.code
  for (;;) {
    const row = await io.incidents.get(accountsKey())
    const all = stateIn(row, accountsShape, io.incidents) ?? {}
    const before = all[name]
    const now = io.now()
    const refused = why && { vendor, why, ...(code === undefined ? {} : { code }), againAt: now + AGAIN_MS }
    const account = refused ?? (before && { ...before, servedAt: now })
    if (account === undefined) return
    const kept = Object.entries(all).filter(([, { servedAt = Infinity }]) => now - servedAt < FORGOTTEN_MS)
    const accounts: Accounts = { ...Object.fromEntries(kept), [name]: account }
    const version = row?.version ?? 0
    const next = { ...accountsKey(), version: version + 1, ...held(accounts, accountsShape) }
    if (await io.incidents.putIfVersion(next, version)) return
  }
}

/** Remembers it, for what goes on whether or not it can be written down: see `noteAnswer`. */
export async function noteIfPossible(
  name: string,
  vendor: string,
  failure: Failure | undefined,
  known: BrokenAccount | undefined,
  io: Pick<StoreIo, 'incidents' | 'now' | 'log'>,
): Promise<void> {
  await noteAnswer(name, vendor, failure, known, io).catch((error: unknown) =>
    io.log({ level: 'warn', event: 'account not noted', route: vendor, error: String(error) }),
  )
}
