import { setTimeout as wait } from 'node:timers/promises'
import { postText, reasonOf } from '../clouds/aws/json-call.ts'
import { pauseMs } from '../clouds/aws/sqs-call.ts'
import type { Instant } from '../contracts/words.ts'
import { REPORTS_PATH, signedReport } from '../ingest/report-signature.ts'
import type { Send } from './report-sender.ts'

/** A single try gets no longer than this, so that one lost packet leaves time for the next try. */
const TRY_MS = 5_000

/** What is answered has a line. */
const ANSWER_LIMIT_BYTES = 65_536

export interface PostSettings {
  /** Of `ingest`: scheme and host. */
  url: string
  vantage: string
  secret: string
  now(): Instant
  /** Uniform in [0, 1). */
  random(): number
}

/**
 * Posts reports to one address of `ingest`, signed anew for each try. It tries again after 429, 5xx and broken connections until
 * `deadline`, then rejects; a report whose answer was lost may arrive twice. A definite refusal rejects at once.
 */
export function reportPost({ url, vantage, secret, now, random }: PostSettings): Send {
  const to = new URL(REPORTS_PATH, url)
  return async (report, deadline) => {
    for (let tries = 1; ; tries++) {
      const headers = { 'content-type': 'application/json', ...signedReport(vantage, report, secret, now()) }
      const limits = { limitMs: Math.min(TRY_MS, deadline - now()), answerLimitBytes: ANSWER_LIMIT_BYTES }
      const reason = await postText(to, headers, report, limits).then(reasonIn, reasonOf)
      if (reason === undefined) return
      const pause = pauseMs(tries, random())
      if (now() + pause >= deadline) throw new Error(`${to.host} not reached (tries: ${tries}): ${reason}`)
      await wait(pause)
    }
  }
}

/** Undefined: taken. Throws for what no further try would change. */
function reasonIn({ status, body }: { status: number; body: Record<string, unknown> }): string | undefined {
  if (status === 200 && body.status === 'taken') return undefined
  const reason = [`HTTP ${status}`, ...(Array.isArray(body.errors) ? body.errors : [])].join(' ')
  if (status >= 400 && status < 500 && status !== 429) throw new Error(`the report was refused: ${reason}`)
  return reason
}
