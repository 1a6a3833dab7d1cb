import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { serveFunctionUrl } from '../local/function-url.ts'
import type { Handler } from '../shared/clouds/aws/lambda.ts'

// The process of a function behind HTTP: tells its parent the port, and ends with it.

/** As serverless.yml has it. */
const timeoutMs = 10_000

const { handler } = createRequire(import.meta.url)(process.argv[2] ?? '') as { handler: Handler }
const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => timeoutMs }
const target = { name: 'bench', invoke: (event: unknown) => handler(event, context), close: async () => {} }
const server = createServer((request, response) => void serveFunctionUrl(target, request, response, Date.now()))
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit(0))
