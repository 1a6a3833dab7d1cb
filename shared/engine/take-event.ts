import { OWN_PROJECT } from '../contracts/compiled-config.ts'
import { heartbeat } from '../contracts/heartbeat.ts'
import { readLeniently } from '../contracts/lenient.ts'
import { rejectionOf } from '../contracts/rejection.ts'
import type { Instant } from '../contracts/words.ts'
import type { UsualAt } from '../store/history.ts'
import { takeAlerts } from './alerts/take-alerts.ts'
import { type Refused, readAlerts } from './ingest/read-alerts.ts'
import { splitAlerts } from './ingest/split-alerts.ts'
import { withinBounds } from './ingest/within-bounds.ts'
import type { EngineIo } from './io.ts'
import { takeCanary } from './take-canary.ts'
import { readReport } from './verdicts/read-report.ts'
import { takeHeartbeat } from './verdicts/take-heartbeat.ts'
import { takeReport } from './verdicts/take-report.ts'
import type { EvaluationConfig } from './verdicts/update-verdicts.ts'

/** What else is known of a message, and of what it may be compared with. */
interface Besides {
  usualAt?: UsualAt
  /** Who sent it: unique ids of IAM users or roles, who is vouched for first. */
  senders?: readonly string[]
  /** Has the other regions take what has come to this one alone. Never rejects; absent where it came to all, and where there is no other. */
  forward?(body: unknown, takenAt: Instant): Promise<void>
}

/**
 * Takes one message of the events queue: a probe report, a job's heartbeat, packed alerts, or the seed's short form. `takenAt` is
 * when our queue took it, which decides its order. What its sender may not say is left out; a message of more alerts than one invocation
 * should take is parted and sent on. Gives the parts that nobody can take; the rest is taken. Throws a `Rejection` for a message of which nothing can be.
 */
export async function takeEvent(
  written: unknown,
  takenAt: Instant,
  config: EvaluationConfig,
  io: EngineIo,
  { usualAt, senders = [], forward }: Besides = {},
): Promise<Refused[]> {
  const { body, refused } = withinBounds(written, senders, config)
  const [untaken] = await Promise.all([
    takeOwn(body, takenAt, config, io, usualAt),
    forward && isForAll(body) ? forward(body, takenAt) : undefined,
  ])
  return [...refused, ...untaken]
}

/** Probes send to every region themselves, and what Fenghuo says of itself is what one region sees. */
function isForAll(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false
  if ('alerts' in body && Array.isArray(body.alerts)) return body.alerts.some((one) => one?.project !== OWN_PROJECT)
  return kindOf(body) === 'heartbeat' || 'projectName' in body
}

async function takeOwn(
  body: unknown,
  takenAt: Instant,
  config: EvaluationConfig,
  io: EngineIo,
  usualAt: UsualAt | undefined,
): Promise<Refused[]> {
  const kind = kindOf(body)
  if (kind === 'report') {
    const { report, refused } = readReport(body, io)
    await takeReport(report, takenAt, config, io, usualAt)
    return refused
  }
  if (kind === 'heartbeat') {
    const read = readLeniently(heartbeat, body, ['v', 'kind', 'check', 'status'])
    if ('refused' in read) throw rejectionOf('not-a-heartbeat', read.refused)
    await takeHeartbeat(read.value, takenAt, config, io)
    return []
  }
  if (kind === 'canary') {
    await takeCanary(body, takenAt, io)
    return []
  }
  const parts = io.lanes === undefined ? [] : splitAlerts(body)
  if (parts.length > 0) {
    await io.lanes?.events(parts, takenAt)
    io.log({ level: 'info', event: 'message parted', parts: parts.length })
    return []
  }
  const { alerts, refused } = readAlerts(body, takenAt, config)
  await takeAlerts(alerts, config, io)
  return refused
}

function kindOf(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'kind' in body && typeof body.kind === 'string'
    ? body.kind
    : undefined
}
