import * as z from 'zod'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { isRecord, recordOf } from '../plain.ts'
import { firstText } from '../text.ts'

const event = z.looseObject(
  {
    hash: z.union([z.string().min(1), z.number()], { error: 'is missing: it is what the end of an alert is known by' }),
  },
  { error: 'should be an event of Nightingale, or a list of such' },
)

/** The global webhook and rule callbacks send one event, or a list; the channel "Callback" always a list. */
const events = z.union([z.array(event).min(1), event.transform((one) => [one])])
type Events = z.infer<typeof events>

/** Its own three severities: the page says critical, warning, notice. */
const severities: Record<string, string> = { 1: 'critical', 2: 'error', 3: 'warning' }

/** Nightingale (n9e) 6 to 9, by any of its three ways. */
export const nightingale: Format<Events> = {
  format: 'nightingale',
  routes: ['/nightingale/{key}', '/nightingale'],
  schema: events,
  matches: (body) => {
    const one = recordOf(Array.isArray(body) ? body[0] : body)
    return 'hash' in one && 'is_recovered' in one
  },
  toAlerts: (list) => list.map(draftOf),
  // It takes everything but 429 for success, a 500 too, and its newer channel nothing but 200.
  answers: plainAnswers({ taken: 200, busy: 429 }),
}

function draftOf(one: Events[number]): Draft {
  const isOver = one.is_recovered === true
  const value = firstText(one.trigger_value)
  const name = firstText(one.rule_name)
  const target = firstText(one.target_ident)
  return {
    action: isOver ? 'resolve' : 'trigger',
    dedupKey: `n9e/${one.hash}`,
    summary: [name, target && `(${target})`, value].filter(Boolean).join(' '),
    source: firstText(target, one.cluster),
    severity: severities[firstText(one.severity)] ?? one.severity,
    at: isOver ? firstText(one.recover_time || '', one.last_eval_time) : one.trigger_time,
    since: one.first_trigger_time,
    labels: isRecord(one.tags_map) ? one.tags_map : undefined,
    group: one.group_name,
    details: {
      ...recordOf(one.annotations),
      ...Object.fromEntries(['rule_note', 'prom_ql', 'trigger_value', 'cluster'].map((name) => [name, one[name]])),
    },
    runbook: one.runbook_url,
  }
}
