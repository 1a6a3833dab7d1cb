import type { Instant } from '../../shared/contracts/words.ts'
import type { RunRequest } from '../../shared/engine/verdicts/run-probe.ts'

/**
 * What Lambda hands over: a schedule's event (EventBridge rule or Scheduler: `source`, `time`), or a person's
 * `{ "all": true }` or `{ "checks": ["pay/web"] }`. This and its siblings throw for anything else, so that a slip does not pass
 * as a run.
 */
export function lambdaTrigger(event: unknown, now: Instant): RunRequest {
  const { source, time } = fieldsOf(event)
  const isSchedule = source === 'aws.events' || source === 'aws.scheduler'
  return (isSchedule ? dueAt(time, now) : commandOf(event)) ?? refuse()
}

/** SCF's timer event (`Type`, `Time`, and the trigger's own text in `Message`), or what a person asks for. */
export function scfTrigger(event: unknown, now: Instant): RunRequest {
  const { Type: type, Time: time, Message: message } = fieldsOf(event)
  const isTimer = typeof type === 'string' && type.toLowerCase() === 'timer'
  return (isTimer ? timerTrigger(time, message, now) : commandOf(event)) ?? refuse()
}

/** FC's event, bytes of JSON: a timer's (`triggerTime`, `triggerName`, and its own text in `payload`), or what a person asks for. */
export function fcTrigger(event: unknown, now: Instant): RunRequest {
  const decoded = Buffer.isBuffer(event) ? parsed(event.toString()) : event
  const { triggerTime, triggerName, payload } = fieldsOf(decoded)
  const isTimer = typeof triggerTime === 'string' && typeof triggerName === 'string'
  return (isTimer ? timerTrigger(triggerTime, payload, now) : commandOf(decoded)) ?? refuse()
}

/** A timer may carry what a person would ask for, as JSON. Any other text is the vendor's default or a note. */
function timerTrigger(time: unknown, message: unknown, now: Instant): RunRequest | undefined {
  const value = typeof message === 'string' ? parsed(message) : message
  const isObject = typeof value === 'object' && value !== null
  return isObject ? commandOf(value) : dueAt(time, now)
}

function dueAt(time: unknown, now: Instant): RunRequest {
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN
  return { run: 'due', at: Number.isNaN(at) ? now : at }
}

function commandOf(event: unknown): RunRequest | undefined {
  const { all, checks } = fieldsOf(event)
  if (all === true) return { run: 'all' }
  return isNames(checks) ? { run: 'named', checks } : undefined
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string')
}

function fieldsOf(event: unknown): Record<string, unknown> {
  return typeof event === 'object' && event !== null ? { ...event } : {}
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refuse(): never {
  throw new Error('unknown event: expected a schedule\'s, { "all": true } or { "checks": ["project/name"] }')
}
