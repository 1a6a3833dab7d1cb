import type { AwsThing } from '../../contracts/aws-change.ts'
import { jsonIn } from '../../contracts/json-in.ts'
import type { Severity } from '../../contracts/words.ts'
import { listOf, recordOf } from '../plain.ts'
import { severityOf } from '../severity-words.ts'
import { firstText, textOf } from '../text.ts'
import { timeOf } from '../times.ts'

/** What an event of AWS says, by its own names. */
export interface ThingChange {
  thing: AwsThing
  /** What tells this one from all others of its kind. */
  id: string
  /** What people read in place of an id that says nothing to them. */
  shown?: string
  name: string
  /** How long it ran, where the event itself says so, ms. */
  ranMs?: number
  state: string
  why: string
  /** How bad AWS says it is, where it says so. */
  severity: Severity | undefined
}

type Reader = (detail: Record<string, unknown>, event: Record<string, unknown>) => ThingChange

/** By the beginning of the detail type (EventBridge reference of each service; Amazon EMR management guide, "Monitor events"). */
const readers: [prefix: string, read: Reader][] = [
  ['EMR Cluster State Change', (d) => changeOf('emr-cluster', d, d.clusterId, d.name, reasonIn(d.stateChangeReason))],
  [
    'EMR Step Status Change',
    (d) => changeOf('emr-step', d, `${textOf(d.clusterId)}/${textOf(d.stepId)}`, d.name, d.message),
  ],
  ['EMR Instance Group', (d) => changeOf('emr-group', d, d.instanceGroupId, d.instanceGroupType, d.message)],
  ['EMR Instance Fleet', (d) => changeOf('emr-fleet', d, d.instanceFleetId, d.instanceFleetType, d.message)],
  [
    'EMR Auto Scaling Policy',
    (d) => changeOf('emr-scaling', d, `${textOf(d.clusterId)}/${textOf(d.resourceId)}`, '', d.message),
  ],
  [
    'EMR Notebook',
    (d) => changeOf('emr-notebook', d, firstText(d.notebookExecutionId, d.notebookId), d.name, d.message),
  ],
  ['EC2 Instance State-change', (d) => changeOf('ec2', d, d['instance-id'], '', '')],
  [
    'EC2 Spot Instance Interruption',
    (d) => ({ ...changeOf('ec2-spot', d, d['instance-id'], '', d['instance-action']), state: 'interrupted' }),
  ],
  [
    'EC2 Instance Rebalance',
    (d) => ({ ...changeOf('ec2-spot', d, d['instance-id'], '', ''), state: 'rebalance-recommended' }),
  ],
  ['EC2 Instance Launch Unsuccessful', (d) => scaling(d, 'launch-failed')],
  ['EC2 Instance Launch Successful', (d) => scaling(d, 'launched')],
  ['EC2 Instance Terminate Unsuccessful', (d) => scaling(d, 'terminate-failed')],
  ['ECS Task State Change', ecsTask],
  ['RDS DB', rds],
  ['AWS Health Event', health],
]

/** What an event is about; undefined for one that nobody foresaw. */
export function changeIn(event: Record<string, unknown>): ThingChange | undefined {
  const type = textOf(event['detail-type'])
  const [, read] = readers.find(([prefix]) => type.startsWith(prefix)) ?? []
  const told = read?.(recordOf(event.detail), event)
  return told === undefined || told.id === '' || told.state === '' ? undefined : told
}

function changeOf(
  thing: AwsThing,
  detail: Record<string, unknown>,
  id: unknown,
  name: unknown,
  why: unknown,
): ThingChange {
  return {
    thing,
    id: textOf(id),
    name: firstText(name),
    state: textOf(detail.state),
    why: firstText(why),
    severity: severityOf(detail.severity),
  }
}

function scaling(detail: Record<string, unknown>, state: string): ThingChange {
  const group = detail.AutoScalingGroupName
  return { ...changeOf('auto-scaling', detail, group, '', firstText(detail.StatusMessage, detail.Cause)), state }
}

/**
 * A task that was stopped by somebody, or by a deployment, is no trouble, nor is one that is no service's and is done: only what failed has
 * stopped here. Tasks of a service, or of a family, stand for each other.
 */
function ecsTask(detail: Record<string, unknown>): ThingChange {
  const state = textOf(detail.lastStatus)
  const group = firstText(detail.group, lastPartOf(detail.taskArn))
  const id = [lastPartOf(detail.clusterArn), group].filter(Boolean).join('/')
  const containers = listOf(detail.containers).map(recordOf)
  const isDone = !group.startsWith('service:') && containers.some(hasExited) && containers.every(isFine)
  const isFailed = ['TaskFailedToStart', 'EssentialContainerExited'].includes(textOf(detail.stopCode)) && !isDone
  const [startedAt, stoppedAt] = [timeOf(detail.startedAt), timeOf(detail.stoppedAt)]
  const why = [textOf(detail.stoppedReason), ...containers.filter((one) => !isFine(one)).map(endOf)]
  return {
    ...changeOf('ecs-task', detail, group && id, '', why.filter(Boolean).join('; ')),
    ...(startedAt !== undefined && stoppedAt !== undefined && { ranMs: Math.max(0, stoppedAt - startedAt) }),
    state: state === 'STOPPED' && !isFailed ? 'ENDED' : state,
  }
}

const hasExited = ({ exitCode }: Record<string, unknown>) => textOf(exitCode) !== ''
const isFine = ({ exitCode, reason }: Record<string, unknown>) =>
  ['', '0'].includes(textOf(exitCode)) && textOf(reason) === ''

/** `app: exit 137, OutOfMemoryError`. */
function endOf({ name, exitCode, reason }: Record<string, unknown>): string {
  const code = textOf(exitCode)
  return `${textOf(name)}: ${[code && `exit ${code}`, textOf(reason)].filter(Boolean).join(', ')}`
}

/** The name at the end of an ARN. */
export function lastPartOf(arn: unknown): string {
  return textOf(arn).split('/').at(-1) ?? ''
}

/** What people read as a thing's id. */
export function shownOf({ id, shown = id }: ThingChange): string {
  return shown
}

/** By these a database says that it is as it should be again (Amazon RDS user guide, "Amazon RDS event categories and event messages"). */
const recoveries = [
  'RDS-EVENT-0015',
  'RDS-EVENT-0021',
  'RDS-EVENT-0046',
  'RDS-EVENT-0049',
  'RDS-EVENT-0065',
  'RDS-EVENT-0071',
]

function rds(detail: Record<string, unknown>): ThingChange {
  const state = firstText(...listOf(detail.EventCategories))
  const isBack = recoveries.includes(textOf(detail.EventID))
  return {
    ...changeOf('rds', detail, detail.SourceIdentifier, '', detail.Message),
    state: isBack ? 'recovered' : state,
  }
}

/** So many of what an event of AWS Health is about are named. */
const MOST_NAMED = 3

function health(detail: Record<string, unknown>, event: Record<string, unknown>): ThingChange {
  const { latestDescription } = recordOf(listOf(detail.eventDescription)[0])
  const id = firstText(detail.eventArn, event.id)
  const name = [detail.service, detail.eventTypeCode].map(textOf).filter(Boolean).join(' ')
  const isClosed = textOf(detail.statusCode) === 'closed'
  const affected = listOf(detail.affectedEntities).map((one) => textOf(recordOf(one).entityValue))
  const named = affected.filter((one) => one !== '' && one !== 'UNKNOWN')
  const shown = [...named.slice(0, MOST_NAMED), ...(named.length > MOST_NAMED ? ['…'] : [])].join(', ')
  return {
    ...changeOf('health', detail, id, name, latestDescription),
    ...(shown === '' ? {} : { shown }),
    state: isClosed ? 'closed' : textOf(detail.eventTypeCategory),
  }
}

/** The reason of a cluster's change is a JSON text inside the event. */
function reasonIn(value: unknown): string {
  const text = textOf(value)
  const reason = jsonIn(text)
  if (reason === undefined) return text
  const { code, message } = recordOf(reason)
  return [code, message].map(textOf).filter(Boolean).join(': ')
}
