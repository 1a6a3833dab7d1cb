import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import type { Handler } from '../shared/clouds/aws/lambda.ts'
import type { Answer } from './lambda.ts'

// One Lambda instance: loads the bundle at its first event, and takes one event at a time from its parent process.

const [bundle = '', timeoutMs = ''] = process.argv.slice(2)
const load = createRequire(import.meta.url)
let handler: Handler | undefined
let invocations = 0
let requests = 0
let readBytes = 0

// Node.js documentation, "diagnostics_channel", HTTP. The queue and the tables are spoken to in AWS's JSON protocol.
subscribe('http.client.request.start', (message) => {
  const { request } = message as { request: ClientRequest }
  if (request.getHeader('x-amz-target') !== undefined) requests += 1
})

subscribe('http.client.response.finish', (message) => {
  const { request, response } = message as { request: ClientRequest; response: IncomingMessage }
  if (request.getHeader('x-amz-target') !== undefined) readBytes += Number(response.headers['content-length'] ?? 0)
})

process.on('message', async (event) => {
  invocations += 1
  requests = 0
  readBytes = 0
  const cpu = process.cpuUsage()
  const start = performance.now()
  const end = start + Number(timeoutMs)
  const context = {
    awsRequestId: `bench-${process.pid}-${invocations}`,
    // Whole milliseconds, as Lambda has them.
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(end - performance.now())),
  }
  const result = await run(event, context).catch((error: unknown) => ({ error: String(error) }))
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  const answer: Answer = { ...result, ms, cpuMs: (user + system) / 1000, requests, readBytes }
  process.send?.(answer)
})

async function run(event: unknown, context: Parameters<Handler>[1]): Promise<{ answer: unknown }> {
  handler ??= (load(bundle) as { handler: Handler }).handler
  return { answer: (await handler(event, context)) ?? null }
}

process.on('disconnect', () => process.exit(0))
