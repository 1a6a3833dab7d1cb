import { randomUUID } from 'node:crypto'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'
import { tellEvent } from '../../shared/engine/alerts/tell-event.ts'
import { cloudEventsIn } from '../../shared/ingest/aws/invoking.ts'
import { robotsOf } from './robots.ts'

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): Handler {
  const io = {
    robots: robotsOf(env, { now: Date.now, fetch }),
    language: env.language === 'en' ? ('en' as const) : ('zh' as const),
    timezone: env.timezone || 'Asia/Shanghai',
    tried: new Map(),
    now: Date.now,
    token: randomUUID,
    log: writeLog,
  }
  if (io.robots.length === 0) writeLog({ level: 'error', event: 'nobody to tell', unset: ['dd_flag', 'wx_flag'] })
  return async (event) => {
    for (const one of cloudEventsIn(event) ?? [event]) await tellEvent(one, io)
  }
}

let wired: Handler | undefined

/** What Lambda calls. */
export const handler: Handler = (event, context) => {
  wired ??= wire(process.env)
  return wired(event, context)
}
