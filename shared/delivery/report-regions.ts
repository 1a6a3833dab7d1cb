import { required } from '../clouds/aws/env.ts'
import { inEveryRegion } from '../clouds/aws/every-region.ts'
import type { Env } from '../clouds/aws/lambda.ts'
import { credentialsOf } from '../clouds/aws/sigv4.ts'
import { regionOf } from '../clouds/aws/sqs-call.ts'
import { sqsSender } from '../clouds/aws/sqs-sender.ts'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import type { Sending } from '../contracts/report.ts'
import type { ReportIo, Send } from './report-sender.ts'
import { sendToEvery } from './send-to-every.ts'

/** A region that does not take a report is waited for no longer than this beside the others, of a run's minute. */
const BESIDE_MS = 5_000

/** Of what a way says when it fails so much is told, in UTF-16 units: it comes with each report. */
const TOLD_OF_REASON = 200

interface Way {
  /** The region. */
  to: string
  send: Send
}

/** Sends reports to every region, each by its own way, and keeps what becomes of that. */
function sendToAll(ways: Way[], io: ReportIo): Send {
  return sendToEvery(
    ways.map((way) => kept(way, io)),
    BESIDE_MS,
    io.now,
  )
}

/** Sends reports to the events queue of this region by `own`, and to those of the other regions. */
export function sendToQueues(own: Send, regions: NonNullable<CompiledConfig['regions']>, env: Env, io: ReportIo): Send {
  const [first, ...urls] = inEveryRegion(required(env, 'EVENTS_QUEUE_URL'), { regions })
  const moved = env.FENGHUO_REGIONS_URL ? { endpoint: env.FENGHUO_REGIONS_URL } : {}
  const to = (queueUrl: string) => regionOf({ queueUrl, ...(env.AWS_REGION && { region: env.AWS_REGION }) })
  const others = urls.map((queueUrl) => ({
    to: to(queueUrl),
    send: sqsSender({ queueUrl, ...moved, credentials: credentialsOf(env), now: io.now, random: io.random }),
  }))
  return sendToAll([{ to: to(first), send: own }, ...others], io)
}

/**
 * Sends reports by what posts to each address of `ingest`. A region is known by the address of a function of AWS, which names it; another
 * address by its host.
 */
export function postsToAll(posts: Send[], regions: CompiledConfig['regions'], env: Env, io: ReportIo): Send {
  const hosts = required(env, 'REPORTS_URL')
    .split(',')
    .map((url) => new URL(url.trim()).hostname)
  const regionIn = (host = '') => regions?.order.find((region) => host.split('.').includes(region)) ?? host
  return sendToAll(
    posts.map((send, index) => ({ to: regionIn(hosts[index]), send })),
    io,
  )
}

/** What has begun and not ended has had no answer: a function may be stopped before one comes. */
function kept({ to, send }: Way, { sends }: ReportIo): Send {
  const note = (sending: Omit<Sending, 'to'>) => void sends.set(to, { to, ...sending })
  return async (...sent) => {
    note({ isTaken: false })
    try {
      await send(...sent)
      note({ isTaken: true })
    } catch (error) {
      note({ isTaken: false, why: (error instanceof Error ? error.message : String(error)).slice(0, TOLD_OF_REASON) })
      throw error
    }
  }
}
