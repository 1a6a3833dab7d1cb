import { parseReference } from '../../../shared/incidents/reference.ts'
import { onlyFails } from '../faults.ts'
import { callName } from '../ledger.ts'
import { isRefused } from '../links.ts'
import type { Lived } from '../lived.ts'
import type { Outcome } from '../run.ts'
import { groupKeyOf } from '../setting.ts'
import { linesOf, mayBeTaken } from './history.ts'

/** Whoever has pressed 1 is not called again about it: the phone is free only once a late key would have come, ms. */
const HEARD_MS = 60_000

/** A key that has reached us is written down within this, ms. */
const COUNTED_MS = 3_000

/** What is in nobody's way who has pressed a key. */
const harmless = ['texts', 'calls', 'events', 'stops', 'duplicates', 'lostReports', 'lostAnswers'] as const

/** A key that is longer on its way is not waited for, ms. */
const JUST_PRESSED_MS = 1_500

/** Only a human stops the phone, and whoever pressed the key has. */
export function keysCount(outcome: Outcome): string[] {
  return [...keysAreHeard(outcome), ...nobodyElseTakes(outcome)]
}

/** Whoever pressed the key has it. */
export function keysAreHeard(outcome: Lived): string[] {
  return [...keysAreCounted(outcome), ...keysCountAtOnce(outcome), ...whoPressedIsLeftAlone(outcome)]
}

/** Key 1 takes it, and key 4 for an hour. */
function takes(key: string): boolean {
  return key === '1' || key === '4'
}

/** Such a key takes every incident of its call, however late it reaches us. */
function keysAreCounted(outcome: Lived): string[] {
  const { rings, incidents, log, faults, restedAt } = outcome
  const lost = log.flatMap(({ entry }) => ('event' in entry && entry.event === 'key lost' ? [entry] : []))
  return rings.flatMap(({ token, presses, phoneHash }) =>
    presses.flatMap(({ key, about, result, at }) => {
      if (!takes(key) || result === undefined) return []
      // Whoever died of it is followed by watch, which sees to nothing any more.
      if (at > restedAt && faults.crashes > 0) return []
      // Neither the tables nor the queue could be reached: that is said in the call.
      if (result === 'failed' && lost.some((entry) => 'phoneHash' in entry && entry.phoneHash === phoneHash)) return []
      return about.flatMap((reference) => {
        const { project, groupKey, generation } = parseReference(reference)
        const now = incidents.find((one) => one.project === project && one.groupKey === groupKey)
        const isFree = now?.outgrown !== undefined || now?.lapse !== undefined
        const isOpen =
          now?.generation === generation &&
          now.status === 'open' &&
          !isFree &&
          ownTakingAt(outcome, reference, phoneHash) === Infinity
        return isOpen ? [`key not counted: ${key} in ${token}, ${result}, and ${reference} is open`] : []
      })
    }),
  )
}

/** Where nothing is in the way a key counts as soon as it has reached us, be its call over or not. */
function keysCountAtOnce(outcome: Lived): string[] {
  const { rings, faults, ledger } = outcome
  if (!onlyFails(faults, ...harmless)) return []
  return rings.flatMap(({ token, presses, phoneHash }) =>
    presses.flatMap(({ key, at, about, result, heardAt = at + faults.keyDelayMs }) => {
      if (!takes(key) || result === undefined) return []
      return about.flatMap((reference) => {
        const byAll = ledger.acknowledgedAt.get(reference) ?? Infinity
        const takenAt = Math.min(byAll, ownTakingAt(outcome, reference, phoneHash))
        const isLate = takenAt > heardAt + COUNTED_MS
        return isLate && mayBeTaken(linesOf(outcome, parseReference(reference))) === 1
          ? [`key counted late: ${key} in ${token} for ${reference}`]
          : []
      })
    }),
  )
}

/** When it was written that this person has taken what several have to. */
function ownTakingAt({ ledger, setting }: Lived, reference: string, phoneHash: string): number {
  const people = Object.values(setting.directory.contacts)
  const person = people.find(({ phone }) => phoneHash === `person-${phone}`)
  return ledger.takenAt.get(`${reference} ${person?.name}`) ?? Infinity
}

/** A key just pressed is not overtaken by its hang-up. */
function whoPressedIsLeftAlone(outcome: Lived): string[] {
  const { rings, faults } = outcome
  const isFair = faults.events === 0 && onlyFails(faults, ...harmless)
  if (!isFair || faults.keyDelayMs > JUST_PRESSED_MS) return []
  return rings.flatMap((ring) => {
    const pressed = ring.presses.find(({ key, result }) => takes(key) && result === 'ok')
    if (pressed === undefined) return []
    const again = rings.find(
      ({ phoneHash, startedAt, about }) =>
        phoneHash === ring.phoneHash &&
        startedAt > pressed.at &&
        startedAt < pressed.at + HEARD_MS &&
        about.some(({ incident }) => pressed.about.includes(incident) && !isNobodys(outcome, incident, pressed.at)),
    )
    return again === undefined ? [] : [`rung again after key ${pressed.key} in ${ring.token}: ${again.token}`]
  })
}

/** Whether it got worse than what somebody took, or was nobody's any more some time after that. */
function isNobodys(outcome: Lived, reference: string, since: number): boolean {
  const lines = linesOf(outcome, parseReference(reference)).filter(({ at }) => at > since)
  return lines.some((line) => line.kind === 'reopened' || (line.kind === 'changed' && line.outgrown !== undefined))
}

/** Nothing is taken that nobody has set out to take. */
function nobodyElseTakes(outcome: Outcome): string[] {
  const { people, senders, rings, ledger, incidents, setting } = outcome
  // What comes while it rings joins a call only if that asks what to say.
  const told = ({ outId, about, ...ring }: Outcome['rings'][number]) =>
    outId === undefined ? (ledger.about.get(callName(ring)) ?? []) : about.map(({ incident }) => incident)
  const taken = new Set(people.acted.flatMap(({ incident, what }) => (what === 'take' ? [incident] : [])))
  const answers = Object.values(setting.config.policies).some(({ acknowledgeOn }) => acknowledgeOn === 'answer')
  for (const ring of rings) {
    const isPressed = ring.presses.some(({ key }) => takes(key))
    if (isPressed || (answers && ring.answeredAt !== undefined)) for (const incident of told(ring)) taken.add(incident)
  }
  const byApi = new Set(
    senders.said.flatMap((said) =>
      said.action === 'acknowledge' ? [`${said.project} ${groupKeyOf(setting, said)}`] : [],
    ),
  )
  const faults = people.meddled
    .filter(({ how, result }) => !isRefused(how, result))
    .map(({ incident, how, result }) => `a link that was ${how} came to this: ${result}, ${incident}`)
  for (const { project, groupKey, generation } of incidents) {
    for (let each = 1; each <= generation; each++) {
      const name = `${project}#${each}#${groupKey}`
      const lines = linesOf(outcome, { project, groupKey, generation: each })
      const isTaken = lines.some(({ kind }) => kind === 'acknowledged')
      if (isTaken && !taken.has(name) && !byApi.has(`${project} ${groupKey}`))
        faults.push(`page lost: ${name} is acknowledged, and nobody took it`)
    }
  }
  return faults
}
