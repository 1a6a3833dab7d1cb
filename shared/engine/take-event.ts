import { createHash } from 'node:crypto'
import { forEachAtMost } from '../at-most.ts'
import { alerts, seedEvent } from '../contracts/alert.ts'
import { heartbeat } from '../contracts/heartbeat.ts'
import { ownProperty } from '../contracts/own-property.ts'
import { rejectionOf } from '../contracts/rejection.ts'
import { report } from '../contracts/report.ts'
import { DEFAULT_SEVERITY, type Instant } from '../contracts/words.ts'
import { CLOCK_AHEAD_MS } from '../evaluation/vantage.ts'
import type { DatedAlert } from '../incidents/incident.ts'
import type { UsualAt } from '../store/history.ts'
import type { EngineIo } from './io.ts'
import { type JudgingConfig, takeReport } from './judge-checks.ts'
import { takeAlert } from './take-alert.ts'
import { takeHeartbeat } from './take-heartbeat.ts'

/**
 * Takes one message of the events queue: a probe report, a job's heartbeat, packed alerts, or the seed's short form. `sentAt` is the queue's own
 * clock. Throws a `Rejection` for what no schema accepts.
 */
export async function takeEvent(
  body: unknown,
  sentAt: Instant,
  config: JudgingConfig,
  io: EngineIo,
  usualAt?: UsualAt,
): Promise<void> {
  const kind = kindOf(body)
  if (kind === 'report') {
    const parsed = report.safeParse(body)
    if (!parsed.success) throw rejectionOf('a probe report', parsed.error)
    await takeReport(parsed.data, sentAt, config, io, usualAt)
    return
  }
  if (kind === 'heartbeat') {
    const parsed = heartbeat.safeParse(body)
    if (!parsed.success) throw rejectionOf('a heartbeat', parsed.error)
    await takeHeartbeat(parsed.data, sentAt, config, io)
    return
  }
  const byIncident = Map.groupBy(
    alertsOf(body, kind, sentAt, config),
    ({ project, dedupKey }) => `${project}#${dedupKey}`,
  )
  await forEachAtMost([...byIncident.values()], async (alertsOfOne) => {
    for (const alert of alertsOfOne)
      await takeAlert(alert, ownProperty(config.projects, alert.project)?.title ?? alert.project, io)
  })
}

function alertsOf(body: unknown, kind: string | undefined, sentAt: Instant, config: JudgingConfig): DatedAlert[] {
  if (kind !== 'alerts' && isSeed(body)) return [fromSeed(body, sentAt, config)]
  const parsed = alerts.safeParse(body)
  if (!parsed.success) throw rejectionOf('a report, alerts, or { "projectName": … }', parsed.error)
  // A sender's clock that is ahead would make every later alert look late.
  return parsed.data.alerts.map((alert) => ({ ...alert, at: Math.min(alert.at ?? sentAt, sentAt + CLOCK_AHEAD_MS) }))
}

/**
 * The seed's message names only a project. Equal messages are one incident while nobody has taken it, so that a redelivery or a
 * storm is one call; after an acknowledgement the next one calls again, as the seed's every message did.
 */
function fromSeed(
  event: Record<string, unknown> & { projectName: string },
  sentAt: Instant,
  config: JudgingConfig,
): DatedAlert {
  const { projectName, ...details } = event
  const told = ['message', 'summary', 'alarm', 'eventName']
    .map((key) => details[key])
    .find((value): value is string => typeof value === 'string' && value.trim() !== '')
  const digest = createHash('sha256').update(JSON.stringify(event)).digest('hex').slice(0, 16)
  return {
    action: 'trigger',
    dedupKey: `seed:${digest}`,
    project: projectName,
    summary: (told ?? `Alert of ${projectName}`).slice(0, 1024),
    source: 'seed',
    severity: DEFAULT_SEVERITY,
    title: ownProperty(config.projects, projectName)?.title ?? projectName,
    at: sentAt,
    endless: true,
    ...(Object.keys(details).length === 0 ? {} : { details }),
  }
}

function isSeed(body: unknown): body is Record<string, unknown> & { projectName: string } {
  return seedEvent.safeParse(body).success
}

function kindOf(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'kind' in body && typeof body.kind === 'string'
    ? body.kind
    : undefined
}
