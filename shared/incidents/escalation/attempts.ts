import type { Instant } from '../../contracts/words.ts'
import type { PlannedTarget } from '../../oncall/plan.ts'
import { type Attempt, isUnderWay, isUnplaced } from '../attempt.ts'
import type { Incident, IncidentEffect } from '../incident.ts'
import type { PersonName, Recipient, TriedPerson } from '../notice.ts'
import { formatReference } from '../reference.ts'
import { escalatedAs } from '../severity.ts'

/** Every channel that one target is reached by at once, each asked for by the decision `step`. */
export function attemptsFor(target: PlannedTarget, step: number, now: Instant): Attempt[] {
  return target.channels.map((channel) => ({
    contact: target.contact,
    name: target.name,
    language: target.language,
    channel,
    ...(channel === 'phone' ? firstNumber(target) : laterNumbers(target)),
    step,
    call: 1,
    status: 'requested' as const,
    since: now,
    fallback: target.fallback,
  }))
}

function firstNumber({ phoneHash, calls, others }: PlannedTarget): Partial<Attempt> {
  return {
    ...(phoneHash !== undefined && { phoneHash }),
    ...(calls !== undefined && { calls }),
    ...(others && { numbers: others }),
  }
}

/** What takes over from a text may be their phone. */
function laterNumbers({ fallback, phoneHash, calls, others = [] }: PlannedTarget): Partial<Attempt> {
  if (!fallback.includes('phone') || phoneHash === undefined) return {}
  return { numbers: [{ phoneHash, ...(calls !== undefined && { calls }) }, ...others] }
}

/** Leaves one attempt for each phone: two contacts with one number are one phone. */
export function onePerPhone(attempts: Attempt[]): Attempt[] {
  return attempts.filter(
    ({ phoneHash }, index) =>
      phoneHash === undefined || attempts.findIndex((attempt) => attempt.phoneHash === phoneHash) === index,
  )
}

/** Who answers which phone, by its HMAC. */
export function peopleOf(attempts: Attempt[]): Record<string, PersonName> {
  return Object.fromEntries(
    attempts.flatMap(({ phoneHash, contact, name }) =>
      phoneHash === undefined ? [] : [[phoneHash, { contact, name }]],
    ),
  )
}

/** Asks the phone line of an attempt by phone for its call. */
export function callEffect(attempt: Attempt, incident: Incident): IncidentEffect[] {
  if (attempt.channel !== 'phone' || attempt.phoneHash === undefined) return []
  const { phoneHash, step } = attempt
  return [{ type: 'call', phoneHash, incident: formatReference(incident), step, severity: escalatedAs(incident) }]
}

/** The recipient of an attempt by text or mail. */
export function personal(attempt: Attempt): Recipient[] {
  const { contact, name, channel, language } = attempt
  if (channel === 'phone') return []
  return [{ contact, name, channel, language }]
}

/** How the tries to reach each person went, with the attempts of one more layer. */
export function triedWith(tried: TriedPerson[], attempts: Attempt[]): TriedPerson[] {
  const byContact = new Map(tried.map((person) => [person.contact, person]))
  for (const attempt of attempts) {
    if (attempt.channel !== 'phone') continue
    const before = byContact.get(attempt.contact)?.calls ?? 0
    const rang = attempt.status !== 'failed' && !isUnplaced(attempt.status)
    // How the calls went that rang says more than one which never did.
    if (before > 0 && !rang) continue
    byContact.set(attempt.contact, {
      contact: attempt.contact,
      name: attempt.name,
      calls: before + (rang ? 1 : 0),
      outcome: triedOutcome(attempt.status),
    })
  }
  return [...byContact.values()]
}

function triedOutcome(status: Attempt['status']): TriedPerson['outcome'] {
  if (status === 'busy' || status === 'no-key' || status === 'failed' || status === 'passed' || status === 'unknown')
    return status
  if (isUnplaced(status)) return 'not-placed'
  return isUnderWay(status) || status === 'unanswered' ? 'unanswered' : 'failed'
}
