import { MESSAGE_ALERTS } from './pack.ts'

/**
 * A longer body is taken in parts. The first is one message: what it wakes somebody for does not wait for the rest. The others have about so
 * many characters each, or an eighth of the body: each is a call of the queue, and two are held at once.
 */
export const PART_CHARACTERS = 96_000
const PARTS = 8

/** A part may be longer by so much, if it then fills its messages. */
const LONGER = 1.5

/** A part has no more entries than this, be they as short as they may: an alert that is made of nothing is not short. */
export const MOST_ENTRIES = 2_000

/** A part of a body, which is a body of the same kind itself. */
export interface Part {
  text: string
  /** How many entries of the body's list stand before it, and in it. */
  before: number
  count: number
}

/**
 * Parts a long JSON text at the list that it is, or that stands in it under the name `list`: each part has some of the entries, and around
 * them all that was around the list. One part where there is nothing to be parted. What is no JSON stays no JSON: some part of it can't be
 * parsed.
 */
export function partsOf(text: string, list: string | undefined): Part[] {
  const found = text.length > PART_CHARACTERS * LONGER ? listIn(text, list) : undefined
  const whole = { text, before: 0, count: 0 }
  if (found === undefined) return [whole]
  const { start, end, cuts, count } = found
  const [head, tail] = [text.slice(0, start + 1), text.slice(end - 1)]
  // Beside the list there may be much else, which would be read again with each part.
  if (head.length + tail.length > PART_CHARACTERS) return [whole]
  return [{ at: start, before: 0 }, ...cuts].map(({ at, before }, index) => {
    const next = cuts[index] ?? { at: end - 1, before: count }
    return { text: head + text.slice(at + 1, next.at) + tail, before, count: next.before - before }
  })
}

/** A list in a text: from its bracket to behind the other, and the commas at which it may be cut, with how many entries stand before each. */
interface List {
  start: number
  end: number
  cuts: { at: number; before: number }[]
  count: number
}

/** Where the list is. Undefined where there is none, where it has a namesake, or where the text is no JSON as far as that can be seen. */
function listIn(text: string, name: string | undefined): List | undefined {
  let at = skipBlank(text, 0)
  if (text[at] === '[') return listAt(text, at)
  if (text[at] !== '{' || name === undefined) return undefined
  let found: List | undefined
  do {
    at = skipBlank(text, at + 1)
    const end = text[at] === '"' ? endOfString(text, at) : NOWHERE
    const key = text.slice(at, end)
    at = skipBlank(text, end)
    if (text[at] !== ':') return undefined
    at = skipBlank(text, at + 1)
    // An escape may spell the same name.
    const isIt = key === `"${name}"`
    if (key.includes('\\') || (isIt && (found !== undefined || text[at] !== '['))) return undefined
    if (isIt) found = listAt(text, at)
    at = skipBlank(text, isIt ? (found?.end ?? NOWHERE) : endOfValue(text, at))
  } while (text[at] === ',')
  return text[at] === '}' ? found : undefined
}

function listAt(text: string, start: number): List | undefined {
  const cuts: List['cuts'] = []
  const later = Math.max(PART_CHARACTERS, text.length / PARTS)
  let [count, last, counted] = [1, start, 0]
  const end = endOfValue(text, start, (at) => {
    const isFull = at - last >= (cuts.length === 0 ? 0 : later) && count % MESSAGE_ALERTS === 0
    if (isFull || at - last >= later * LONGER || count - counted === MOST_ENTRIES) {
      cuts.push({ at, before: count })
      ;[last, counted] = [at, count]
    }
    count++
  })
  return end < NOWHERE ? { start, end, cuts, count } : undefined
}

/** Behind the end of every text. */
const NOWHERE = Number.MAX_SAFE_INTEGER

/** Where the value that begins at `at` is over; `onComma` is told where the entries of a list are parted. */
function endOfValue(text: string, at: number, onComma?: (at: number) => void): number {
  let depth = 0
  for (let next = at; next < text.length; next++) {
    switch (text.charCodeAt(next)) {
      case 0x22: // "
        next = endOfString(text, next) - 1
        break
      case 0x5b: // [
      case 0x7b: // {
        depth++
        break
      case 0x5d: // ]
      case 0x7d: // }
        if (depth <= 1) return depth === 0 ? next : next + 1
        depth--
        break
      case 0x2c: // ,
        if (depth === 0) return next
        if (depth === 1) onComma?.(next)
    }
  }
  return NOWHERE
}

/** Behind the quotation mark that ends the string which begins at `at`: the next one with an even number of backslashes before it. */
function endOfString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let first = end
    while (text[first - 1] === '\\') first--
    if ((end - first) % 2 === 0) return end + 1
  }
  return NOWHERE
}

function skipBlank(text: string, at: number): number {
  let next = at
  while (next < text.length && ' \t\r\n'.includes(text[next] ?? '')) next++
  return next
}
