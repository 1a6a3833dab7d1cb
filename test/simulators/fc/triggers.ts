import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { byteLength } from '../server.ts'
import { type Timetable, timetable } from './cron.ts'
import { Fault, invalid } from './fault.ts'
import { parse } from './parse.ts'
import { description, triggerName } from './rules.ts'
import { timestamp } from './words.ts'

// "Limits" and "Time triggers" of Function Compute.
const TRIGGERS = 50
const PAYLOAD_BYTES = 128 * 1024

const timerConfig = z.strictObject({
  cronExpression: z.string().min(1),
  enable: z.boolean().exactOptional(),
  payload: z
    .string()
    .refine((text) => byteLength(text) <= PAYLOAD_BYTES, `exceeds ${PAYLOAD_BYTES} bytes`)
    .exactOptional(),
})
export type TimerConfig = z.infer<typeof timerConfig>

const changeable = {
  description: description.exactOptional(),
  invocationRole: z.string().exactOptional(),
  qualifier: z.string().exactOptional(),
}

/** "CreateTrigger" and "UpdateTrigger"; the configuration is JSON text in 3.0 and an object in 2.0. */
export function triggerSchemas<C extends z.ZodType>(triggerConfig: C) {
  return {
    create: z.strictObject({
      triggerName,
      triggerType: z.string(),
      triggerConfig,
      sourceArn: z.string().exactOptional(),
      ...changeable,
    }),
    update: z.strictObject({ triggerConfig: triggerConfig.exactOptional(), ...changeable }),
  }
}

export interface TriggerInput {
  triggerName: string
  triggerType: string
  triggerConfig: unknown
  qualifier?: string | undefined
  description?: string | undefined
  invocationRole?: string | undefined
  sourceArn?: string | undefined
}

export interface Trigger {
  triggerId: string
  triggerName: string
  triggerType: 'timer'
  config: TimerConfig
  qualifier: string
  description: string
  invocationRole: string
  sourceArn: string
  createdTime: string
  lastModifiedTime: string
  timetable: Timetable
  /** When it fires next, milliseconds since 1970-01-01 UTC. */
  nextAt: number | undefined
}

/** The triggers of one function. Of all types only `timer` is simulated; names are unique across qualifiers. */
export class Triggers {
  readonly all = new Map<string, Trigger>()

  create(input: TriggerInput, now: number): Trigger {
    if (input.triggerType !== 'timer')
      throw invalid(`triggerType: ${input.triggerType} is not simulated, only timer is`)
    if (this.all.has(input.triggerName)) {
      throw new Fault(409, 'TriggerAlreadyExists', `trigger '${input.triggerName}' already exists`)
    }
    if (this.all.size >= TRIGGERS) {
      throw new Fault(400, 'LimitExceededError', `a function has at most ${TRIGGERS} triggers`)
    }
    const at = timestamp(now)
    const { triggerName, qualifier = 'LATEST', description = '', invocationRole = '', sourceArn = '' } = input
    const trigger: Trigger = {
      triggerId: randomUUID(),
      ...{ triggerName, triggerType: 'timer', qualifier, description, invocationRole, sourceArn },
      createdTime: at,
      lastModifiedTime: at,
      ...timer(input.triggerConfig, now),
    }
    this.all.set(triggerName, trigger)
    return trigger
  }

  /**
   * Another qualifier is refused: whether the vendor takes one is not documented, and its own tools make a new trigger
   * instead.
   */
  update(name: string, change: Partial<TriggerInput>, now: number): Trigger {
    const trigger = this.get(name)
    if (change.qualifier !== undefined && change.qualifier !== trigger.qualifier) {
      throw invalid(`qualifier: trigger '${name}' is bound to ${trigger.qualifier}`)
    }
    const { description = trigger.description, invocationRole = trigger.invocationRole } = change
    Object.assign(trigger, { description, invocationRole, lastModifiedTime: timestamp(now) })
    if (change.triggerConfig !== undefined) Object.assign(trigger, timer(change.triggerConfig, now))
    return trigger
  }

  get(name: string): Trigger {
    const trigger = this.all.get(name)
    if (trigger) return trigger
    throw new Fault(404, 'TriggerNotFound', `trigger '${name}' does not exist`)
  }

  /** The names of those that call `qualifier`. */
  boundTo(qualifier: string): string[] {
    return [...this.all.values()]
      .filter((trigger) => trigger.qualifier === qualifier)
      .map(({ triggerName: name }) => name)
  }

  delete(name: string): void {
    this.get(name)
    this.all.delete(name)
  }
}

function timer(given: unknown, now: number): Pick<Trigger, 'config' | 'timetable' | 'nextAt'> {
  const config = parse(timerConfig, given)
  const times = timetable(config.cronExpression, now)
  return { config, timetable: times, nextAt: times.next(now) }
}
