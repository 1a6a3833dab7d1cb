import * as z from 'zod/mini'
import { jsonIn } from '../../contracts/json-in.ts'
import type { LogEntry } from '../../contracts/log-entry.ts'
import type { Instant } from '../../contracts/words.ts'
import type { InboundRequest, Reply } from '../../ingest/format.ts'
import { signerOf } from '../../ingest/report-signature.ts'

/** SQS takes 1,048,576 bytes (SendMessage, "MaximumMessageSize"); probes split theirs at 900,000. */
const LIMIT_BYTES = 1_000_000

/** A probe posts a few reports a minute, and for a while those that it kept: whoever posts more is faulty. */
const PER_MINUTE = 300

/** After trouble of ours a probe is asked to wait so long. */
const BUSY_S = 10

export interface PostedReportIo {
  /** `cloud/region` → the secrets that its probes may sign with. */
  reportKeys: Readonly<Record<string, readonly string[]>>
  now(): Instant
  /** Whole seconds until this vantage may send again; 0: now. */
  waitOf(vantage: string, perMinute: number, now: Instant): number
  /** Puts messages on the events queue. Rejects unless it has all of them. */
  send(messages: string[]): Promise<void>
  log(entry: LogEntry): void
}

/** All that has to be known here: evaluation judges the rest, as of what probes put on the queue themselves. */
const posted = z.looseObject({ kind: z.literal('report'), vantage: z.string() })

/**
 * Takes a report that a probe posts: what is answered as taken is on the events queue. Its signature binds it to one vantage, and a
 * report of another one is refused. A repeated one is one more message, which evaluation knows by its `run`. Never rejects.
 */
export async function takePostedReport(request: InboundRequest, io: PostedReportIo): Promise<Reply> {
  if (request.method !== 'POST') return { ...said(405, 'send it by POST'), headers: { allow: 'POST' } }
  if (Buffer.byteLength(request.body) > LIMIT_BYTES) return said(413, `over ${LIMIT_BYTES} bytes`)
  const vantage = signerOf(request.headers, request.body, io.reportKeys, io.now())
  if (vantage === undefined) {
    io.log({ level: 'warn', event: 'report refused', reason: 'signature' })
    return said(401, 'not signed by a vantage that posts its reports, or more than five minutes ago')
  }
  const waitS = io.waitOf(`reports ${vantage}`, PER_MINUTE, io.now())
  if (waitS > 0) return busy(429, waitS)
  const text = request.body.toString()
  const read = posted.safeParse(jsonIn(text))
  if (!read.success) return said(400, 'no report')
  if (read.data.vantage !== vantage) {
    io.log({ level: 'error', event: 'report refused', reason: 'vantage', vantage, says: read.data.vantage })
    return said(403, `signed by ${vantage}, and a report of another vantage`)
  }
  try {
    await io.send([text])
  } catch (error) {
    io.log({ level: 'error', event: 'report not taken', vantage, error: String(error) })
    return busy(503, BUSY_S)
  }
  return { status: 200, body: { status: 'taken' } }
}

function said(status: number, error: string): Reply {
  return { status, body: { status: 'refused', errors: [error] } }
}

function busy(status: number, seconds: number): Reply {
  return { status, body: { status: 'busy', errors: ['later'] }, headers: { 'retry-after': String(seconds) } }
}
