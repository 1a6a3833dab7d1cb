import { listOf, recordOf } from './plain.ts'
import { lineOf, textOf } from './text.ts'

/** Of what the contract takes of an alert. */
const URL_CHARACTERS = 2_048
const TEXT_CHARACTERS = 200
const MOST_LINKS = 20

export interface Link {
  href: string
  text?: string
}

/** A URL that people may click: http or https, with a host. Undefined for anything else, such as a macro that nobody has resolved. */
export function webUrlOf(value: unknown): string | undefined {
  const text = textOf(value).trim()
  if (!/^https?:\/\//i.test(text) || text.length > URL_CHARACTERS || /[\s\\<>"{}]/.test(text)) return undefined
  const url = URL.parse(text)
  return url !== null && url.href.length <= URL_CHARACTERS ? url.href : undefined
}

/** The links among `{ href, text }` that lead somewhere, each once, and how many were dropped because they are no URL. */
export function linksOf(value: unknown): { links: Link[]; dropped: number } {
  const links: Link[] = []
  let dropped = 0
  for (const item of listOf(value).slice(0, 100)) {
    const { href: written, text: label } = recordOf(item)
    if (textOf(written) === '') continue
    const href = webUrlOf(written)
    const text = lineOf(label, TEXT_CHARACTERS)
    if (href === undefined) dropped++
    else if (links.length < MOST_LINKS && links.every((known) => known.href !== href))
      links.push(text === '' ? { href } : { href, text })
  }
  return { links, dropped }
}
