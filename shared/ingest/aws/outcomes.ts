import * as z from 'zod'
import { ownProperty } from '../../contracts/own-property.ts'
import { type Language, severities } from '../../contracts/words.ts'
import type { Told } from './things.ts'

/** What becomes of a state: an alert of a severity, the end of an earlier one, or nothing. */
const outcome = z.enum([...severities, 'over', 'nothing'])
export type Outcome = z.infer<typeof outcome>

/** What the configuration may say of it: `{ ec2: { stopped: critical } }`. */
export const outcomes = z.record(z.string(), z.record(z.string(), outcome))

/** Whether clusters of EMR are told apart by their ids, or those of one name are one thing: the next good run closes a failed one. */
export const clusterKey = z.enum(['id', 'name'])

/** Unless the configuration says otherwise. A state that is not here is a warning: somebody asked for these events. */
const usual: Record<Told['thing'], Record<string, Outcome>> = {
  'emr-cluster': {
    STARTING: 'nothing',
    BOOTSTRAPPING: 'nothing',
    RUNNING: 'over',
    WAITING: 'info',
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
  'emr-instances': {
    PROVISIONING: 'nothing',
    BOOTSTRAPPING: 'nothing',
    RESIZING: 'nothing',
    RUNNING: 'over',
    WAITING: 'over',
    TERMINATED: 'over',
    SUSPENDED: 'error',
    ARRESTED: 'error',
  },
  'emr-scaling': { PENDING: 'nothing', ATTACHED: 'over', DETACHED: 'over', FAILED: 'error' },
  'emr-notebook': { FAILED: 'error', FINISHED: 'over', RUNNING: 'nothing', STARTING: 'nothing', STOPPED: 'over' },
  ec2: {
    pending: 'nothing',
    running: 'over',
    stopping: 'nothing',
    stopped: 'warning',
    'shutting-down': 'nothing',
    terminated: 'over',
  },
  'ec2-spot': { interrupted: 'warning', 'rebalance-recommended': 'nothing' },
  'auto-scaling': { 'launch-failed': 'error', launched: 'over', 'terminate-failed': 'warning' },
  'ecs-task': { PROVISIONING: 'nothing', PENDING: 'nothing', ACTIVATING: 'nothing', RUNNING: 'over', STOPPED: 'error' },
  rds: { failure: 'critical', failover: 'error', 'low storage': 'warning', availability: 'info' },
  health: {
    issue: 'error',
    scheduledChange: 'warning',
    investigation: 'warning',
    accountNotification: 'info',
    closed: 'over',
  },
}

/** A task that was meant to end, and what databases say all day long. */
const quiet: Partial<Record<Told['thing'], Outcome>> = { 'ecs-task': 'nothing', rds: 'nothing' }

/** What becomes of what an event tells. `configured` is the part of the configuration. */
export function outcomeOf({ thing, state }: Told, configured: z.infer<typeof outcomes> = {}): Outcome {
  const own = ownProperty(ownProperty(configured, thing) ?? {}, state)
  return own ?? ownProperty(usual[thing], state) ?? quiet[thing] ?? 'warning'
}

/** What usually becomes of the states of each thing, as a table for people. */
export function outcomeTable(language: Language): string {
  const [name, over, nothing] = language === 'zh' ? ['名称', '恢复', '忽略'] : ['name', 'over', 'nothing']
  const head = [name, ...severities, over, nothing]
  const rows = Object.entries(usual).map(([thing, states]) =>
    [
      `\`${thing}\``,
      ...outcome.options.map((one) =>
        Object.keys(states)
          .filter((state) => states[state] === one)
          .join(', '),
      ),
    ].join(' | '),
  )
  return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...rows.map((row) => `| ${row} |`)].join('\n')
}
