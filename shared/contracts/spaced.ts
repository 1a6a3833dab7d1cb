/** What Chinese text is set off from: Latin letters, digits and the punctuation of ASCII. */
const NARROW = /[!-~\p{Script=Latin}]/u
const HAN = /\p{Script=Han}/u

/**
 * Composes a Chinese sentence that people read: what is put in has a space beside it where it is not Chinese itself and would touch
 * Chinese characters, as in `Lin 已认领`. What is spoken, or stands in a template that a vendor has approved, is composed without.
 */
export function spaced(texts: TemplateStringsArray, ...values: string[]): string {
  const parts = texts.flatMap((text, index) => [text, values[index] ?? ''])
  return parts.reduce((before, part) => before + (areToBeSetOff(before, part) ? ' ' : '') + part, '')
}

function areToBeSetOff(before: string, after: string): boolean {
  const [last = '', first = ''] = [[...before].at(-1), [...after].at(0)]
  return (NARROW.test(last) && HAN.test(first)) || (HAN.test(last) && NARROW.test(first))
}
