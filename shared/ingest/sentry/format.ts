import * as z from 'zod/mini'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { isSignedBy } from '../hmac.ts'
import { isRecord, listOf, recordOf } from '../plain.ts'
import { firstText, textOf } from '../text.ts'
import type { Options } from './options.ts'

/** The webhook of an internal integration (Sentry documentation, "Integration Platform, Webhooks"). */
const webhook = z.looseObject({}, { error: 'should be an object with action and data' }).check(
  z.refine((body) => ['action', 'data', 'event'].some((field) => field in body), {
    path: ['action'],
    error: 'is missing',
  }),
)
type Webhook = z.infer<typeof webhook>

/** Sentry: issue alerts, metric alerts and issues. */
export const sentry: Format<Webhook> = {
  format: 'sentry',
  routes: ['/sentry/{key}', '/sentry'],
  isGenuine: ({ headers, body }, given) =>
    isSignedBy((given as Options).secret, headers['sentry-hook-signature'] ?? '', body),
  schema: webhook,
  matches: (body) => isRecord(body) && 'action' in body && 'installation' in body,
  toAlerts: draftsOf,
  answers: plainAnswers({ taken: 200, busy: 503 }),
}

function draftsOf(body: Webhook): Draft[] {
  if (isRecord(body.event)) return [ofPlugin(body, body.event)]
  const action = textOf(body.action)
  const { event, issue, metric_alert: metric, triggered_rule: rule, ...rest } = recordOf(body.data)
  if (isRecord(metric)) return ofMetric(action, metric, rest)
  if (isRecord(event)) return [ofEvent(event, rule)]
  return isRecord(issue) ? ofIssue(action, issue) : []
}

/** What the older plugin "Webhooks" posts, without a signature: the issue's fields, and the event in them. */
function ofPlugin(
  { id, level, culprit, message, url, triggering_rules: rules }: Webhook,
  event: Record<string, unknown>,
) {
  return ofEvent({ level, culprit, message, ...event, issue_id: id, web_url: url }, rules)
}

function ofEvent(event: Record<string, unknown>, rule: unknown): Draft {
  const tags = listOf(event.tags)
    .map(listOf)
    .map(([name, value]): [string, string] => [textOf(name), textOf(value)])
  const labels = Object.fromEntries(tags)
  return {
    action: 'trigger',
    dedupKey: `sentry/issue/${firstText(event.issue_id, event.event_id)}`,
    summary: firstText(event.title, event.message),
    source: firstText(labels.server_name, event.culprit, event.platform),
    severity: event.level,
    at: firstText(event.datetime, event.timestamp),
    labels,
    details: { culprit: event.culprit, rule, ...recordOf(event.metadata) },
    links: [{ href: event.web_url, text: 'Sentry' }],
  }
}

function ofIssue(action: string, issue: Record<string, unknown>): Draft[] {
  const isOver = action === 'resolved' || action === 'archived' || action === 'ignored'
  // That an issue is new says its alert rule, if anybody wants to know.
  if (!isOver && action !== 'unresolved') return []
  return [
    {
      action: isOver ? 'resolve' : 'trigger',
      dedupKey: `sentry/issue/${firstText(issue.id)}`,
      summary: issue.title,
      source: firstText(issue.culprit, recordOf(issue.project).slug),
      severity: issue.level,
      links: [{ href: issue.web_url, text: firstText(issue.shortId) || 'Sentry' }],
    },
  ]
}

function ofMetric(action: string, metric: Record<string, unknown>, told: Record<string, unknown>): Draft[] {
  const isOver = action === 'resolved'
  const { name, aggregate, query } = recordOf(metric.alert_rule)
  return [
    {
      action: isOver ? 'resolve' : 'trigger',
      dedupKey: `sentry/metric/${firstText(metric.organization_id)}/${firstText(metric.id)}`,
      summary: firstText(told.description_title, metric.title, name),
      source: firstText(...listOf(metric.projects), 'Sentry'),
      severity: action === 'open' ? undefined : isOver ? undefined : action,
      at: isOver ? metric.date_closed : metric.date_started,
      details: { text: told.description_text, aggregate, query },
      links: [{ href: told.web_url, text: 'Sentry' }],
    },
  ]
}
