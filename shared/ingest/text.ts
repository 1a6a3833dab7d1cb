import { UNSEEN } from '../messages/cut.ts'

/** A text as a stranger's field says it; empty for what is none. Numbers and booleans are taken as they are written. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** The first of several fields that says anything. */
export function firstText(...values: unknown[]): string {
  for (const value of values) {
    const text = textOf(value).trim()
    if (text !== '') return text
  }
  return ''
}

/** Words of ASCII with one space between them, as most texts are: there is nothing to be taken out of them. */
const PLAIN_LINE = /^(?:[!-~]+(?: [!-~]+)*)?$/

/** Whether a text is one line already, as `lineOf` would have it. Most are, and it is cheaply seen. */
export function isPlainLine(text: string): boolean {
  return PLAIN_LINE.test(text)
}

/**
 * One line of a stranger's text in at most `max` UTF-16 units, as the contracts count: no control characters, no marks that turn
 * the direction of writing around, no half characters. What was cut ends with `…`.
 */
export function lineOf(value: unknown, max: number): string {
  const text = textOf(value)
  if (text.length <= max && isPlainLine(text)) return text
  const head = text.slice(0, max * 2)
  return cut(head.toWellFormed().replace(UNSEEN, ' ').replace(/ {2,}/g, ' ').trim(), max)
}

/** The same with its line breaks and tabs. */
export function linesOf(value: unknown, max: number): string {
  const head = textOf(value).slice(0, max * 2)
  const lines = head.split(/\r?\n/).map((line) =>
    line
      .toWellFormed()
      .split('\t')
      .map((part) => part.replace(UNSEEN, ' '))
      .join('\t'),
  )
  return cut(lines.join('\n').trim(), max)
}

/** Cuts to `max` UTF-16 units on a whole code point. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text
  const end = isHighSurrogate(text.charCodeAt(max - 2)) ? max - 2 : max - 1
  return `${text.slice(0, end)}…`
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
