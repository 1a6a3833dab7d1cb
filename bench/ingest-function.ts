import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Harness, root } from './harness.ts'
import { type Invoked, type Lambda, packaging, startLambda } from './lambda.ts'
import type { MemoryQueue } from './memory-queue.ts'

/** As serverless.yml has it. Node is given what Lambda leaves it of 512 MB. */
const timeoutMs = 10_000
const memoryArgument = '--max-old-space-size=448'

/** The packaged `ingest` in processes of its own; what it takes goes to the harness' queue, or to `queue`. */
export function startIngest(harness: Harness, bundle: string, queue?: MemoryQueue): Lambda {
  return startLambda(bundle, ingestEnv(harness, queue), timeoutMs)
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

/** A request as a function URL invokes it (payload format 2.0). Throws unless it is taken; 413 has taken what pages. */
export async function send(lambda: Lambda, path: string, body: unknown): Promise<Invoked> {
  const event = {
    version: '2.0',
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: { http: { method: 'POST', path } },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  }
  const invoked = await lambda.invoke(event)
  const { statusCode, body: text } = invoked.answer as { statusCode: number; body: string }
  if (![200, 202, 413].includes(statusCode)) throw new Error(`ingest answered ${statusCode}: ${text.slice(0, 200)}`)
  return invoked
}

/** The function that `ingest` is measured against, packaged as `ingest` is. Resolves with the bundle's path. */
export async function bundleBare(folder: string): Promise<string> {
  const outfile = join(folder, 'bare-function.js')
  const entry = fileURLToPath(new URL('bare-function.ts', import.meta.url))
  const { plugins: _, ...options } = await packaging(root, 'ingest')
  await build({ ...options, entryPoints: [entry], outfile })
  return outfile
}
