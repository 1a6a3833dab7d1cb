import type { Incident } from '../../../shared/incidents/incident.ts'
import { parseReference } from '../../../shared/incidents/reference.ts'
import { usesOf } from '../../../shared/oncall/layer-reach.ts'
import { hasJoined, nameOf } from '../outcome.ts'
import type { Outcome } from '../run.ts'
import { GARBAGE, type Said } from '../senders.ts'
import { groupKeyOf } from '../setting.ts'
import { linesOf } from './history.ts'

/** Every page ends as taken, over, or loudly exhausted, and nothing that came to us is lost on the way. */
export function incidentsEnd(outcome: Outcome): string[] {
  const { leftOutboxes, leftCalls } = outcome
  return [
    ...everyIncidentEnds(outcome),
    ...leftOutboxes.map((outbox) => `undelivered: ${outbox.slice(0, 300)}`),
    ...leftCalls.map((person) => `${person} is in a call for ever: nobody can be called there`),
    ...whoIsOwedAPageIsPaged(outcome),
    ...nothingIsLost(outcome),
    ...theLastWordCounts(outcome),
    ...onlyGarbageIsRefused(outcome),
    ...wordIsKept(outcome),
  ]
}

function everyIncidentEnds({ incidents, unsettled, told, unsure }: Outcome): string[] {
  const faults = unsettled.map(
    (incident) => `#${incident.number} is still ${incident.status}, ${incident.escalation.phase}`,
  )
  for (const incident of incidents) {
    if (incident.status !== 'open' || incident.escalation.phase !== 'exhausted') continue
    const name = nameOf(incident)
    const isLoud = told.some((one) => one.kind === 'exhausted' && one.incident === name)
    if (!isLoud && !unsure.has(`${name} exhausted`)) faults.push(`#${incident.number} is exhausted, silently`)
  }
  return faults
}

/** Only the chat is told of what has never been worth more; a fall in severity is told, not obeyed. */
function whoIsOwedAPageIsPaged(outcome: Outcome): string[] {
  const { incidents, setting } = outcome
  return incidents.flatMap((incident) => {
    if (incident.status !== 'open' || incident.escalation.phase !== 'notified') return []
    const policy = setting.config.policies[setting.config.projects[incident.project]?.policy ?? '']
    const wakes = linesOf(outcome, incident).some(
      (line) =>
        (line.kind === 'opened' || line.kind === 'changed') &&
        policy !== undefined &&
        usesOf(policy, line.severity).some((reach) => reach !== 'chat'),
    )
    return wakes ? [`page lost: ${nameOf(incident)} was worth waking somebody, and only the chat knows`] : []
  })
}

function nothingIsLost(outcome: Outcome): string[] {
  const { senders, incidents, setting } = outcome
  return senders.accepted
    .filter((alert) => {
      const { project } = alert
      const wanted = groupKeyOf(setting, alert)
      const isIt = (groupKey: string) =>
        wanted.endsWith('*') ? groupKey.startsWith(wanted.slice(0, -1)) : groupKey === wanted
      const isThere = incidents.some((one) => one.project === project && isIt(one.groupKey))
      return !isThere && !hasJoined(alert, outcome)
    })
    .map(({ project, dedupKey }) => `page lost: nobody heard of ${project} ${dedupKey}`)
}

/** What one message says is not overtaken by another that is so much later, whatever its sender's clock shows; ms. */
const CLEARLY_LATER_MS = 6_000

/** A resolve ends it, a trigger after that begins it anew; whose clock is wrong matters to neither. A group goes on with any of it. */
function theLastWordCounts(outcome: Outcome): string[] {
  const { senders, incidents, people, setting } = outcome
  const words = senders.said.filter(({ action }) => action !== 'acknowledge').toSorted((a, b) => a.at - b.at)
  const byIncident = Map.groupBy(words, (said) => `${said.project} ${groupKeyOf(setting, said)}`)
  return [...byIncident].flatMap(([name, said]) => {
    const byKey = [...Map.groupBy(said, ({ dedupKey }) => dedupKey).values()]
    const lasts = byKey.flatMap((of) => of.slice(-1))
    const last = lasts.find(({ action }) => action === 'trigger') ?? lasts[0]
    if (last === undefined || byKey.some((of) => !isClear(of))) return []
    const incident = incidents.find((one) => one.project === last.project && one.groupKey === groupKeyOf(setting, last))
    const byHand = people.acted.some(({ incident: of, what }) => what === 'resolve' && isAbout(of, incident))
    if (incident === undefined || byHand) return []
    if (last.action === 'resolve' && incident.status !== 'resolved') return [`${name} is over, and ${incident.status}`]
    // What joined a storm is over with it.
    return last.action === 'trigger' && incident.status === 'resolved' && !hasJoined(last, outcome)
      ? [`page lost: ${name} was told of after it was over, and counts as over`]
      : []
  })
}

function isClear(words: Said[]): boolean {
  const last = words.at(-1)
  return words.every((one) => one.action === last?.action || (last?.at ?? 0) - one.at > CLEARLY_LATER_MS)
}

function isAbout(reference: string, incident: Incident | undefined): boolean {
  const { project, groupKey } = parseReference(reference)
  return incident?.project === project && incident.groupKey === groupKey
}

/** What nobody can read waits where people look, with its reason; what can be read is never there. */
function onlyGarbageIsRefused({ letters, risked, senders }: Outcome): string[] {
  const isGarbage = ({ body }: { body: string }) => body.includes(GARBAGE)
  const refused = letters.filter(({ reason }) => reason !== undefined)
  return [
    ...refused.filter((one) => !isGarbage(one)).map(({ body, reason }) => `refused: ${body}: ${reason}`),
    ...letters
      .filter((one) => one.reason === undefined && !isGarbage(one))
      .map(({ body }) => `page lost: given up among the dead letters: ${body.slice(0, 200)}`),
    ...risked.map((body) => `page lost: a dead letter was deleted before it was sent again: ${body.slice(0, 200)}`),
    ...(refused.length < senders.garbage
      ? [`refused without a trace: of ${senders.garbage} messages ${refused.length} are left`]
      : []),
  ]
}

/** What somebody was told has been taken, resolved or noted is so. */
function wordIsKept({ people, incidents, timelines }: Outcome): string[] {
  return people.promised.flatMap(({ incident, what, text, at }) => {
    const { project, generation, groupKey } = parseReference(incident)
    const now = incidents.find((one) => one.project === project && one.groupKey === groupKey)
    const isCurrent = now?.generation === generation
    if (what === 'taken' && !isTakenOrOver({ timelines }, parseReference(incident), at))
      return [`${incident} was taken, and nothing says so`]
    if (what === 'taken')
      return isCurrent && now.status === 'open' && now.outgrown === undefined && now.lapse === undefined
        ? [`${incident} was taken, and is open`]
        : []
    if (what === 'resolved')
      return isCurrent && now.status !== 'resolved' ? [`${incident} was resolved, and is not`] : []
    const lines = timelines.get(`${project}#${groupKey}`) ?? []
    const times = lines.filter((line) => line.kind === 'note' && line.text === text).length
    return times === 1 ? [] : [`a note to ${incident} is there ${times} times`]
  })
}

/** The clocks of machines differ by less, ms. */
const CLOCKS_MS = 1_000

function isTakenOrOver(
  outcome: Pick<Outcome, 'timelines'>,
  of: ReturnType<typeof parseReference>,
  at: number,
): boolean {
  return linesOf(outcome, of).some(
    (line) => line.kind === 'acknowledged' || (line.kind === 'resolved' && line.at <= at + CLOCKS_MS),
  )
}
