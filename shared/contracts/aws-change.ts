import type { FactOf } from './fact.ts'

/** What AWS's events are about. */
export type AwsThing =
  | 'emr-cluster'
  | 'emr-step'
  | 'emr-group'
  | 'emr-fleet'
  | 'emr-scaling'
  | 'emr-notebook'
  | 'ec2'
  | 'ec2-spot'
  | 'auto-scaling'
  | 'ecs-task'
  | 'rds'
  | 'health'
  | 'alarm'

/** The states that we know, as AWS writes them; those in small letters with a dash are ours, for events that name none. */
export type AwsState =
  | 'STARTING'
  | 'BOOTSTRAPPING'
  | 'RUNNING'
  | 'WAITING'
  | 'TERMINATING'
  | 'TERMINATED'
  | 'TERMINATED_WITH_ERRORS'
  | 'PENDING'
  | 'ACTIVATING'
  | 'COMPLETED'
  | 'CANCEL_PENDING'
  | 'CANCELLED'
  | 'INTERRUPTED'
  | 'FAILED'
  | 'RESIZING'
  | 'SUSPENDED'
  | 'ARRESTED'
  | 'PROVISIONING'
  | 'ATTACHED'
  | 'DETACHED'
  | 'STOPPED'
  | 'FINISHED'
  | 'pending'
  | 'running'
  | 'stopping'
  | 'stopped'
  | 'shutting-down'
  | 'terminated'
  | 'interrupted'
  | 'rebalance-recommended'
  | 'launch-failed'
  | 'launched'
  | 'terminate-failed'
  | 'failover'
  | 'global failover'
  | 'failure'
  | 'low storage'
  | 'availability'
  | 'deletion'
  | 'maintenance'
  | 'read replica'
  | 'recovery'
  | 'security'
  | 'security patching'
  | 'recovered'
  | 'issue'
  | 'investigation'
  | 'scheduledChange'
  | 'accountNotification'
  | 'closed'
  | 'RECONFIGURING'
  | 'ALARM'
  | 'OK'
  | 'INSUFFICIENT_DATA'

/**
 * What an event of AWS tells. `state` is one of `AwsState`, or as AWS writes it where we do not know it; `said` are AWS's own words. Of
 * earlier events: the state before (`from`), how long it ran, and the last step that failed; absent where they are not known.
 */
export type AwsFact = FactOf<{
  'aws-change': {
    thing: AwsThing
    id: string
    name?: string
    state: string
    said?: string
    from?: string
    ranMs?: number
    failedStep?: string
  }
}>
