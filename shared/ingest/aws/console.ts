import type { AwsThing } from '../../contracts/aws-change.ts'
import { recordOf } from '../plain.ts'
import { firstText, textOf } from '../text.ts'
import { lastPartOf, type ThingChange } from './things.ts'

/** A link of an alert. */
interface Link {
  href: string
  text: string
}

/** Where AWS's console of a region is. */
export function consoleOf(region: string): string {
  if (region.startsWith('cn-')) return 'https://console.amazonaws.cn'
  return region.startsWith('us-gov-') ? 'https://console.amazonaws-us-gov.com' : 'https://console.aws.amazon.com'
}

/** The page of the console about what has changed, where it has one. */
export function linksOf({ thing, id }: ThingChange, event: Record<string, unknown>): Link[] {
  const region = textOf(event.region)
  const detail = recordOf(event.detail)
  const page = thing.startsWith('emr') ? ofCluster(detail) : pages[thing]?.(encoded(id), detail)
  if (page === undefined) return []
  const [path, fragment] = page
  const href = `${consoleOf(region)}/${path}?region=${encoded(region)}${fragment === undefined ? '' : `#${fragment}`}`
  return [{ href, text: 'AWS' }]
}

/** A page's path, and the place in it. */
type Page = [path: string, fragment?: string]

const pages: Partial<Record<AwsThing, (id: string, detail: Record<string, unknown>) => Page | undefined>> = {
  ec2: (id) => ['ec2/home', `InstanceDetails:instanceId=${id}`],
  'ec2-spot': (id) => ['ec2/home', `InstanceDetails:instanceId=${id}`],
  'auto-scaling': (id) => ['ec2/home', `AutoScalingGroupDetails:id=${id}`],
  rds: (id, { SourceType }) => [
    'rds/home',
    `database:id=${id}${textOf(SourceType) === 'CLUSTER' ? ';is-cluster=true' : ''}`,
  ],
  health: (id) => ['health/home', `/account/event-log?eventID=${id}`],
  'ecs-task': (_, detail) => ofTask(detail),
}

function ofCluster(detail: Record<string, unknown>): Page | undefined {
  const cluster = firstText(detail.clusterId)
  return cluster === '' ? undefined : ['emr/home', `/clusterDetails/${encoded(cluster)}`]
}

/** Of a service's task the service: a task that has stopped is shown for an hour only. */
function ofTask({ clusterArn, taskArn, group }: Record<string, unknown>): Page | undefined {
  const cluster = encoded(lastPartOf(clusterArn))
  if (cluster === '') return undefined
  const [, service] = /^service:(.+)$/.exec(textOf(group)) ?? []
  const path = service ? `services/${encoded(service)}/health` : `tasks/${encoded(lastPartOf(taskArn))}/configuration`
  return [`ecs/v2/clusters/${cluster}/${path}`]
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
