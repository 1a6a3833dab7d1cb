import * as z from 'zod/mini'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { isRecord } from '../plain.ts'
import { firstText, textOf } from '../text.ts'

/** A variable that Datadog does not know stays as its name. */
const expanded = (value: unknown) => (/^\$[A-Z_]+$/.test(textOf(value).trim()) ? '' : firstText(value))

/** Our custom payload, or the default one (Datadog documentation, "Webhooks"). */
const webhook = z.looseObject({}, { error: 'should be an object' }).check(
  z.refine((body) => ['title', 'text', 'body', 'cycle_key'].some((field) => expanded(body[field]) !== ''), {
    path: ['title'],
    error: 'is missing',
  }),
)
type Webhook = z.infer<typeof webhook>

const priorities: Record<string, string> = { P1: 'critical', P2: 'error', P3: 'warning', P4: 'info', P5: 'info' }
const types: Record<string, string> = { error: 'error', warning: 'warning', info: 'info', success: 'info' }

/** Datadog's webhook, with the payload that we ask for or with its own. */
export const datadog: Format<Webhook> = {
  format: 'datadog',
  routes: ['/datadog/{key}', '/datadog'],
  encodings: ['form'],
  schema: webhook,
  matches: (body) => isRecord(body) && ('transition' in body || ('event_type' in body && 'org' in body)),
  toAlerts: (body) => [draftOf(body)],
  // Only after a 5xx does it try again.
  answers: plainAnswers({ taken: 200, busy: 503 }),
}

function draftOf(body: Webhook): Draft {
  const field = (name: string) => expanded(body[name])
  const [, word = '', thing = ''] = /^\[(\S+)(?: on \{(.*?)\})?\]/.exec(field('title')) ?? []
  const transition = field('transition') || word
  const bare = field('title').replace(/^\[.*?\]\s*/, '')
  return {
    action: /^recovered/i.test(transition) ? 'resolve' : 'trigger',
    dedupKey: `dd/${firstText(field('cycle_key'), field('aggreg_key'), `${thing}/${bare}`)}`,
    summary: firstText(field('title'), field('text'), plainText(field('body'))),
    source: firstText(field('hostname'), field('scope'), thing, 'Datadog'),
    severity: priorities[field('priority')] ?? types[field('alert_type')],
    at: field('date'),
    labels: tagsOf(field('tags')),
    details: Object.fromEntries(
      ['status', 'text', 'metric', 'query', 'scope', 'transition']
        .map((name) => [name, field(name)])
        .filter(([, text]) => text !== ''),
    ),
    links: [{ href: field('link'), text: 'Datadog' }],
  }
}

/** `env:prod,team:pay` */
function tagsOf(text: string): Record<string, string> {
  const tags = text.split(',').map((tag) => /^([^:]+):(.+)$/.exec(tag.trim()))
  return Object.fromEntries(tags.flatMap((tag) => (tag === null ? [] : [[tag[1] ?? '', tag[2] ?? '']])))
}

/** The default body is Markdown between `%%%`. */
const plainText = (text: string) => text.replaceAll('%%%', '').trim()
