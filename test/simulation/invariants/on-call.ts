import { EVERYBODY } from '../../../shared/incidents/incident.ts'
import type { TimelineEntry } from '../../../shared/incidents/timeline-entry.ts'
import { FIRST_TURN, type Night, PAGES, SCHEDULE, TURN_MS, TURNS } from '../night.ts'
import { generationsOf, nameOf } from '../outcome.ts'
import type { Outcome } from '../run.ts'
import { isHandOver, linesOf } from './history.ts'

/** Who is to be reached is read, and decided on, in one invocation: it began at most so long before a layer did, ms. */
const DECIDED_MS = 15_000

type LayerLine = Extract<TimelineEntry, { kind: 'layer' }>

/** Who was dialled was on call when that was decided, or was asked for by name. */
export function whoIsCalledIsOnCall(outcome: Outcome): string[] {
  const { incidents, setting, faults } = outcome
  // Who has left may have left nobody, and whose clock is off writes lines out of order.
  if (setting.edited || faults.skewMs > 0) return []
  return incidents
    .flatMap(generationsOf)
    .flatMap((of) => [
      ...onlyWhoIsNamedRings(outcome, nameOf(of), linesOf(outcome, of)),
      ...(of.project === 'pay' || of.project === 'shop'
        ? whoIsNamedHasTheTurn(outcome, nameOf(of), linesOf(outcome, of))
        : []),
    ])
}

/** A phone that rings is of somebody whom a layer before that has named. */
function onlyWhoIsNamedRings({ rings, setting }: Outcome, name: string, lines: TimelineEntry[]): string[] {
  const people = Object.values(setting.directory.contacts)
  return rings.flatMap(({ about, phoneHash, startedAt, token }) => {
    if (!about.some(({ incident }) => incident === name)) return []
    const person = people.find(({ phone, otherPhones = [] }) =>
      [phone, ...otherPhones].some((number) => `person-${number}` === phoneHash),
    )
    const isNamed = lines.some(
      (line) =>
        line.kind === 'layer' && line.at <= startedAt && person !== undefined && line.names.includes(person.name),
    )
    return isNamed ? [] : [`${token} rings ${person?.name ?? phoneHash} for ${name}, and no layer has named them`]
  })
}

function whoIsNamedHasTheTurn({ setting: { night } }: Outcome, name: string, lines: TimelineEntry[]): string[] {
  if (night === undefined) return []
  let handed: string[] | undefined
  return lines.flatMap((line) => {
    if (isHandOver(line)) handed = line.to
    if (line.kind !== 'layer' || line.layer === EVERYBODY || line.names.length === 0) return []
    return faultsOf(line, pageOf(line, handed), night).map(
      (fault) => `${name}: layer ${line.round}.${line.layer} ${fault}`,
    )
  })
}

/** Whom a layer is for; those whom somebody has handed it to come before the policy's. */
function pageOf({ layer }: LayerLine, handed: string[] | undefined): string[] {
  if (handed === undefined) return PAGES[layer] ?? []
  return layer === 0 ? handed : (PAGES[layer - 1] ?? [])
}

function faultsOf({ at, names }: LayerLine, page: string[], night: Night): string[] {
  const moments = [
    at - DECIDED_MS,
    ...changesIn(night).filter((change) => at - DECIDED_MS < change && change <= at),
    at,
  ]
  const gone = names.filter((name) => !page.includes(name) && moments.every((moment) => isAway(name, night, moment)))
  const faults = gone.map((name) => `calls ${name}, who is away`)
  if (page.some((each) => each.includes('.next'))) return faults
  const wanted = moments.map((moment) => page.map((each) => (each === SCHEDULE ? onCallAt(night, moment) : each)))
  // Nobody can say who has the turn once a list without them has counted for a while.
  if (wanted.some((people) => people.includes(undefined))) return faults
  const others = names.filter((name) => !name.startsWith('hand') && !wanted.some((people) => people.includes(name)))
  const missing = (wanted[0] ?? []).filter(
    (name) => name !== undefined && wanted.every((people) => people.includes(name)) && !names.includes(name),
  )
  return [
    ...faults,
    ...others.map((name) => `calls ${name}, and ${wanted[0]?.join()} is on call`),
    ...missing.map((name) => `does not call ${name}, who is on call`),
  ]
}

/** When somebody else may have been on call from then on. */
function changesIn({ edit, away, standIn }: Night): number[] {
  const turns = Array.from({ length: 14 }, (_, turn) => FIRST_TURN + turn * TURN_MS)
  const spells = [away, standIn].flatMap((spell) => (spell === undefined ? [] : [spell.from, spell.until]))
  return [...turns, ...spells, ...(edit === undefined ? [] : [edit.at])]
}

/** Who has the turn by simple counting; undefined: nobody can say. */
function onCallAt(night: Night, at: number): string | undefined {
  const { standIn } = night
  if (standIn !== undefined && isIn(standIn, at) && !isAway(standIn.who, night, at)) return standIn.who
  const following = turnsFrom(night, at)
  return following.find((name) => name === undefined || !isAway(name, night, at))
}

/** Who has the present turn, and who comes after them: an edit leaves the turn with who has it, and goes on from there. */
function turnsFrom({ edit }: Night, at: number): (string | undefined)[] {
  if (edit === undefined || at < edit.at) return from(TURNS, turnOf(at))
  const [present = ''] = from(TURNS, turnOf(edit.at))
  const place = edit.rotation.indexOf(present)
  const later = turnOf(at) - turnOf(edit.at)
  if (place < 0) return later === 0 ? [present, undefined] : [undefined]
  return from(edit.rotation, place + later)
}

function from(list: string[], first: number): string[] {
  return list.map((_, index) => list[(first + index) % list.length] ?? '')
}

function turnOf(at: number): number {
  return Math.floor((at - FIRST_TURN) / TURN_MS)
}

function isAway(name: string, { away }: Night, at: number): boolean {
  return away?.who === name && isIn(away, at)
}

function isIn({ from: begin, until }: { from: number; until: number }, at: number): boolean {
  return begin <= at && at < until
}
