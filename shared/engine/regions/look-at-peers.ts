import { tidy } from '../../checks/run/tidy.ts'
import type { Fact } from '../../contracts/fact.ts'
import type { LogEntry } from '../../contracts/log-entry.ts'
import type { Instant } from '../../contracts/words.ts'
import type { OwnFact } from '../../evaluation/own-fact.ts'
import type { PeerSeen, PeersEvent } from '../../evaluation/peer-state.ts'
import type { Canary } from '../../store/canary.ts'
import { CLOCK_OFF_MS, differencesOf, idleBy } from './differences.ts'
import type { Greeted } from './greet-peer.ts'

/** Another region of the deployment, as `region-health` looks at it. */
export interface Peer {
  region: string
  /** The last canary that has come through there: how it is, and what it runs. */
  canary(): Promise<Canary | undefined>
  /** Asks its function `peer`. Rejects, with the reason, if that does not answer. */
  greet(): Promise<Greeted>
}

/** This region, and the others. */
export interface Peers {
  own: Pick<Peer, 'canary'>
  others: Peer[]
}

/** Looks once whether each other region is well, answers, seals with our secret, and has the right time and our version. Never rejects. */
export async function lookAtPeers(
  { own, others }: Peers,
  { now, log }: { now(): Instant; log(entry: LogEntry): void },
): Promise<PeersEvent> {
  // Whoever cannot read what it runs itself still sees whether others work.
  const ours = await own.canary().catch((error: unknown) => {
    log({ level: 'warn', event: 'own canary not read', error: String(error) })
    return undefined
  })
  const seen = await Promise.all(
    others.map(async (other) => [other.region, await lookAtOne(other, ours, now)] as const),
  )
  for (const [region, { found, fault }] of seen)
    if (found !== 'well') log({ level: 'warn', event: 'not well', region, fault: fault?.code })
  return Object.fromEntries(seen)
}

async function lookAtOne(other: Peer, own: Canary | undefined, now: () => Instant): Promise<PeerSeen> {
  const { region } = other
  const theirs = await other.canary().catch(String)
  if (typeof theirs === 'string') return faulty(tidy({ code: 'region-unread', args: { region, said: theirs } }))
  const version = versionOf(region, own, theirs)
  const fault = troubleOf(region, own, theirs, now())
  if (fault !== undefined) return { ...faulty(fault as Fact), ...version }
  try {
    const { aheadMs, isOfOtherRelease } = await other.greet()
    const runs = { otherVersion: isOfOtherRelease ? otherVersion(region) : ('none' as const), ...version }
    if (Math.abs(aheadMs) < CLOCK_OFF_MS) return { found: 'well', ...runs }
    const args = { region, seconds: Math.round(aheadMs / 1_000) }
    return { ...faulty({ code: 'region-clock-apart', args }), ...runs }
  } catch (error) {
    return { ...faulty(tidy({ code: 'region-unanswering', args: { region, said: String(error) } })), ...version }
  }
}

const faulty = (fault: Fact): PeerSeen => ({ found: 'faulty', fault })

const otherVersion = (region: string, version?: string): OwnFact => ({
  code: 'region-other-version',
  args: { region, ...(version !== undefined && { version }) },
})

/** What its last canary says of what it runs; nothing where either says nothing. */
function versionOf(
  region: string,
  own: Canary | undefined,
  theirs: Canary | undefined,
): Pick<PeerSeen, 'otherVersion'> {
  if (own?.version === undefined || theirs?.version === undefined) return {}
  return { otherVersion: own.version === theirs.version ? 'none' : otherVersion(region, theirs.version) }
}

/**
 * What is wrong with another region, as its last canary tells; undefined: nothing. Other people and silences are told of or taken over
 * where those are read.
 */
function troubleOf(
  region: string,
  own: Canary | undefined,
  theirs: Canary | undefined,
  now: Instant,
): OwnFact | undefined {
  const differences = differencesOf({ canary: own }, { canary: theirs })
  if (differences.some(({ code }) => code === 'other-secret')) return { code: 'region-other-secret', args: { region } }
  const idle = idleBy(theirs, now)
  if (idle?.code === 'never-worked') return { code: 'region-never-worked', args: { region } }
  if (idle !== undefined)
    return { code: 'region-late', args: { region, minutes: Math.floor(idle.args.agoMs / 60_000) } }
  const clock = differences.find((one) => one.code === 'clock')
  return clock && { code: 'region-clock', args: { region, seconds: Math.round(clock.args.aheadMs / 1_000) } }
}
