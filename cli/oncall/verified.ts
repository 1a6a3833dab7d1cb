import { type PersonalReach, personalReaches } from '../../shared/contracts/reach.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import { BACK_MS, reachesOf } from '../../shared/engine/console/view-reach.ts'
import { recordedSince } from '../../shared/engine/recorded.ts'
import { type Proven, provenIn } from '../../shared/incidents/proven.ts'
import { dateAndTime } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import type { OnCallOptions } from '../configuration.ts'
import { storeOf } from '../engine.ts'
import { BAD, FINE } from '../failure.ts'
import type { CliIo } from '../io.ts'
import { table } from '../table.ts'
import { findTarget, type TargetOptions } from '../target.ts'
import { oncallWords } from '../words/oncall.ts'
import { findPeople } from './people.ts'

/** Somebody with the channels that they have, and when these were last seen to work. */
export interface Verified {
  /** Absent: a console does not tell it. */
  contact?: string
  name: string
  channels: PersonalReach[]
  proven: Partial<Record<PersonalReach, Proven>>
}

/** Everybody of a deployment, by its tables. */
export async function verifiedThere(options: OnCallOptions & TargetOptions, io: CliIo): Promise<Verified[]> {
  const { directory } = await findPeople({ ...options, deployed: true }, io)
  const { recorded } = await recordedSince(io.now() - BACK_MS, () => true, storeOf(findTarget(options, io), io))
  const proven = provenIn(recorded)
  return Object.entries(directory.contacts).map(([contact, person]) => ({
    contact,
    name: person.name,
    channels: reachesOf(person),
    proven: proven.get(person.name) ?? {},
  }))
}

/** Tells when each channel of each person last worked. Exit code 1: somebody’s phone has not been seen to. */
export function tellVerified(people: Verified[], isJson: boolean, io: CliIo): number {
  if (isJson) io.out(JSON.stringify(people.map(shown), null, 2))
  else {
    const say = oncallWords[io.language].oncall
    const head = [say.who, ...personalReaches.map((channel) => words[io.language].reach[channel].toUpperCase())]
    io.out(
      table(
        head,
        people.map((person) => [person.name, ...personalReaches.map((channel) => cell(person, channel, io))]),
      ),
    )
  }
  return people.some(({ channels, proven: found }) => channels.includes('phone') && !found.phone) ? BAD : FINE
}

function cell({ channels, proven }: Verified, channel: PersonalReach, { language, timezone }: CliIo): string {
  const say = oncallWords[language].oncall
  if (!channels.includes(channel)) return '-'
  const found = proven[channel]
  return found === undefined
    ? say.never
    : dateAndTime(found.at, timezone) + words[language].brackets(say.proofs[found.by])
}

function shown({ contact, name, channels, proven }: Verified) {
  const iso = (at: Instant) => new Date(at).toISOString()
  const known = channels.map((channel) => {
    const found = proven[channel]
    return [channel, found === undefined ? null : { at: iso(found.at), by: found.by }] as const
  })
  return { ...(contact !== undefined && { contact }), name, ...Object.fromEntries(known) }
}
