/** Made when something is cut: its tables take a tenth of a small function's start, and most texts fit. */
let segmenter: Intl.Segmenter | undefined

function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return segmenter.segment(text)
}

/** UTF-8 bytes of a text. */
export const bytes = (text: string): number => new TextEncoder().encode(text).length

/** The characters of a text as a reader counts them: an emoji with its modifiers is one. */
const characters = (text: string): string[] => Array.from(graphemes(text), (part) => part.segment)

/**
 * Cuts `text` to at most `maxBytes` UTF-8 bytes, on a whole character. `mark` ends a text that was cut and counts as
 * part of it; where not even the mark fits, the text is cut without one. It knows no markup: `render` cuts marked-up
 * messages by whole lines and links.
 */
export function cutBytes(text: string, maxBytes: number, mark = '…'): string {
  if (bytes(text) <= maxBytes) return text
  const markBytes = bytes(mark)
  const ending = markBytes <= maxBytes ? mark : ''
  let room = maxBytes - bytes(ending)
  let end = 0
  for (const part of graphemes(text)) {
    room -= bytes(part.segment)
    if (room < 0) break
    end = part.index + part.segment.length
  }
  return text.slice(0, end) + ending
}

/** Cuts to at most `max` characters as a reader counts them, the mark included. */
export function cutCharacters(text: string, max: number, mark = '…'): string {
  // A character has at least one unit.
  if (text.length <= max) return text
  const all = characters(text)
  if (all.length <= max) return text
  return all.slice(0, max - characters(mark).length).join('') + mark
}

/** Control characters, line breaks, and the invisible marks that turn the direction of writing around. */
export const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu

/** What somebody else wrote, on one line: no control characters, and no half of a character. */
export const seen = (text: string): string => whole(text.replace(UNSEEN, ' '))

/** Halves of characters become U+FFFD. Probes on Node 18 tell people, too, and it has no `toWellFormed`. */
export const whole = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd')

/** One line of what somebody else wrote: no control characters, no doubled spaces, at most `max` characters. */
export const oneLine = (text: string, max: number): string =>
  cutCharacters(seen(text).replace(/ {2,}/g, ' ').trim(), max)

/** A summary longer than this is cut where somebody decides in a moment; the incident's page has all of it. In characters. */
export const SUMMARY_CHARACTERS = 200
