import { randomUUID } from 'node:crypto'
import { cronExpression } from '../plugins/aliyun/cron.ts'
import type { Schedule } from '../plugins/provider/schedule.ts'
import { scfCron } from '../plugins/tencent/cron.ts'
import type { FcContext } from '../services/probe/aliyun.ts'
import type { ScfContext } from '../services/probe/tencent.ts'
import type { Handler } from '../shared/clouds/aws/lambda.ts'
import { BilingualError } from '../shared/contracts/bilingual-error.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../shared/contracts/milliseconds.ts'
import type { Instant } from '../shared/contracts/words.ts'
import { timetable } from '../test/simulators/fc/cron.ts'
import { readCron } from '../test/simulators/scf/cron.ts'
import { localAccount } from './variables.ts'

/** As configurations call them: `provider.name`, and the first part of a vantage. */
export const cloudNames = ['aws', 'tencent', 'aliyun'] as const
export type CloudName = (typeof cloudNames)[number]

/** The first time after `after` and not after `until`. */
export type NextTime = (after: Instant, until: Instant) => Instant | undefined

/** When a timer fires: now and then every so many ms, or at times of the clock. */
type Timing = { everyMs: number } | { next: NextTime }

/** A timer that fires. */
interface Firing {
  function: string
  timer: string
  region: string
  at: Instant
  /** What its schedule says that the function gets. */
  input?: string
}

/** What differs between the clouds when a function runs on this machine. */
interface LocalCloud {
  /** Throws a `BilingualError` for a schedule that can't be expressed. */
  timing(schedule: Schedule, since: Instant): Timing
  /** What the cloud's timer tells the function, before it is encoded. */
  event(firing: Firing): unknown
  /** A handler as the cloud calls it, to be called as Lambda does. */
  adapted(handler: CloudHandler): Handler
}

/** Takes what its cloud hands over. */
export type CloudHandler = (event: unknown, context: never) => Promise<unknown>

const RATE_MS = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS }

/** SCF's cron is in Beijing's time. */
const BEIJING_MS = 8 * HOUR_MS

export const clouds: Record<CloudName, LocalCloud> = {
  aws: {
    timing({ text, when }) {
      if ('every' in when) return { everyMs: when.every * RATE_MS[when.unit] }
      throw new BilingualError({
        en: `${text} should be rate(N minutes), rate(N hours) or rate(N days)`,
        zh: `${text} 应为 rate(N minutes)、rate(N hours) 或 rate(N days)`,
      })
    },
    event: ({ input, ...firing }) => (input === undefined ? scheduledEvent(firing) : JSON.parse(input)),
    adapted: (handler) => handler as Handler,
  },
  tencent: {
    timing({ when }) {
      const isDue = readCron(scfCron(when))
      return {
        next(after, until) {
          for (let at = wholeSecond(after); at <= until; at += SECOND_MS) if (isDue(at + BEIJING_MS)) return at
          return undefined
        },
      }
    },
    event: ({ timer, at, input = '' }) => ({ Type: 'Timer', TriggerName: timer, Time: timeText(at), Message: input }),
    adapted: (handler) => (event, context) => {
      const told: ScfContext = {
        request_id: context.awsRequestId,
        time_limit_in_ms: context.getRemainingTimeInMillis(),
        function_name: context.functionName ?? '',
        function_version: VERSION,
      }
      return handler(event, told as never)
    },
  },
  aliyun: {
    timing({ when }, since) {
      const times = timetable(cronExpression(when), since)
      return {
        next(after, until) {
          const at = times.next(after)
          return at !== undefined && at <= until ? at : undefined
        },
      }
    },
    event: ({ timer, at, input = '' }) => ({ triggerTime: timeText(at), triggerName: timer, payload: input }),
    adapted: (handler) => (event, context) => {
      const told: FcContext = {
        requestId: context.awsRequestId,
        function: { name: context.functionName ?? '', timeout: context.getRemainingTimeInMillis() / SECOND_MS },
        service: { versionId: VERSION },
      }
      return handler(Buffer.from(JSON.stringify(event)), told as never)
    },
  },
}

/** What nobody deploys has no version. */
const VERSION = 'local'

/** The event that a schedule gives to Lambda (EventBridge user guide, "Scheduled events"). */
function scheduledEvent({ function: name, region, at }: Firing): unknown {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: localAccount,
    time: timeText(at),
    region,
    resources: [`arn:aws:events:${region}:${localAccount}:rule/${name}`],
    detail: {},
  }
}

/** The next one. */
function wholeSecond(after: Instant): Instant {
  return (Math.floor(after / SECOND_MS) + 1) * SECOND_MS
}

/** `2026-11-21T03:04:05Z`: all three clouds write whole seconds. */
function timeText(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
