import { randomUUID } from 'node:crypto'
import { inBackground } from './background.ts'
import { readCron } from './cron.ts'
import { lacksCapacity, run } from './run.ts'
import { type Cloud, type QueuedEvent, type ScfFunction, type Trigger, versionOf } from './state.ts'
import { settle } from './transitions.ts'

// Invocations that nobody waits for: cloud.tencent.com/document/product/583/51523.
const RETRY_MS = 60_000
const SECOND_MS = 1000

/** Takes an event to be run at once, and again a minute later when it fails, as often as the function says. */
export function acceptEvent(event: Omit<QueuedEvent, 'requestId' | 'acceptedAt' | 'retry'>, cloud: Cloud): string {
  const requestId = randomUUID()
  inBackground(cloud, attempt({ ...event, requestId, acceptedAt: event.at, retry: 0 }, cloud))
  return requestId
}

async function attempt(event: QueuedEvent, cloud: Cloud): Promise<void> {
  const { function: found, at, acceptedAt, retry } = event
  const result = await run(event, cloud)
  if (result.error === '') return
  const { RetryNum, MsgTTL } = found.asyncConfig
  const next = { ...event, at: at + RETRY_MS }
  const inTime = next.at - acceptedAt <= MsgTTL * 1000
  if (lacksCapacity(result) && inTime) cloud.queue.push(next)
  else if (!lacksCapacity(result) && retry < RetryNum && inTime) cloud.queue.push({ ...next, retry: retry + 1 })
  else giveUp(event, result.error, cloud)
}

function giveUp({ function: found, qualifier, event }: QueuedEvent, reason: string, cloud: Cloud): void {
  const version = versionOf(found, found.aliases.get(qualifier)?.version ?? qualifier)
  const to = version?.content.configuration.DeadLetterConfig.Name ?? ''
  cloud.deadLetters.push({ functionName: found.name, event: event.toString(), reason, to })
}

/** Lets the time from after `from` to `until` pass: states change, timers fire, failed events run again. */
export async function passTime(from: number, until: number, cloud: Cloud): Promise<void> {
  const due = new Map<string, ReturnType<typeof readCron>>()
  const isDue = (cron: string, at: number) => {
    const test = due.get(cron) ?? readCron(cron)
    due.set(cron, test)
    return test(at + cloud.settings.offsetMinutes * 60_000)
  }
  for (let at = (Math.floor(from / SECOND_MS) + 1) * SECOND_MS; at <= until; at += SECOND_MS) {
    repeat(at, cloud)
    for (const region of cloud.regions.values()) {
      settle(region, at)
      for (const found of region.values()) {
        for (const trigger of found.triggers) {
          if (trigger.open && trigger.addTime < at && isDue(trigger.cron, at)) fire(found, trigger, at, cloud)
        }
      }
    }
  }
  // What fails on the way has its repetitions on the way too.
  do {
    await Promise.all(cloud.running)
    repeat(until, cloud)
  } while (cloud.running.size > 0)
}

function repeat(until: number, cloud: Cloud): void {
  const due = cloud.queue.filter(({ at }) => at <= until)
  cloud.queue = cloud.queue.filter(({ at }) => at > until)
  for (const event of due) inBackground(cloud, attempt(event, cloud))
}

function fire(found: ScfFunction, { name, qualifier, argument }: Trigger, at: number, cloud: Cloud): void {
  const version = versionOf(found, found.aliases.get(qualifier)?.version ?? qualifier)
  // While $LATEST is changed, and when that fails, what was there before runs.
  const unusable = version === found.latest ? ['Creating', 'CreateFailed'] : ['Publishing', 'PublishFailed']
  if (!version || unusable.includes(version.status)) return
  const time = `${new Date(at).toISOString().slice(0, 19)}Z`
  const event = { Type: 'Timer', TriggerName: name, Time: time, Message: argument }
  acceptEvent({ at, function: found, qualifier, event: Buffer.from(JSON.stringify(event)), by: name }, cloud)
}
