import { aws } from '../ingest/aws/format.ts'
import { eventsOf, isAmong } from '../ingest/aws/sources.ts'
import type { Format } from '../ingest/format.ts'
import { packed } from '../ingest/pack.ts'
import { isRecord } from '../ingest/plain.ts'
import { sns } from '../ingest/sns/format.ts'
import { textOf } from '../ingest/text.ts'
import { alertsOf, earlierFor, type IngestIo, type IngestProject, noteSeen } from './take-request.ts'

export type CloudEventIo = Pick<IngestIo, 'projects' | 'now' | 'token' | 'send' | 'log' | 'checks' | 'seen'>

/**
 * Takes what AWS reports of the deployment's own account: an event of EventBridge, an alarm, a message of the SNS topic with either in
 * it, or with a text that somebody wrote. It goes to the projects that name such events; what none names goes to the first that names
 * any, for somebody has sent it here. Rejects unless the events queue has it.
 */
export async function takeCloudEvent(body: unknown, io: CloudEventIo): Promise<void> {
  const event = eventIn(body)
  const [format, read] = event === undefined ? [sns, recordIn(body)] : [aws, event]
  const projects = projectsFor(event ?? alarmAsEvent(read), Object.values(io.projects))
  if (projects.length === 0) io.log({ level: 'warn', event: 'no project names events of AWS' })
  await Promise.all(projects.map((project) => takeFor(project, format, read, io)))
}

async function takeFor(project: IngestProject, format: Format, body: unknown, io: CloudEventIo): Promise<void> {
  const options = project.options[aws.format]
  const earlier = await earlierFor(format, body, project.name, io)
  const context = { project, receivedAt: io.now(), token: io.token, options, earlier }
  const { alerts } = alertsOf(format, body, context)
  await Promise.all([
    alerts.length > 0 ? io.send(packed(alerts)) : undefined,
    noteSeen(aws.format, project.name, alerts.length, io),
  ])
  io.log({ level: 'info', event: 'cloud event taken', project: project.name, alerts: alerts.length })
}

function projectsFor(event: unknown, projects: IngestProject[]): IngestProject[] {
  const listening = projects.flatMap((project) => {
    const events = eventsOf(project.options[aws.format])
    return events === undefined ? [] : [{ project, isWanted: isAmong(events, event) }]
  })
  const wanted = listening.filter(({ isWanted }) => isWanted)
  return (wanted.length > 0 ? wanted : listening.slice(0, 1)).map(({ project }) => project)
}

/** An event as it is, or as the message of a topic carries it. */
function eventIn(body: unknown): Record<string, unknown> | undefined {
  const inner = isRecord(body) && body.Type === 'Notification' ? parsed(textOf(body.Message)) : body
  return isRecord(inner) && ('detail-type' in inner || 'alarmData' in inner) ? inner : undefined
}

/** An alarm's own message names no event: it is as good as one. */
function alarmAsEvent(body: Record<string, unknown>): unknown {
  const inner = body.Type === 'Notification' ? parsed(textOf(body.Message)) : body
  const isAlarm = isRecord(inner) && 'AlarmName' in inner
  return isAlarm ? { source: 'aws.cloudwatch', 'detail-type': 'CloudWatch Alarm State Change' } : undefined
}

function recordIn(body: unknown): Record<string, unknown> {
  return isRecord(body) ? body : { Type: 'Notification', Message: textOf(body) || JSON.stringify(body) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
