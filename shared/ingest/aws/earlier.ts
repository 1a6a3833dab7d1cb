import type { AwsFact } from '../../contracts/aws-change.ts'
import type { Instant } from '../../contracts/words.ts'
import type { Memory } from '../format.ts'
import { textOf } from '../text.ts'
import { timeOf } from '../times.ts'
import type { ThingChange } from './things.ts'

/** Where the last step that failed is kept among a cluster's states. */
const FAILED_STEP = 'failed-step'

/** Whose states are kept, and in which of them it has begun to run. */
const begins: Partial<Record<ThingChange['thing'], string[]>> = {
  'emr-cluster': ['STARTING', 'BOOTSTRAPPING', 'RUNNING'],
  'emr-step': ['RUNNING'],
  'emr-group': [],
  'emr-fleet': [],
  'emr-notebook': ['RUNNING'],
  ec2: ['running'],
}

/** On the way from one state to the next: who asks where it came from means none of these. */
const passing = ['TERMINATING', 'CANCEL_PENDING', 'stopping', 'shutting-down', 'pending']

const STATE_CHARACTERS = 40
const NAME_CHARACTERS = 200

/** What later events are to know of this one: about the same thing, which comes first, and about the cluster that it belongs to. */
export function memoriesOf(change: ThingChange, event: Record<string, unknown>): Memory[] {
  const { thing, id, name, state } = change
  if (!(thing in begins)) return []
  const place = `${textOf(event.account)}/${textOf(event.region)}`
  const own = { of: `${place}/${id}`, name: state.slice(0, STATE_CHARACTERS), text: textOf(event.time) }
  if (thing !== 'emr-step' || state !== 'FAILED') return [own]
  const [cluster = '', step = ''] = id.split('/')
  const text = [name, step && `(${step})`].filter(Boolean).join(' ').slice(0, NAME_CHARACTERS)
  return [own, { of: `${place}/${cluster}`, name: FAILED_STEP, text }]
}

/** What earlier events add to one: left out where it is not known. */
type Earlier = Pick<AwsFact['args'], 'from' | 'ranMs' | 'failedStep'>

/** Reads what was kept of earlier events, as of `event`. */
export function earlierOf(
  { thing, state }: ThingChange,
  event: Record<string, unknown>,
  kept: Record<string, string>,
): Earlier {
  const at = timeOf(event.time)
  const began = begins[thing]
  if (at === undefined || began === undefined) return {}
  const states = timesIn(kept).filter(([name, since]) => since <= at && name !== state)
  const [from] = states.filter(([name]) => !passing.includes(name)).sort(([, one], [, other]) => other - one)[0] ?? []
  const since = states.filter(([name]) => began.includes(name)).map(([, time]) => time)
  const isOver = !began.includes(state)
  return {
    ...(from !== undefined && { from }),
    ...(isOver && since.length > 0 && { ranMs: at - Math.min(...since) }),
    ...(state === 'TERMINATED_WITH_ERRORS' && kept[FAILED_STEP] && { failedStep: kept[FAILED_STEP] }),
  }
}

/**
 * Whether the same thing is known to have come to another state since: AWS tells of changes in any order. Only what has happened by `now`
 * counts, so that nobody keeps later ones out by a time that is to come.
 */
export function isOvertaken(state: string, time: unknown, kept: Record<string, string>, now: Instant): boolean {
  const at = timeOf(time)
  return at !== undefined && timesIn(kept).some(([name, since]) => name !== state && since > at && since <= now)
}

function timesIn(kept: Record<string, string>): [state: string, since: Instant][] {
  return Object.entries(kept).flatMap(([name, text]): [string, Instant][] => {
    const since = name === FAILED_STEP ? undefined : timeOf(text)
    return since === undefined ? [] : [[name, since]]
  })
}
