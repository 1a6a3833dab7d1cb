import { ownProperty } from '../../contracts/own-property.ts'
import { recordOf } from '../plain.ts'
import { fits } from './pattern.ts'
import type { Pattern } from './pattern-schema.ts'

/** What AWS reports by itself, by a name of ours (EventBridge events reference, each service's page). */
const sources = {
  emr: { source: ['aws.emr'], 'detail-type': [{ prefix: 'EMR ' }] },
  ec2: {
    source: ['aws.ec2'],
    'detail-type': ['EC2 Instance State-change Notification'],
    detail: { state: ['running', 'stopped', 'terminated'] },
  },
  spot: {
    source: ['aws.ec2'],
    'detail-type': ['EC2 Spot Instance Interruption Warning', 'EC2 Instance Rebalance Recommendation'],
  },
  alarms: { source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'] },
  // Scheduled retirement of EC2 instances is one of them.
  health: { source: ['aws.health'], 'detail-type': [{ prefix: 'AWS Health ' }] },
  rds: { source: ['aws.rds'], 'detail-type': [{ prefix: 'RDS ' }] },
  'auto-scaling': {
    source: ['aws.autoscaling'],
    'detail-type': [
      'EC2 Instance Launch Successful',
      'EC2 Instance Launch Unsuccessful',
      'EC2 Instance Terminate Unsuccessful',
    ],
  },
  ecs: {
    source: ['aws.ecs'],
    'detail-type': ['ECS Task State Change'],
    detail: { lastStatus: ['RUNNING', 'STOPPED'] },
  },
} satisfies Record<string, Pattern>

export const names = Object.keys(sources) as (keyof typeof sources)[]

/** Which events of the account and region come to a project: names of ours, and patterns for everything else. */
export type Events = (keyof typeof sources | Pattern)[]

/** The pattern of each. */
export function patternsOf(chosen: Events): Pattern[] {
  return chosen.map((one) => (typeof one === 'string' ? sources[one] : one))
}

/** What a project's configuration says of events, if it says anything; `options` are those of its format `aws`. */
export function eventsOf(options: unknown): Events | undefined {
  return ownProperty(recordOf(options), 'events') as Events | undefined
}

/** Whether an event is one of those. */
export function isAmong(chosen: Events, event: unknown): boolean {
  return patternsOf(chosen).some((one) => fits(one, event))
}
