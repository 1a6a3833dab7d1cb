import type { Format } from '../shared/ingest/format.ts'
import { guides } from '../shared/ingest/registered/guides.ts'
import type { Harness } from './harness.ts'
import { heldTimes, ingestEnv, send, startIngest } from './ingest-function.ts'
import type { MemoryQueue } from './memory-queue.ts'
import { peakMiB } from './process-usage.ts'
import { readSample } from './read-sample.ts'

/** A function URL takes 6 MB with everything around the body (Lambda quotas, "Invocation payload"). In bytes. */
const LARGE_BYTES = 5_000_000

/** Only its own signature lets a body of SNS in, and it has at most 256 kB (SNS quotas). */
const UNMEASURED = ['sns']

/** PagerDuty's own limit (Events API v2 overview), in bytes. */
const USUAL_BYTES = 512_000

/**
 * The longest answer to a body of 5 MB in any format, and the most memory above idle, each by a new instance; and how many times the bytes
 * of such a body, and of a tenth of it, are held besides it at most.
 */
export async function measureLargeBodies(
  harness: Harness,
  bundle: string,
  key: string,
  queue: MemoryQueue,
): Promise<{ ms: number; MiB: number; heldTimes: number; usualHeldTimes: number }> {
  let most = { ms: 0, MiB: 0, heldTimes: 0, usualHeldTimes: 0 }
  const env = ingestEnv(harness, queue)
  for (const { format, samples } of guides) {
    if (UNMEASURED.includes(format.format)) continue
    const path = format.routes[0].replace('{key}', key)
    const small = keyed(readSample(samples[0] ?? ''), key, format)
    const lambda = startIngest(harness, bundle, queue)
    try {
      const { pid } = await send(lambda, path, small)
      const idleMiB = await peakMiB(pid)
      const large = enlarged(small, LARGE_BYTES)
      const { ms } = await send(lambda, path, large)
      const usual = enlarged(small, USUAL_BYTES)
      most = {
        ms: Math.max(most.ms, ms),
        MiB: Math.max(most.MiB, (await peakMiB(pid)) - idleMiB),
        heldTimes: Math.max(most.heldTimes, await heldTimes(bundle, env, path, { small, large })),
        usualHeldTimes: Math.max(most.usualHeldTimes, await heldTimes(bundle, env, path, { small, large: usual })),
      }
    } finally {
      lambda.stop()
    }
  }
  return most
}

function keyed(body: unknown, key: string, { keyOf }: Format): unknown {
  return keyOf === undefined ? body : { ...(body as object), routing_key: key, service_key: key }
}

/** A list has its entries again and again; an object has frames of a stack trace beside what it had. */
function enlarged(body: unknown, bytes: number): unknown {
  if (Array.isArray(body)) return repeated(body, bytes)
  const frame = { filename: 'app/models/order.py', function: 'save', lineno: 42, vars: { id: '8151', total: 12 } }
  const frames = repeated([frame], bytes)
  return { ...(body as object), frames }
}

function repeated(list: unknown[], bytes: number): unknown[] {
  const times = Math.ceil(bytes / JSON.stringify(list).length)
  return Array.from({ length: times }, () => list).flat()
}
