import type { Instant } from '../contracts/words.ts'
import { instantOf, localTime, wallTime } from './clock.ts'
import { type Handoff, parseHandoff } from './handoff.ts'
import type { CalendarDays, Layer, Roster, Schedule } from './plan.ts'
import { isWithin, type Place } from './window.ts'

/** A turn of a rotation: from `start` to just before `end`, UTC ms. Turn 0 is the one in which the rotation's start lies. */
export interface Turn {
  number: number
  start: Instant
  end: Instant
}

/** The rotations of a schedule, with the zone of each. */
export type PlacedLayer = Layer & { timezone: string }

/** What goes before stands first. */
export function layersOf(schedule: Schedule): PlacedLayer[] {
  const layers: Layer[] = 'layers' in schedule ? schedule.layers : [schedule]
  return layers.map((layer) => ({ ...layer, timezone: layer.timezone ?? schedule.timezone }))
}

/** Everybody who takes turns in a schedule, as often as they do. */
export function takingTurns(schedule: Schedule): string[] {
  return layersOf(schedule).flatMap(({ rotation }) => rotation.flat())
}

/** The turn around an instant. It works for times before the start, too. A turn that the clocks skip takes no time. */
export function turnAt(layer: PlacedLayer, at: Instant): Turn {
  const handoff = parseHandoff(layer.handoff, layer.start)
  let number = handoff.turnNear(localTime(at, layer.timezone))
  // The wall clock is a good guess; around a change of the clocks it can be some turns off.
  while (beginning(handoff, number, layer) > at) number--
  while (beginning(handoff, number + 1, layer) <= at) number++
  return { number, start: beginning(handoff, number, layer), end: beginning(handoff, number + 1, layer) }
}

/** When a turn begins: by the clock on the wall, so that it keeps its hour through daylight saving. */
export function turnStart(layer: PlacedLayer, number: number): Instant {
  return beginning(parseHandoff(layer.handoff, layer.start), number, layer)
}

function beginning(handoff: Handoff, number: number, { timezone }: PlacedLayer): Instant {
  return instantOf(handoff.wallClock(number), timezone, 'first')
}

/** The people of each turn from one on, in their order and once around. */
export function peopleFrom({ rotation }: Layer, number: number): string[][] {
  const count = rotation.length
  return rotation.map((_, offset) => [rotation[(((number + offset) % count) + count) % count] ?? []].flat())
}

/** Whether a layer has anybody on call at an instant: it counts already, still, and in one of its windows. */
export function isActive(layer: PlacedLayer, at: Instant, calendars: CalendarDays[]): boolean {
  const { start, end } = validity(layer)
  if (at < start || at >= end) return false
  return layer.during === undefined || isWithin(layer.during, at, { timezone: layer.timezone, calendars })
}

/** From when until when a layer counts at all, UTC ms; infinite where it says nothing. */
export function validity({ from, until, timezone }: PlacedLayer): { start: Instant; end: Instant } {
  // One layer's `until` is the next one's `from`: both are the first occurrence, so that there is no gap and nobody is on call twice.
  const instant = (text: string) => wallTime(text, timezone, 'first')
  return {
    start: from === undefined ? Number.NEGATIVE_INFINITY : instant(from),
    end: until === undefined ? Number.POSITIVE_INFINITY : instant(until),
  }
}

/** The zone and the calendars by which a layer's windows are read. */
export function placeOf(layer: PlacedLayer, schedule: Schedule, roster: Roster): Place {
  const names = layer.holidays ?? schedule.holidays ?? []
  return { timezone: layer.timezone, calendars: names.flatMap((name) => roster.calendars?.[name] ?? []) }
}
