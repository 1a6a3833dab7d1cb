import { personalReaches } from '../../shared/contracts/reach.ts'
import type { DrillStory } from '../words/drill-story.ts'
import type { Company, Player } from './cast.ts'
import type { StageEvent } from './stage.ts'
import { CANARY_MS, JOINED, STORM_ALERTS } from './storm.ts'

/** What a rehearsal came to. Times are ms, `null` where what they end with did not happen. */
export interface Score {
  /** Everything happened, exactly once. */
  ok: boolean
  /** From the server going down to the incident being opened. */
  detectedMs: number | null
  /** From the incident being opened to the vendor being asked for the first call. */
  firstCallMs: number | null
  /** Per layer after the first: from the event that the call before has ended to the vendor being asked for this layer's. */
  escalations: { layer: number; fromEventMs: number | null }[]
  /** The contact who took it by a key. */
  acknowledgedBy: string | null
  /** From the server being back to the incident being resolved. */
  resolvedMs: number | null
  /** From the storm's alerts being sent to the call about the other project's, and to all of them being joined. */
  storm: { otherCallMs: number | null; joinedMs: number | null }
  calls: number
  messages: number
  /** What should have happened and did not, queue messages that were given up included. */
  lost: number
  /** What happened more often than it should have: calls per person, messages per recipient and state change. */
  duplicates: number
  /** Each of these, in words; absent when there are none. */
  failures?: string[]
}

/** Things that should happen, in words, with how often. */
export type Expected = Map<string, number>

/** All that should happen until somebody has acknowledged and the group knows. */
export function expectedOfTrouble(cast: Player[], robots: string[], say: DrillStory): Expected {
  const expected: Expected = new Map([[say.opened, 1]])
  for (const player of cast) {
    expected.set(say.rings(player.layer, player.name), 1)
    for (const channel of personal) expected.set(say.told(say.by(player.name, channel), 'page'), 1)
  }
  for (const robot of robots) {
    expected.set(say.told(robot, 'opened'), 1)
    if (cast.length > 1) expected.set(say.told(robot, 'escalated'), cast.length - 1)
    expected.set(say.told(robot, 'acknowledged'), 1)
  }
  for (const { name, part } of cast) if (part === 'takes it') expected.set(say.acknowledges(name), 1)
  return expected
}

/** Everybody who was told of the trouble is told of its end, and nobody is called. */
export function expectedOfRecovery(cast: Player[], robots: string[], say: DrillStory): Expected {
  const people = cast.flatMap(({ name }) => personal.map((channel) => say.by(name, channel)))
  const messages = [...robots, ...people].map((recipient) => say.told(recipient, 'resolved'))
  return new Map([say.resolved, ...messages].map((what) => [what, 1]))
}

/** The storm's alerts are joined, and who is on call for another project is called meanwhile. */
export function expectedOfStorm({ name, layer }: Player, say: DrillStory): Expected {
  const texts = personal.map((channel) => say.told(say.by(name, channel), 'page'))
  return new Map(
    [say.raging(STORM_ALERTS), say.joined(JOINED), say.rings(layer, name), ...texts].map((what) => [what, 1]),
  )
}

/** All of it is over, and who was told of something is told. */
export function expectedOfCalm({ name }: Player, say: DrillStory): Expected {
  return new Map(
    [say.over, ...personal.map((channel) => say.told(say.by(name, channel), 'resolved'))].map((what) => [what, 1]),
  )
}

/** How often each thing happened, in the words that `Expected` has. */
function happened(events: StageEvent[], cast: Player[], say: DrillStory): Map<string, number> {
  const counts = new Map<string, number>()
  for (const event of events) {
    const what = inWords(event, cast, say)
    if (what !== undefined) counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  return counts
}

/** What of `expected` has not happened (often enough) yet. */
export function missing(expected: Expected, events: StageEvent[], cast: Player[], say: DrillStory): string[] {
  const counts = happened(events, cast, say)
  return [...expected].flatMap(([what, count]) => ((counts.get(what) ?? 0) < count ? [what] : []))
}

/** What a rehearsal came to, by what happened in it; `expected` is in the words of `say`. Pure. */
export function score(
  events: StageEvent[],
  { cast, onCall }: Company,
  expected: Expected,
  deadLetters: number,
  say: DrillStory,
): Score {
  const counts = happened(events, [...cast, onCall], say)
  const failures: string[] = []
  let lost = deadLetters
  let duplicates = 0
  for (const what of new Set([...expected.keys(), ...counts.keys()])) {
    const [wanted, seen] = [expected.get(what) ?? 0, counts.get(what) ?? 0]
    if (seen === wanted) continue
    lost += Math.max(0, wanted - seen)
    duplicates += Math.max(0, seen - wanted)
    const fault = seen < wanted ? 'lost' : wanted === 0 ? 'unexpected' : 'repeated'
    failures.push(say.wrong[fault](what, seen, wanted))
  }
  for (const [recipient, seen] of untold(events, [...cast, onCall], say)) {
    duplicates += seen
    failures.push(say.wrong.unexpected(say.unsent(recipient), seen, 0))
  }
  if (deadLetters > 0) failures.push(say.givenUp(deadLetters))

  const down = find(events, (event) => event.type === 'target' && event.is === 'down')
  const opened = find(events, (event) => event.type === 'incident' && event.is === 'opened')
  const back = find(events, (event) => event.type === 'target' && event.is === 'up' && event.at >= (down?.at ?? 0))
  const resolved = find(events, (event) => event.type === 'incident' && event.is === 'resolved')
  const acknowledged = find(events, (event) => event.type === 'incident' && event.is === 'acknowledged')
  const raging = find(events, (event) => event.type === 'storm' && event.is === 'raging')
  const otherCallMs = between(
    raging,
    find(events, ({ type, at }) => type === 'ring' && raging !== undefined && at >= raging.at),
  )
  const joinedMs = between(
    raging,
    find(events, (event) => event.type === 'storm' && event.is === 'joined'),
  )
  if (otherCallMs !== null && otherCallMs > CANARY_MS) failures.push(say.late(otherCallMs))
  return {
    ok: failures.length === 0,
    detectedMs: between(down, opened),
    firstCallMs: between(
      opened,
      find(events, ({ type }) => type === 'ring'),
    ),
    escalations: escalations(events, cast),
    acknowledgedBy: (acknowledged?.type === 'incident' && acknowledged.action?.by?.contact) || null,
    resolvedMs: between(back, resolved),
    storm: { otherCallMs, joinedMs },
    calls: events.filter(({ type }) => type === 'ring').length,
    messages: events.filter(({ type }) => type === 'message').length,
    lost,
    duplicates,
    ...(failures.length > 0 && { failures }),
  }
}

/** By which messages reach one person. */
const personal = personalReaches.filter((reach) => reach !== 'phone')

function escalations(events: StageEvent[], cast: Player[]): Score['escalations'] {
  const of = (type: 'ring' | 'ended', player: Player | undefined) =>
    find(events, (event) => event.type === type && event.phone === player?.phone)
  return cast.slice(1).map((player, index) => ({
    layer: player.layer,
    fromEventMs: between(of('ended', cast[index]), of('ring', player)),
  }))
}

/** An event as a thing that should, or should not, happen, in the words of `say`; undefined for what is neither. */
export function inWords(event: StageEvent, cast: Player[], say: DrillStory): string | undefined {
  switch (event.type) {
    case 'incident':
      return event.is === 'acknowledged' ? say.acknowledges(event.action?.by?.name ?? say.nobody) : say[event.is]
    case 'storm':
      if (event.is === 'raging') return say.raging(STORM_ALERTS)
      return event.is === 'joined' ? say.joined(JOINED) : say.over
    case 'ring': {
      const { layer, name } = cast.find(({ phone }) => phone === event.phone) ?? { layer: 0, name: event.phone }
      return layer > 0 ? say.rings(layer, name) : say.strangerRings(name)
    }
    case 'message':
      return say.told(recipientIn(event, cast, say), event.what)
    default:
      return undefined
  }
}

/** How many messages arrived of which nobody says what they told, by recipient: a crash between sending and saying so leaves one. */
function untold(events: StageEvent[], cast: Player[], say: DrillStory): Map<string, number> {
  const counts = new Map<string, number>()
  for (const event of events) {
    if (event.type !== 'arrived' && event.type !== 'message') continue
    const recipient = recipientIn(event, cast, say)
    counts.set(recipient, (counts.get(recipient) ?? 0) + (event.type === 'arrived' ? 1 : -1))
  }
  return new Map([...counts].filter(([, count]) => count > 0))
}

function recipientIn({ channel, to }: { channel: string; to?: string }, cast: Player[], say: DrillStory): string {
  if (to === undefined) return channel
  const person = cast.find(({ phone, email }) => phone === to || email === to)
  return say.by(person?.name ?? to, channel)
}

function find(events: StageEvent[], wanted: (event: StageEvent) => boolean): StageEvent | undefined {
  return events.find(wanted)
}

function between(from: StageEvent | undefined, to: StageEvent | undefined): number | null {
  return from && to ? to.at - from.at : null
}
