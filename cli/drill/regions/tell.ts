import type { Instant, Language } from '../../../shared/contracts/words.ts'
import { timelineText } from '../../../shared/messages/timeline.ts'
import { width, wrap } from '../../table.ts'
import { drillWords } from '../../words/drill.ts'
import { drillRegionsWords } from '../../words/drill-regions.ts'
import { drillStory } from '../../words/drill-story.ts'
import { troubleIn } from '../tell.ts'
import { people, regions } from './cast.ts'
import { type Broken, judge, type RegionsScore } from './promise.ts'
import type { Awaited, RegionsRehearsal } from './rehearse.ts'
import type { RegionEvent } from './stage.ts'

/** Columns of a terminal for what one region's timeline says. */
const COLUMNS = 46

/** Above the lines: whose column is whose. */
export function headOf(): string {
  return besides('', regions)
}

/** A line of the two timelines side by side; undefined for what needs no line. `from`: when the rehearsal began, UTC ms. */
export function lineOf(event: RegionEvent, from: Instant, language: Language): string | undefined {
  const time = seconds(event.at - from).padStart(9)
  const text = textOf(event, language)
  if (text === undefined) return undefined
  if (!('region' in event) || event.type === 'region') return `${time}  —— ${text} ——`
  return besides(
    time,
    regions.map((region) => (region === event.region ? text : '')),
  )
}

function besides(time: string, texts: readonly string[]): string {
  const cells = texts.map((text) => wrap(text, COLUMNS))
  const rows = Array.from({ length: Math.max(...cells.map((lines) => lines.length), 1) }, (_, row) =>
    cells.map((lines) => lines[row] ?? ''),
  )
  return rows
    .map((row, at) => `${(at === 0 ? time : '').padStart(9)}  ${row.map(inColumn).join('  ')}`.trimEnd())
    .join('\n')
}

function inColumn(text: string): string {
  return text + ' '.repeat(COLUMNS - width(text))
}

function textOf(event: RegionEvent, language: Language): string | undefined {
  const say = drillRegionsWords[language]
  switch (event.type) {
    case 'region':
      return say[event.is](event.region)
    case 'link':
      return say.link[event.is]
    case 'alert':
      return say.alert[event.is](say.incident[event.incident])
    case 'ended':
      return say.ends(nameOf(event.phone))
    case 'entry':
      return timelineText(event.entry, language, 'UTC')
    case 'trouble':
      return drillStory[language].note(troubleIn(event.trouble, drillStory[language]))
    // The timeline tells of both.
    case 'ring':
    case 'listening':
      return undefined
  }
}

/** How it went, after the timelines. */
export function summaryOf(score: RegionsScore, failures: string[], language: Language): string {
  const say = drillRegionsWords[language]
  if (failures.length > 0) return [say.failed, ...failures.map((failure) => `  ${failure}`)].join('\n')
  const calls = score.calls.flatMap(({ byRegion }) => Object.values(byRegion))
  return [
    say.kept(calls.reduce((sum, count) => sum + count, 0)),
    say.takeover(seconds(score.takeoverMs)),
    say.learnt(seconds(score.learntMs)),
    say.met(seconds(score.metMs)),
  ].join('\n')
}

/** What went wrong; what was waited for in vain is named first. */
export function failuresOf({ events, stuck }: RegionsRehearsal, language: Language): string[] {
  const broken = judge(events).broken.map((one) => brokenIn(one, language))
  return stuck === undefined ? broken : [drillWords[language].inVain(awaitedIn(stuck, language)), ...broken]
}

function awaitedIn(awaited: Awaited, language: Language): string {
  const { inVain, incident } = drillRegionsWords[language]
  if (awaited.for === 'ring' || awaited.for === 'silence') return inVain[awaited.for](awaited.region)
  return inVain[awaited.for](awaited.region, incident[awaited.incident])
}

function brokenIn(broken: Broken, language: Language): string {
  const say = drillRegionsWords[language]
  const incident = say.incident[broken.incident]
  switch (broken.what) {
    case 'late':
      return say.broken.late(incident, broken.ms === null ? say.never : seconds(broken.ms))
    case 'too many calls':
      return say.broken.calls(incident, nameOf(broken.phone), broken.calls, broken.most)
    case 'called in vain':
      return say.broken.inVain(incident, nameOf(broken.phone), broken.region, seconds(broken.ms))
  }
}

function nameOf(number: string): string {
  return people.find(({ phone }) => phone === number)?.name ?? number
}

function seconds(ms: number | null): string {
  return ms === null ? '?' : `${(ms / 1000).toFixed(2)} s`
}
