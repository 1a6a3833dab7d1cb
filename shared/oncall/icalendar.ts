import type { Instant } from '../contracts/words.ts'

/** An entry of a calendar, UTC ms. The same `uid` is the same entry, whatever else of it has changed. */
export interface CalendarEvent {
  uid: string
  start: Instant
  end: Instant
  summary: string
}

/** A line of a calendar has so many bytes without its end (RFC 5545, 3.1). */
const LINE_BYTES = 75

/**
 * An iCalendar object (RFC 5545). Times are UTC instants, so that no client has to know our zones. `REFRESH-INTERVAL` (RFC 7986, 5.7) and
 * `X-PUBLISHED-TTL` ask clients to look again each hour; how often they do is theirs.
 */
export function icalendar(name: string, events: CalendarEvent[], now: Instant): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Fenghuo//On call//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...events.flatMap(({ uid, start, end, summary }) => [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `DTSTAMP:${utc(now)}`,
      `DTSTART:${utc(start)}`,
      `DTEND:${utc(end)}`,
      `SUMMARY:${escaped(summary)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** `20261123T020000Z`. */
export function utc(at: Instant): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')
}

/** RFC 5545, 3.3.11. */
function escaped(text: string): string {
  return text.replace(/[\\,;]/g, (character) => `\\${character}`).replace(/\r?\n/g, '\\n')
}

/** Long lines go on behind a line break and a space; no character is cut in two. */
function folded(line: string): string {
  const lines: string[] = []
  let part = ''
  let bytes = 0
  for (const character of line) {
    const more = bytesOf(character)
    if (bytes + more > LINE_BYTES) {
      lines.push(part)
      part = ' '
      bytes = 1
    }
    part += character
    bytes += more
  }
  return [...lines, part].join('\r\n')
}

/** Of a character in UTF-8. */
function bytesOf(character: string): number {
  const point = character.codePointAt(0) ?? 0
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point < 0x10000 ? 3 : 4
}
