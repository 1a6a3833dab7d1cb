import type { AwsState, AwsThing } from '../../contracts/aws-change.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import { perSeverity } from '../../contracts/severities.ts'
import type { Severity } from '../../contracts/words.ts'
import { recordOf } from '../plain.ts'
import type { ThingChange } from './things.ts'

/** What becomes of a state: an alert of a severity that goes on, what the chat is told once, the end of an earlier alert, or nothing. */
export type Outcome = Severity | 'notice' | 'over' | 'nothing'

/** What the configuration may say of it: `{ ec2: { stopped: critical } }`. */
type Outcomes = Record<string, Record<string, Outcome>>

/** Of the instances of a cluster, in groups or in fleets. */
const instances: Partial<Record<AwsState, Outcome>> = {
  PROVISIONING: 'nothing',
  BOOTSTRAPPING: 'nothing',
  RESIZING: 'nothing',
  RECONFIGURING: 'nothing',
  RUNNING: 'over',
  WAITING: 'over',
  TERMINATED: 'over',
  SUSPENDED: 'error',
  ARRESTED: 'error',
}

/** Unless the configuration says otherwise. What is not here is told once: somebody asked for these events. */
export const usual: Record<AwsThing, Partial<Record<AwsState, Outcome>>> = {
  'emr-cluster': {
    STARTING: 'nothing',
    BOOTSTRAPPING: 'nothing',
    RUNNING: 'over',
    WAITING: 'notice',
    TERMINATING: 'nothing',
    TERMINATED: 'over',
    TERMINATED_WITH_ERRORS: 'critical',
  },
  'emr-step': {
    PENDING: 'nothing',
    RUNNING: 'nothing',
    COMPLETED: 'over',
    CANCEL_PENDING: 'nothing',
    CANCELLED: 'warning',
    INTERRUPTED: 'warning',
    FAILED: 'error',
  },
  'emr-group': instances,
  'emr-fleet': instances,
  'emr-scaling': { PENDING: 'nothing', ATTACHED: 'over', DETACHED: 'over', FAILED: 'error' },
  'emr-notebook': { FAILED: 'error', FINISHED: 'over', RUNNING: 'nothing', STARTING: 'nothing', STOPPED: 'over' },
  ec2: {
    pending: 'nothing',
    running: 'notice',
    stopping: 'nothing',
    stopped: 'notice',
    'shutting-down': 'nothing',
    terminated: 'notice',
  },
  'ec2-spot': { interrupted: 'notice', 'rebalance-recommended': 'nothing' },
  'auto-scaling': { 'launch-failed': 'error', launched: 'over', 'terminate-failed': 'notice' },
  'ecs-task': { PROVISIONING: 'nothing', PENDING: 'nothing', ACTIVATING: 'nothing', RUNNING: 'over', STOPPED: 'error' },
  rds: {
    failure: 'critical',
    failover: 'error',
    'global failover': 'error',
    recovered: 'over',
    'low storage': 'warning',
    'read replica': 'warning',
    availability: 'notice',
    deletion: 'notice',
    maintenance: 'notice',
    recovery: 'notice',
    security: 'notice',
    'security patching': 'notice',
  },
  health: {
    issue: 'error',
    scheduledChange: 'warning',
    investigation: 'warning',
    accountNotification: 'notice',
    closed: 'over',
  },
  // ALARM is as bad as its description or the project says.
  alarm: { OK: 'over', INSUFFICIENT_DATA: 'notice' },
}

/** A task that was meant to end, and what databases say all day long. */
const quiet: Partial<Record<AwsThing, Outcome>> = { 'ecs-task': 'nothing', rds: 'nothing' }

/** Of these AWS may say by the severity that a state is worse than it usually is: a group whose resize is stuck is RESIZING, too. */
const judged: AwsThing[] = ['emr-cluster', 'emr-group', 'emr-fleet', 'emr-scaling']

/** What becomes of what an event tells. `configured` is the part of the configuration. */
export function outcomeOf({ thing, state, severity }: ThingChange, configured: Outcomes = {}): Outcome {
  const own = configuredOutcome(configured, thing, state)
  if (own !== undefined) return own
  const expected = ownProperty(usual[thing], state) ?? quiet[thing]
  const isWorse = judged.includes(thing) && severity !== undefined && severity !== 'info' && !goesOn(expected)
  return isWorse ? outcomeOfSeverity(severity) : (expected ?? outcomeOfSeverity(severity))
}

/** Whether an alert goes on by it; without an outcome it does, as bad as its sender or the project says. */
export function goesOn(outcome: Outcome | undefined): boolean {
  return outcome !== 'over' && outcome !== 'notice' && outcome !== 'nothing'
}

/** What the configuration has for a state of a thing, or of what nobody foresaw by its detail type. */
export function configuredOutcome(configured: Outcomes, thing: string, state: string): Outcome | undefined {
  return ownProperty(ownProperty(configured, thing) ?? {}, state)
}

const isUrgent = perSeverity(({ urgent }) => urgent)

/** Where only AWS says how bad something is: what is bad goes on until somebody has it, the rest is told once. */
export function outcomeOfSeverity(severity: Severity | undefined): Outcome {
  return severity !== undefined && isUrgent[severity] ? severity : 'notice'
}

/** What the configuration of a project says of outcomes; `options` are those of its format. */
export function outcomesIn(options: unknown): Outcomes {
  return (ownProperty(recordOf(options), 'outcomes') ?? {}) as Outcomes
}
