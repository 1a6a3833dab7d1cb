import type { AwsFact, AwsThing } from '../../contracts/aws-change.ts'
import type { Instant } from '../../contracts/words.ts'
import type { Memory } from '../format.ts'
import { textOf } from '../text.ts'
import { timeOf } from '../times.ts'
import { goesOn, type Outcome } from './outcomes.ts'
import type { ThingChange } from './things.ts'

/** Where the last step that failed is kept among a cluster's states. */
const FAILED_STEP = 'failed-step'

/** What goes from one state to the next, and in which of them it has begun to run. */
const begins: Partial<Record<AwsThing, string[]>> = {
  'emr-cluster': ['STARTING', 'BOOTSTRAPPING', 'RUNNING'],
  'emr-step': ['RUNNING'],
  'emr-group': [],
  'emr-fleet': [],
  'emr-notebook': ['RUNNING'],
  ec2: ['running'],
}

/** What tells of what has happened: it is kept for the order alone, and nobody is told that one came from the other. */
const ordered: AwsThing[] = ['auto-scaling', 'ecs-task', 'rds', 'health']

/** On the way from one state to the next: who asks where it came from means none of these. */
const passing = ['TERMINATING', 'CANCEL_PENDING', 'stopping', 'shutting-down', 'pending']

const STATE_CHARACTERS = 40
const NAME_CHARACTERS = 200

/** What later events are to know of this one: about the same thing, which comes first, and about the cluster that it belongs to. */
export function memoriesOf(change: ThingChange, event: Record<string, unknown>): Memory[] {
  const { thing, id, name, state } = change
  if (!(thing in begins) && !ordered.includes(thing)) return []
  const place = `${textOf(event.account)}/${textOf(event.region)}`
  const own = { of: `${place}/${thing}/${id}`, name: state.slice(0, STATE_CHARACTERS), text: textOf(event.time) }
  if (thing !== 'emr-step' || state !== 'FAILED') return [own]
  const [cluster = '', step = ''] = id.split('/')
  const text = [name, step && `(${step})`].filter(Boolean).join(' ').slice(0, NAME_CHARACTERS)
  return [own, { of: `${place}/emr-cluster/${cluster}`, name: FAILED_STEP, text }]
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

/** What is told, and what would become of any state of the same thing. */
interface Told {
  state: string
  time: unknown
  outcomeFor(state: string): Outcome | undefined
}

/**
 * What becomes of it when a later state of the same thing, which is known already, has undone it: AWS tells of changes in any order. An end
 * ends nothing of what has begun since, and what has ended since is told once. What neither begins nor ends anything, such as an alarm
 * that has no data, undoes nothing. Only what has happened by `now` counts, so that nobody keeps later ones out by a time that is to come.
 */
export function inTime(
  outcome: Outcome | undefined,
  { state, time, outcomeFor }: Told,
  kept: Record<string, string>,
  now: Instant,
): Outcome | undefined {
  const at = timeOf(time)
  const isOver = outcome === 'over'
  if (at === undefined || (!isOver && !goesOn(outcome))) return outcome
  const since = timesIn(kept).filter(([name, when]) => name !== state && when > at && when <= now)
  const isUndone = since.some(([name]) => (isOver ? goesOn(outcomeFor(name)) : outcomeFor(name) === 'over'))
  return isUndone ? (isOver ? 'nothing' : 'notice') : outcome
}

function timesIn(kept: Record<string, string>): [state: string, since: Instant][] {
  return Object.entries(kept).flatMap(([name, text]): [string, Instant][] => {
    const since = name === FAILED_STEP ? undefined : timeOf(text)
    return since === undefined ? [] : [[name, since]]
  })
}
