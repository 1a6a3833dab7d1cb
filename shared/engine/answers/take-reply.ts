import type { ReplyAnswer } from '../../contracts/reply-answer.ts'
import type { Language } from '../../contracts/words.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { PersonName } from '../../incidents/notice.ts'
import { type Reply, replyIn } from '../../incidents/reply.ts'
import { cutCharacters } from '../../messages/cut.ts'
import { titleIn } from '../../messages/facts.ts'
import { partlyText } from '../../messages/needed.ts'
import { addressesOf, numbersOf } from '../../oncall/numbers.ts'
import type { Contact, Directory } from '../../oncall/plan.ts'
import { incidentOfNumber, listIncidents } from '../../store/incidents.ts'
import type { Action, Outcome } from '../console/action.ts'
import { takeAction } from '../console/take-action.ts'
import type { EngineIo } from '../io.ts'

/** A text that somebody has written to us. */
export interface Written {
  /** The contacts' key by whose values senders are told apart, and the sender's. */
  key: string
  id: string
  text: string
  /** The same for every time that the vendor brings this text. */
  once: string
}

export interface ReplyDeps {
  /** All that are configured. */
  projects: readonly string[]
  directory(project: string): Promise<Directory>
  language: Language
}

/** Who wrote it: a contact of a project. */
export interface Writer {
  project: string
  by: PersonName
  language: Language
}

/** So many open incidents are looked through for the one that is meant. */
const LISTED = 100
/** So many are named to whoever has to choose. */
const NAMED = 5
/** A vendor that brings a text again does so within this. */
const REPEATED_MS = 60_000
const TITLE = 80

/**
 * Does what a text asks for in the name of its sender, who is whoever has that number or id among the project's contacts. Without a number
 * the only open incident of the sender is meant. Whoever is no contact changes nothing, and has no `writer`. Rejects when a table does.
 */
export async function takeReply(
  written: Written,
  deps: ReplyDeps,
  io: EngineIo,
): Promise<{ answer: ReplyAnswer; writer?: Writer }> {
  const reply = replyIn(written.text)
  const asked = reply?.number === undefined ? undefined : await incidentOfNumber(reply.number, io)
  const owner = asked === undefined ? undefined : await writerIn(asked.project, written, deps)
  const writer = owner ?? (await firstWriter(written, deps))
  if (writer === undefined) return { answer: { result: 'nobody' } }
  if (reply === undefined) return { answer: { result: 'unclear' }, writer }
  if (reply.number !== undefined) {
    if (asked === undefined) return { answer: { result: 'unknown', number: reply.number }, writer }
    if (owner === undefined) return { answer: { result: 'not-yours', number: reply.number }, writer }
    return { answer: await act(reply, asked, written, owner, io), writer }
  }
  const meant = await meantBy(reply, written, deps, io)
  const [only, ...others] = meant
  if (only === undefined) return { answer: { result: 'none' }, writer }
  if (others.length > 0)
    return {
      answer: { result: 'which', numbers: meant.slice(0, NAMED).map(({ incident }) => incident.number) },
      writer,
    }
  return { answer: await act(reply, only.incident, written, only.writer, io), writer: only.writer }
}

async function act(reply: Reply, of: Incident, { once }: Written, writer: Writer, io: EngineIo): Promise<ReplyAnswer> {
  const { by, language } = writer
  const until = reply.act === 'snooze' ? io.now() + (reply.ms ?? 0) : undefined
  const done = {
    result: 'done',
    act: reply.act,
    ...about(of, language),
    ...(until !== undefined && { until }),
  } as const
  // A text that is brought again is not told to the group again.
  if (until !== undefined && isSnoozedAlready(of, by, until)) return done
  const outcome = await takeAction(actionOf(reply), { number: of.number, by, via: 'reply', once }, io)
  if (outcome.result !== 'done') return refusalOf(outcome, of, writer, done)
  const partly = takes(reply) ? partlyText(outcome.incident, language) : undefined
  return partly === undefined ? done : { result: 'partly', ...about(of, language), who: partly }
}

function takes({ act }: Reply): boolean {
  return act === 'acknowledge' || act === 'snooze'
}

function refusalOf(
  outcome: Exclude<Outcome, { result: 'done' }>,
  of: Incident,
  { by, language }: Writer,
  done: ReplyAnswer,
): ReplyAnswer {
  if (outcome.result === 'unknown') return { result: 'unknown', number: of.number }
  const { status, acknowledged } = outcome.incident
  if (status === 'resolved') return { result: 'over', ...about(of, language) }
  const partly = partlyText(outcome.incident, language)
  if (status === 'open' && outcome.result !== 'burning' && partly !== undefined)
    return { result: 'partly', ...about(of, language), who: partly }
  if (outcome.result === 'burning') return { result: 'burning', ...about(of, language) }
  if (outcome.result !== 'late' || acknowledged === undefined) return { result: 'unmoved', ...about(of, language) }
  if (acknowledged.by?.contact === by.contact) return done
  return { result: 'late', ...about(of, language), name: acknowledged.by?.name ?? '' }
}

function actionOf({ act, ms = 0, force }: Reply): Action {
  switch (act) {
    case 'snooze':
      return { do: 'snooze', ms }
    case 'resolve':
      return { do: 'resolve', force: force === true }
    case 'pass':
      return { do: 'escalate' }
    case 'acknowledge':
    case 'give-back':
      return { do: act }
  }
}

function about(incident: Incident, language: Language): { number: number; title: string } {
  const title = `${incident.projectTitle} / ${titleIn(language, incident)}`
  return { number: incident.number, title: cutCharacters(title, TITLE) }
}

function isSnoozedAlready({ status, acknowledged, ackEnd }: Incident, by: PersonName, until: number): boolean {
  if (status !== 'acknowledged' || acknowledged?.by?.contact !== by.contact || !ackEnd?.snoozed) return false
  return Math.abs(ackEnd.at - until) < REPEATED_MS
}

interface Meant {
  incident: Incident
  writer: Writer
}

/** Incidents that a text without a number may be about. Of several those alone that page its sender, if there are any. */
async function meantBy({ act }: Reply, written: Written, deps: ReplyDeps, io: EngineIo): Promise<Meant[]> {
  const all: Meant[] = []
  for (const incident of await listIncidents('open', LISTED, io)) {
    const writer = await writerIn(incident.project, written, deps)
    if (writer !== undefined && isFor(act, incident, writer.by)) all.push({ incident, writer })
  }
  const paging = all.filter(({ incident, writer }) => reaches(incident, writer.by))
  return all.length > 1 && paging.length > 0 ? paging : all
}

function isFor(act: Reply['act'], { status, acknowledged, takers = [] }: Incident, by: PersonName): boolean {
  const isTheirs = status === 'acknowledged' && acknowledged?.by?.contact === by.contact
  if (act === 'give-back') return isTheirs || takers.some((one) => one.by?.contact === by.contact)
  return status === 'open' || (isTheirs && (act === 'snooze' || act === 'resolve'))
}

function reaches({ escalation }: Incident, { contact }: PersonName): boolean {
  const called = Object.values(escalation.people).some((person) => person.contact === contact)
  return called || escalation.attempts.some((attempt) => attempt.contact === contact)
}

async function firstWriter(written: Written, deps: ReplyDeps): Promise<Writer | undefined> {
  for (const project of deps.projects) {
    const writer = await writerIn(project, written, deps)
    if (writer !== undefined) return writer
  }
  return undefined
}

async function writerIn(project: string, written: Written, deps: ReplyDeps): Promise<Writer | undefined> {
  const { contacts } = await deps.directory(project)
  const found = Object.entries(contacts).find(([, contact]) => isBy(contact, written))
  if (found === undefined) return undefined
  const [contact, { name, language = deps.language }] = found
  return { project, by: { contact, name }, language }
}

/** Nobody's address is empty: who names nobody is no contact without one. */
function isBy(contact: Contact, { key, id }: Written): boolean {
  if (id === '') return false
  if (key === 'phone') return numbersOf(contact).includes(id)
  return addressesOf(contact)[key]?.toLowerCase() === id.toLowerCase()
}
