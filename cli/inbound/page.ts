import { json } from '../../shared/config/annotated.ts'
import type { Language } from '../../shared/contracts/words.ts'
import type { Guide } from '../../shared/ingest/guide.ts'
import { inboundPageWords } from '../../shared/messages/console/inbound.ts'
import { code, markdownTable } from '../../shared/messages/markdown.ts'
import { keyTable } from '../configuration-keys.ts'
import { pageWords } from './page-words.ts'

const nothing = { dedupKeys: [], notes: [] }

/** When an example happened that says so. */
const EXAMPLE_TIME = '2026-11-28T02:13:00Z'

/** The page of a format, as `docs/inbound/<format>.md` and `.zh-CN.md` have it: how its sender is set up, to be copied. */
export function inboundPage(guide: Guide, language: Language): string {
  const { title, setup, format } = guide
  const { head } = pageWords[language]
  const parts = [
    head(title[language], format.format, format.format),
    setup[language],
    ...settings(guide, language),
    ...trial(guide, language),
    ...answers(guide, language),
  ]
  return `${parts.join('\n\n')}\n`
}

/** From where a text of the index leads to a format's page. */
export function pageOf({ format: { format } }: Guide, language: Language): string {
  return `inbound/${format}${language === 'en' ? '.md' : '.zh-CN.md'}`
}

function settings({ options, format: { format } }: Guide, language: Language): string[] {
  if (options === undefined) return []
  return [pageWords[language].settings(format, options.summary[language]), keyTable(json(options.schema), language)]
}

function trial({ example, format, sign }: Guide, language: Language): string[] {
  const say = pageWords[language]
  if (example === undefined) return [say.untried]
  const { body, resolved } = example
  const begins = [
    say.try(format.format, resolved !== undefined),
    sign ? say.unsigned : say.byHand,
    curl(format.routes[0], body, language),
  ]
  return resolved === undefined ? begins : [...begins, say.ends, curl(format.routes[0], resolved, language)]
}

function curl(route: string, body: unknown, language: Language): string {
  const text = JSON.stringify(body, null, 2)
    .replaceAll('{test}', inboundPageWords[language].sample)
    .replaceAll('{now}', EXAMPLE_TIME)
  return `\`\`\`sh
curl -fsS -H 'Content-Type: application/json' --data-binary @- '{url}${route}' <<'END'
${text}
END
\`\`\``
}

function answers({ format }: Guide, language: Language): string[] {
  const say = pageWords[language]
  const { routes, methods = ['POST'], keyOf, encodings = [], limitBytes, answers } = format
  const isInPath = routes.some((route) => route.includes('{key}'))
  const places = [
    ...(isInPath ? [say.keyPlaces.path] : []),
    ...(keyOf ? [say.keyPlaces.body] : []),
    say.keyPlaces.headers,
  ]
  const rows = [
    [say.addresses, routes.map((route) => code(`{url}${route}`)).join(say.or)],
    [say.methods, methods.map(code).join(say.or)],
    [say.key, places.join(say.or)],
    [say.encodings, (['json', ...encodings] as const).map((one) => say.encodingNames[one]).join(say.or)],
    [String(answers.taken(nothing).status), say.taken],
    [String(answers.busy(1).status), say.busy],
    [String(answers.refused([]).status), say.refused],
    [String(answers.unknownKey('').status), say.unknownKey],
    ...(limitBytes === undefined
      ? []
      : [[String(answers.tooLarge(nothing, limitBytes).status), say.tooLarge(limitBytes / 1000)]]),
  ]
  return [say.answers, markdownTable(['', ''], rows)]
}
