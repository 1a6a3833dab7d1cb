import { OWN_PROJECT } from '../contracts/compiled-config.ts'
import type { Instant, Severity } from '../contracts/words.ts'
import type { Incident } from './incident.ts'
import type { TimelineEntry } from './timeline-entry.ts'

/** An incident's item with the history of all its generations. */
export interface Recorded {
  incident: Pick<Incident, 'project' | 'groupKey' | 'title' | 'proof' | 'once' | 'fact'>
  entries: TimelineEntry[]
}

/** What a time on call was like. Durations in ms; the mean and the middle are undefined where there was nothing. */
export interface Report {
  opened: Partial<Record<Severity, number>>
  /** Opened before the time, or in it, and not over at its end. */
  open: number
  /** Layers that reached people, and calls that rang. */
  pages: number
  calls: number
  exhausted: number
  /** From its opening to who took it first, of what paged people. */
  acknowledged: Times
  /** From its opening to its end. */
  resolved: Times
  people: Load[]
  /** The worst first. */
  noisiest: Noise[]
  /** How evenly people were woken: 1 when each was as often, 1/n when always the same (Jain's index). Undefined: nobody was. */
  evenness?: number
}

export interface Times {
  count: number
  meanMs?: number
  medianMs?: number
}

/** What one person had of it. */
export interface Load {
  name: string
  pages: number
  /** Of those, in their night. */
  nights: number
  calls: number
  taken: number
}

/** What one thing that breaks had people do. */
export interface Noise {
  project: string
  title: string
  /** What it said last, by its code. */
  code?: string
  incidents: number
  pages: number
  nights: number
}

/** Whether an instant lies in the night of somebody, by the name that messages have for them. */
export type IsNight = (name: string, at: Instant) => boolean

/**
 * What happened from `from` to just before `to`; a proof that somebody can be reached, or news of ours such as a hand-off, is no trouble. `people`: everybody who might have been
 * paged, those who never were included.
 */
export function reportOf(
  recorded: Recorded[],
  { from, to }: { from: Instant; to: Instant },
  people: string[],
  isNight: IsNight,
): Report {
  const isIn = ({ at }: TimelineEntry) => from <= at && at < to
  const lives = recorded.flatMap(livesOf).filter(isTrouble)
  const begun = lives.filter(({ opened }) => isIn(opened))
  const layers = lives.flatMap(({ lines }) => lines.filter(isPage).filter(isIn))
  const paged = begun.filter(({ lines }) => lines.some(isPage))
  const loads = loadsOf(lives, isIn, people, isNight)
  const evenness = evennessOf(loads.map(({ nights }) => nights))
  return {
    opened: countedBy(begun.map(({ opened }) => opened.severity)),
    open: lives.filter((life) => isOpenAt(life, to)).length,
    pages: layers.length,
    calls: loads.reduce((sum, { calls }) => sum + calls, 0),
    exhausted: lives.filter(({ lines }) => lines.some((line) => line.kind === 'exhausted' && isIn(line))).length,
    acknowledged: timesOf(paged.map((life) => lasted(life, 'acknowledged'))),
    resolved: timesOf(begun.filter(({ incident }) => !incident.once).map((life) => lasted(life, 'resolved'))),
    people: loads,
    noisiest: noiseOf(lives, isIn, isNight),
    ...(evenness !== undefined && { evenness }),
  }
}

/** The newest generation of each of several: lists have those before it, too, and a history tells of them all. */
export function onePerThing<Of extends Pick<Incident, 'project' | 'groupKey' | 'generation'>>(incidents: Of[]): Of[] {
  const oldestFirst = incidents.toSorted((one, other) => one.generation - other.generation)
  return [...new Map(oldestFirst.map((one) => [thingOf(one), one])).values()]
}

function thingOf({ project, groupKey }: Pick<Incident, 'project' | 'groupKey'>): string {
  return JSON.stringify([project, groupKey])
}

type Of<Kind extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: Kind }>

/** One generation of an incident. */
interface Life {
  incident: Recorded['incident']
  opened: Of<'opened'>
  lines: TimelineEntry[]
  /** When its next life began. */
  followedAt?: Instant
}

/** What is resolved before it was triggered has no opening, and is no life. */
function livesOf({ incident, entries }: Recorded): Life[] {
  const lives = [...Map.groupBy(entries, ({ generation }) => generation).values()].flatMap((lines) => {
    const opened = lines.find((line) => line.kind === 'opened')
    return opened === undefined ? [] : [{ incident, opened, lines }]
  })
  return lives.map((life, index) => {
    const next = lives[index + 1]
    return { ...life, ...(next && { followedAt: next.opened.at }) }
  })
}

function isTrouble({ incident: { proof, once }, opened: { source } }: Life): boolean {
  return proof === undefined && !(once && source === OWN_PROJECT)
}

/** What tells of no end is over once it has begun anew. */
function isOpenAt({ opened, lines, followedAt = Number.POSITIVE_INFINITY }: Life, to: Instant): boolean {
  return opened.at < to && followedAt >= to && !lines.some((line) => line.kind === 'resolved' && line.at < to)
}

function isPage(line: TimelineEntry): line is Of<'layer'> {
  return line.kind === 'layer' && line.names.length > 0
}

function lasted({ opened, lines }: Life, until: 'acknowledged' | 'resolved'): number | undefined {
  const end = lines.find(({ kind }) => kind === until)
  return end && end.at - opened.at
}

function timesOf(durations: (number | undefined)[]): Times {
  const known = durations.filter((one) => one !== undefined).sort((a, b) => a - b)
  if (known.length === 0) return { count: 0 }
  const middle = (known[(known.length - 1) >> 1] ?? 0) + (known[known.length >> 1] ?? 0)
  const sum = known.reduce((all, one) => all + one, 0)
  return { count: known.length, meanMs: Math.round(sum / known.length), medianMs: Math.round(middle / 2) }
}

function loadsOf(lives: Life[], isIn: (line: TimelineEntry) => boolean, people: string[], isNight: IsNight): Load[] {
  const loads = new Map(people.map((name) => [name, { name, pages: 0, nights: 0, calls: 0, taken: 0 }]))
  const loadOf = (name: string) => {
    const load = loads.get(name) ?? { name, pages: 0, nights: 0, calls: 0, taken: 0 }
    loads.set(name, load)
    return load
  }
  for (const { lines } of lives) {
    for (const line of lines.filter(isPage).filter(isIn))
      for (const name of line.names) {
        loadOf(name).pages++
        if (isNight(name, line.at)) loadOf(name).nights++
      }
    for (const name of ringsIn(lines.filter(isIn))) loadOf(name).calls++
    for (const line of lines.filter(isIn))
      if (line.kind === 'acknowledged' && line.action.by !== undefined) loadOf(line.action.by.name).taken++
  }
  return [...loads.values()].sort((a, b) => b.nights - a.nights || b.pages - a.pages || b.taken - a.taken)
}

const RANG: ReadonlySet<string> = new Set(['ringing', 'listening', 'unanswered', 'busy', 'no-key', 'passed', 'unknown'])

/** Whose phone rang, once for each call: a call has several lines, and its numbers begin anew with each layer. */
function ringsIn(lines: TimelineEntry[]): string[] {
  const rings = new Map<string, string>()
  let place = ''
  for (const line of lines) {
    if (line.kind === 'layer') place = `${line.at} ${line.round}.${line.layer}`
    if (line.kind !== 'call' || !RANG.has(line.outcome)) continue
    rings.set([place, line.name, line.number ?? 1, line.call].join(' '), line.name)
  }
  return [...rings.values()]
}

function noiseOf(lives: Life[], isIn: (line: TimelineEntry) => boolean, isNight: IsNight): Noise[] {
  const byThing = Map.groupBy(lives, ({ incident }) => thingOf(incident))
  return [...byThing.values()]
    .flatMap((of) => {
      const [first] = of
      if (first === undefined) return []
      const pages = of.flatMap(({ lines }) => lines.filter(isPage).filter(isIn))
      const nights = pages.filter(({ names, at }) => names.some((name) => isNight(name, at))).length
      const incidents = of.filter(({ opened }) => isIn(opened)).length
      const { project, title, fact } = first.incident
      return [{ project, title, ...(fact && { code: fact.code }), incidents, pages: pages.length, nights }]
    })
    .filter(({ incidents, pages }) => incidents + pages > 0)
    .sort((a, b) => b.nights - a.nights || b.pages - a.pages || b.incidents - a.incidents)
}

function countedBy(found: Severity[]): Partial<Record<Severity, number>> {
  const counts: Partial<Record<Severity, number>> = {}
  for (const severity of found) counts[severity] = (counts[severity] ?? 0) + 1
  return counts
}

/** Jain, Chiu, Hawe: "A Quantitative Measure of Fairness" (DEC-TR-301, 1984): (Σx)² / (n Σx²). */
function evennessOf(shares: number[]): number | undefined {
  const squares = shares.reduce((sum, one) => sum + one * one, 0)
  const sum = shares.reduce((all, one) => all + one, 0)
  return squares === 0 ? undefined : (sum * sum) / (shares.length * squares)
}
