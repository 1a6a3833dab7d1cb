import { duration } from '../../contracts/duration.ts'
import type { Limits } from './limits.ts'

/** How long something may take. */
const limit = duration('1ms', '5m')

/** A limit of the whole check's time: `degraded: 800ms`. */
export const latency = limit.transform((ms): Limits => ({ latency: ms }))

/** The limits of a check that has only its time to judge. */
export const latencyKeys = {
  degraded: latency.exactOptional().describe('Slower than this is degraded.'),
  down: latency.exactOptional().describe('Slower than this is down.'),
}

/** Phases by name, and `latency`: the whole. */
export const phaseKeys = {
  latency: limit.exactOptional().describe('Of the whole check.'),
  dns: limit.exactOptional(),
  connect: limit.exactOptional(),
  tls: limit.exactOptional(),
  firstByte: limit.exactOptional(),
  download: limit.exactOptional(),
}

/** The limits of a check in both degrees; without one, that degree has none. */
export function bothLimits({ degraded = {}, down = {} }: { degraded?: Limits; down?: Limits }) {
  return { degraded, down }
}

/** What is wrong with limits of both degrees, by key: one that comes no sooner than `down` warns of nothing. */
export function limitMistakes({
  degraded = {},
  down = {},
}: {
  degraded?: Limits | undefined
  down?: Limits | undefined
}) {
  const names = Object.keys(degraded) as (keyof Limits)[]
  const late = names.find((name) => (degraded[name] ?? 0) >= (down[name] ?? Number.POSITIVE_INFINITY))
  if (late === undefined) return []
  const what = late === 'latency' ? '' : `${late} `
  return [
    ['degraded', `${what}at ${degraded[late]}ms is no sooner than \`down\` at ${down[late]}ms`] as [string, string],
  ]
}
