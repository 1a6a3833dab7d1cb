import { jsonIn } from '../../contracts/json-in.ts'
import { writable } from '../../contracts/lenient.ts'
import { isEvent } from '../../ingest/aws/event.ts'
import { aws } from '../../ingest/aws/format.ts'
import { eventsOf, isAmong } from '../../ingest/aws/sources.ts'
import { email } from '../../ingest/email/format.ts'
import type { Format } from '../../ingest/format.ts'
import { isRecord } from '../../ingest/plain.ts'
import { sns } from '../../ingest/sns/format.ts'
import { textOf } from '../../ingest/text.ts'
import type { IngestIo, IngestProject } from './ingest-io.ts'
import { sendAlerts } from './send-alerts.ts'
import { type MailIo, takeMail } from './take-mail.ts'

export type CloudEventIo = Pick<IngestIo, 'projects'> & MailIo

/**
 * Takes what AWS reports of the deployment's own account: an event of EventBridge, an alarm, a message of the SNS topic with either in
 * it, or with a text that somebody wrote. It goes to the projects that name such events; what none names goes to the first that names
 * any, for somebody has sent it here. A mail goes by the keys in its addresses. Rejects unless the events queue has it.
 */
export async function takeCloudEvent(body: unknown, io: CloudEventIo): Promise<void> {
  const { format, read, carried } = readCloudEvent(body)
  if (format === email) return takeMail(read, io)
  const projects = projectsFor(eventIn(carried), Object.values(io.projects))
  if (projects.length === 0) io.log({ level: 'warn', event: 'no project names events of AWS' })
  await Promise.all(projects.map((project) => takeFor(project, format, read, io)))
}

/** By which format something is read that AWS reports of the account: an event, a mail, or whatever else a message of SNS carries. */
export function readCloudEvent(body: unknown): { format: Format; read: Record<string, unknown>; carried: unknown } {
  const carried = isRecord(body) && body.Type === 'Notification' ? jsonIn(textOf(body.Message)) : body
  if (email.matches(carried)) return { format: email, read: recordIn(carried), carried }
  return isEvent(carried) ? { format: aws, read: carried, carried } : { format: sns, read: recordIn(body), carried }
}

async function takeFor(project: IngestProject, format: Format, body: unknown, io: CloudEventIo): Promise<void> {
  const options = project.options[aws.format]
  const { dedupKeys } = await sendAlerts(format, body, { project, options }, aws.format, io)
  io.log({ level: 'info', event: 'cloud event taken', project: project.name, alerts: dedupKeys.length })
}

function projectsFor(event: unknown, projects: IngestProject[]): IngestProject[] {
  const listening = projects.flatMap((project) => {
    const events = eventsOf(project.options[aws.format])
    return events === undefined ? [] : [{ project, isWanted: isAmong(events, event) }]
  })
  const wanted = listening.filter(({ isWanted }) => isWanted)
  return (wanted.length > 0 ? wanted : listening.slice(0, 1)).map(({ project }) => project)
}

/** What projects name it by. An alarm's own message, and one that is handed over, are no events of EventBridge, but as good as one. */
function eventIn(carried: unknown): unknown {
  const isAlarm = isRecord(carried) && ('AlarmName' in carried || 'alarmData' in carried)
  if (isAlarm) return { source: 'aws.cloudwatch', 'detail-type': 'CloudWatch Alarm State Change' }
  return isEvent(carried) ? carried : undefined
}

function recordIn(body: unknown): Record<string, unknown> {
  return isRecord(body) ? body : { Type: 'Notification', Message: textOf(body) || JSON.stringify(writable(body)) }
}
