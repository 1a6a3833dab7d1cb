import { readFileSync } from 'node:fs'

/** A sample of what a sender sends, without our notes on it. */
export function readSample(name: string): unknown {
  const file = new URL(`../test/samples/inbound/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'), (key, value) => (key.startsWith('_') ? undefined : value))
}
