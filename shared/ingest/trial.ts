import type { Instant } from '../contracts/words.ts'
import type { Format } from './format.ts'

/** The request that a test is: where it goes, and what it says. */
export interface Trial {
  url: string
  body: string
}

/** A format's example as a request to the way in at `url`, which has no slash at its end; `text` is what it says. */
export function trialOf(
  example: unknown,
  { routes }: Pick<Format, 'routes'>,
  { url, key, text, now }: { url: string; key: string; text: string; now: Instant },
): Trial {
  const values = { key, test: text, now: new Date(now).toISOString() }
  // A key that somebody has typed stays within its string.
  const inString = (value: string) => JSON.stringify(value).slice(1, -1)
  const filled = (_: string, name: keyof typeof values) => inString(values[name])
  const body = JSON.stringify(example).replace(/\{(key|test|now)\}/g, filled)
  return { url: `${url}${routes[0].replace('{key}', encodeURIComponent(key))}`, body }
}
