import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { createRequire } from 'node:module'
import type { Handler } from '../shared/clouds/aws/lambda.ts'

// A function that tells how many bytes it holds at most while it calls a service of AWS, beyond what it held before its event came.

const timeoutMs = 10_000
const { handler } = createRequire(import.meta.url)(process.argv[2] ?? '') as { handler: Handler }
const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => timeoutMs }
let [before, held] = [0, 0]

/** What can be reached, of JavaScript and of buffers. */
function reachableBytes(): number {
  gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

// Node.js documentation, "diagnostics_channel", HTTP.
subscribe('http.client.request.start', (message) => {
  const { request } = message as { request: ClientRequest }
  if (request.getHeader('x-amz-target') !== undefined) held = Math.max(held, reachableBytes() - before)
})

process.on('message', async (event) => {
  held = 0
  before = reachableBytes()
  const answer = await handler(event, context)
  process.send?.({ answer, held })
})

process.on('disconnect', () => process.exit(0))
