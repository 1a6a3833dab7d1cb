import * as z from 'zod/mini'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { draftsOfList, recordsAmong } from '../list.ts'
import { isRecord, recordOf } from '../plain.ts'
import { firstText } from '../text.ts'

const NO_EVENT = 'should be an event of Nightingale, or a list of such'

/** What an event is known by, or says; one of them is enough. */
const telling = ['hash', 'rule_name', 'rule_note', 'target_ident', 'trigger_value']

/** The global webhook and rule callbacks send one event, or a list; the channel "Callback" always a list. */
const events = z.union([z.looseObject({}), recordsAmong(NO_EVENT)], { error: NO_EVENT }).check(
  z.refine((body) => [body].flat().some((one) => telling.some((field) => firstText(recordOf(one)[field]) !== '')), {
    error: `${NO_EVENT}: there is no ${telling.join(', no ')}`,
  }),
)
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
  toAlerts: (body, { before }) => draftsOfList(body, before, draftOf),
  // It takes everything but 429 for success, a 500 too, and its newer channel nothing but 200.
  answers: plainAnswers({ taken: 200, busy: 429 }),
}

function draftOf(one: Record<string, unknown>): Draft {
  const isOver = one.is_recovered === true
  const value = firstText(one.trigger_value)
  const name = firstText(one.rule_name)
  const target = firstText(one.target_ident)
  const hash = firstText(one.hash)
  return {
    action: isOver ? 'resolve' : 'trigger',
    // Without it the page has no end, and is a page all the same.
    dedupKey: hash && `n9e/${hash}`,
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
