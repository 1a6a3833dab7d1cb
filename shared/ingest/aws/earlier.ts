import type { AwsFact } from '../../contracts/aws-change.ts'
import type { Instant } from '../../contracts/words.ts'
import type { Memory } from '../format.ts'
import { textOf } from '../text.ts'
import { timeOf } from '../times.ts'
import type { ThingChange } from './things.ts'

/** Where the last step that failed is kept among a cluster's states. */
const FAILED_STEP = 'failed-step'

/** What runs for a while, and the states in which it has begun. */
const begins: Partial<Record<ThingChange['thing'], string[]>> = {
  'emr-cluster': ['STARTING', 'BOOTSTRAPPING', 'RUNNING'],
  ec2: ['running'],
}

/** On the way from one state to the next: who asks where it came from means none of these. */
const passing = ['TERMINATING', 'stopping', 'shutting-down', 'pending']

const STATE_CHARACTERS = 40
const NAME_CHARACTERS = 200

/** What later events about the same cluster or instance are to know of this one. */
export function memoryOf(change: ThingChange, event: Record<string, unknown>): Memory | undefined {
  const { thing, id, name, state } = change
  const place = `${textOf(event.account)}/${textOf(event.region)}`
  if (thing === 'emr-step' && state === 'FAILED') {
    const [cluster = '', step = ''] = id.split('/')
    const text = [name, step && `(${step})`].filter(Boolean).join(' ').slice(0, NAME_CHARACTERS)
    return { of: `${place}/${cluster}`, name: FAILED_STEP, text }
  }
  if (!(thing in begins)) return undefined
  return { of: `${place}/${id}`, name: state.slice(0, STATE_CHARACTERS), text: textOf(event.time) }
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
  const states = Object.entries(kept).flatMap(([name, text]): [string, Instant][] => {
    const since = name === FAILED_STEP ? undefined : timeOf(text)
    return since === undefined || since > at || name === state ? [] : [[name, since]]
  })
  const [from] = states.filter(([name]) => !passing.includes(name)).sort(([, one], [, other]) => other - one)[0] ?? []
  const since = states.filter(([name]) => began.includes(name)).map(([, time]) => time)
  const isOver = !began.includes(state)
  return {
    ...(from !== undefined && { from }),
    ...(isOver && since.length > 0 && { ranMs: at - Math.min(...since) }),
    ...(state === 'TERMINATED_WITH_ERRORS' && kept[FAILED_STEP] && { failedStep: kept[FAILED_STEP] }),
  }
}
