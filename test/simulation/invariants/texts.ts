import { onlyFails } from '../faults.ts'
import { nameOf } from '../outcome.ts'
import type { Outcome } from '../run.ts'
import { TEXTS_A_DAY } from '../texts.ts'
import { linesOf, mayBeTaken } from './history.ts'

const troubles = ['opened', 'page', 'escalated', 'passed', 'exhausted', 'pause-ends', 'held', 'held-taken']

/** Everybody hears of what concerns them, once, or twice and then marked. */
export function peopleAreTold(outcome: Outcome): string[] {
  return [
    ...nobodyIsToldTwice(outcome),
    ...endsAreTold(outcome),
    ...robotsAreSpared(outcome),
    ...numbersAreSpared(outcome),
  ]
}

/** A text comes again only after its answer was lost, at most once, and says so. */
function nobodyIsToldTwice({ told, faults, world }: Outcome): string[] {
  const broken: string[] = []
  const seen = new Map<string, number>()
  for (const one of told) {
    const name = `${one.incident} ${one.kind} ${one.change} to ${one.to}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    if (times > 2) broken.push(`told ${times} times: ${name}`)
    if (times === 2 && !one.repeat) broken.push(`duplicate without saying so: ${name}`)
    if (times === 2 && onlyFails(faults, 'slowSteps') && world.timeouts === 0)
      broken.push(`told twice for no reason: ${name}`)
  }
  return broken
}

/** A robot hears of each state change at least once unless it became moot. */
function endsAreTold(outcome: Outcome): string[] {
  const { told, unsure, incidents, setting } = outcome
  const faults: string[] = []
  for (const incident of incidents) {
    const name = nameOf(incident)
    const of = told.filter((one) => one.incident === name)
    for (const kind of ['acknowledged', 'resolved']) {
      const changes = new Set(of.filter((one) => one.kind === kind).map(({ change }) => change))
      const most = kind === 'resolved' ? 1 : mayBeTaken(linesOf(outcome, incident))
      if (changes.size > most) faults.push(`${name} was ${kind} ${changes.size} times over`)
    }
    const isUnsure = [...troubles, 'resolved'].some((kind) => unsure.has(`${name} ${kind}`))
    if (isUnsure) continue
    for (const to of new Set(of.map((one) => one.to))) {
      const knows = of.some((one) => one.to === to && one.arrived && troubles.includes(one.kind))
      const isRelieved = of.some((one) => one.to === to && one.kind === 'resolved')
      const isOnCall = to === 'robot' || !setting.edited
      if (isRelieved && !knows && isOnCall) faults.push(`${name}: recovery told without a problem to ${to}`)
      if (knows && !isRelieved && incident.status === 'resolved' && isOnCall && !isNearlyUsedUp(outcome, to))
        faults.push(`${name}: recovery not told to ${to}`)
    }
  }
  return faults
}

/** Each post has a turn of its own, and no minute has more of them than the vendor takes. */
function robotsAreSpared({ posts, turns, perMinute }: Outcome): string[] {
  if (perMinute === undefined) return []
  const faults = posts.length > turns ? [`${posts.length} posts for ${turns} turns`] : []
  for (const start of posts) {
    const count = posts.filter((at) => at >= start && at < start + 60_000).length
    if (count > perMinute) return [...faults, `${count} posts in one minute, of ${perMinute}`]
  }
  return faults
}

/** The last texts of a day are left for what goes on. */
const LEFT_FOR_TROUBLE = 3

const BEIJING_MS = 8 * 3_600_000
const dayOf = (at: number) => Math.floor((at + BEIJING_MS) / 86_400_000)

/** How many texts went to a number on each day, where the vendor counts them. */
function daysOf({ texted, perMinute }: Outcome, to: string): number[] {
  if (perMinute === undefined) return []
  const days = Map.groupBy(
    texted.filter((one) => one.to === to),
    ({ at }) => dayOf(at),
  )
  return [...days.values()].map(({ length }) => length)
}

function isNearlyUsedUp(outcome: Outcome, to: string): boolean {
  return daysOf(outcome, to).some((count) => count >= TEXTS_A_DAY - LEFT_FOR_TROUBLE)
}

/** The vendor is not asked for a text that it would refuse. */
function numbersAreSpared(outcome: Outcome): string[] {
  const numbers = [...new Set(outcome.texted.map(({ to }) => to))]
  return numbers.flatMap((to) =>
    Math.max(0, ...daysOf(outcome, to)) > TEXTS_A_DAY ? [`more texts in a day than a number gets: ${to}`] : [],
  )
}
