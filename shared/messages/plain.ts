import type { Composition } from './composition.ts'

/** The whole message as plain text, one line each; links as `text: URL`. */
export function plain(composition: Composition): string {
  return [
    composition.title,
    ...composition.lines.map((line) => line.spans.map((span) => span.text).join('')),
    ...composition.links.map((link) => `${link.text}: ${link.href}`),
    composition.footer,
  ].join('\n')
}
