import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { deployed } from './deployed.ts'
import { type Harness, root } from './harness.ts'
import { type Invoked, type Lambda, packaging, startLambda } from './lambda.ts'
import type { MemoryQueue } from './memory-queue.ts'

const heldFile = fileURLToPath(new URL('./held-process.ts', import.meta.url))

/** Node is given what Lambda leaves it of 512 MB. */
const memoryArgument = '--max-old-space-size=448'

/** The packaged `ingest` in processes of its own; what it takes goes to the harness' queue, or to `queue`. */
export function startIngest(harness: Harness, bundle: string, queue?: MemoryQueue): Lambda {
  return startLambda(bundle, ingestEnv(harness, queue), deployed('ingest').timeoutMs)
}

/** What it has in its environment. */
export function ingestEnv(harness: Harness, queue?: MemoryQueue): Record<string, string> {
  const { queues, tables } = harness.addresses
  return {
    ...harness.env,
    NODE_OPTIONS: memoryArgument,
    FENGHUO_CONFIG: join(harness.dataDir, 'config', 'ingest.json'),
    EVENTS_QUEUE_URL: queues.events ?? '',
    AWS_EVENTS_QUEUE_URL: queues.awsEvents ?? '',
    CHECKS_TABLE: tables.checks ?? '',
    ...(queue === undefined ? {} : { EVENTS_QUEUE_URL: queue.url, AWS_ENDPOINT_URL_SQS: queue.endpoint }),
  }
}

/** Throws unless a request is taken; 413 has taken what pages. */
export async function send(lambda: Lambda, path: string, body: unknown): Promise<Invoked> {
  const invoked = await lambda.invoke(eventOf(path, body))
  check(invoked.answer)
  return invoked
}

/**
 * How many times the bytes of a body a function holds, besides it, while it puts its alerts on the queue. It has had a small one before.
 */
export async function heldTimes(
  bundle: string,
  env: Record<string, string>,
  path: string,
  { small, large }: { small: unknown; large: unknown },
): Promise<number> {
  const child = fork(heldFile, [bundle], {
    env,
    execArgv: ['--no-deprecation', '--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const take = async (body: unknown) => {
    const event = eventOf(path, body)
    child.send(event)
    const [{ answer, held }] = (await once(child, 'message')) as [{ answer: unknown; held: number }]
    check(answer)
    return held / Buffer.byteLength(event.body)
  }
  try {
    await take(small)
    return await take(large)
  } finally {
    child.disconnect()
  }
}

/** A request as a function URL invokes it (payload format 2.0). */
function eventOf(path: string, body: unknown) {
  return {
    version: '2.0',
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: { http: { method: 'POST', path } },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  }
}

function check(answer: unknown): void {
  const { statusCode, body } = answer as { statusCode: number; body: string }
  if (![200, 202, 413].includes(statusCode)) throw new Error(`ingest answered ${statusCode}: ${body.slice(0, 200)}`)
}

/** The function that `ingest` is measured against, packaged as `ingest` is. Resolves with the bundle's path. */
export async function bundleBare(folder: string): Promise<string> {
  const outfile = join(folder, 'bare-function.js')
  const entry = fileURLToPath(new URL('bare-function.ts', import.meta.url))
  const { plugins: _, ...options } = await packaging(root, 'ingest')
  await build({ ...options, entryPoints: [entry], outfile })
  return outfile
}
