import { provisions } from '../shared/channels/registered/provisions.ts'
import type { Language } from '../shared/contracts/words.ts'
import type { CliIo } from './io.ts'

export interface TemplatesOptions {
  language?: Language
  json?: true
}

/** Prints the texts to have approved for those of these channels or voice routes whose vendors take no others, in both languages or in one. */
export function printTemplates(types: string[], { language, json }: TemplatesOptions, io: CliIo): void {
  const languages: Language[] = language ? [language] : ['zh', 'en']
  const submitted = types.flatMap((type) => {
    const templates = provisions[type]?.templates
    return templates === undefined ? [] : [{ type, templates }]
  })
  if (json) {
    const inLanguages = submitted.map(({ type, templates }) => [
      type,
      Object.fromEntries(languages.map((one) => [one, templates[one]])),
    ])
    io.out(JSON.stringify(Object.fromEntries(inLanguages), null, 2))
    return
  }
  const rows = languages.flatMap((one) =>
    submitted.flatMap(({ type, templates }) =>
      Object.entries(templates[one]).map(([name, text]) => ({ one, type, name, text })),
    ),
  )
  const widest = (texts: string[]) => Math.max(0, ...texts.map(({ length }) => length))
  const [ofType, ofName] = [widest(rows.map(({ type }) => type)), widest(rows.map(({ name }) => name))]
  io.out(
    rows.map(({ one, type, name, text }) => `${one} ${type.padEnd(ofType)} ${name.padEnd(ofName)}  ${text}`).join('\n'),
  )
}
