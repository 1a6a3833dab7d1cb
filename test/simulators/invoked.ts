import { type SigningKeys, signatureFault } from './connect/signature.ts'
import { faultOf, type Refusal } from './failures.ts'
import {
  type ServerOptions,
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './server.ts'

export interface InvokedOptions extends ServerOptions {
  now(): number
  keys: Omit<SigningKeys, 'service'>
  functionName: string
  /** The function's own work; what it throws is answered as Lambda does. */
  work(input: unknown): Promise<unknown>
}

/** Lambda's `Invoke` (2015-03-31) of one function in one region, RequestResponse alone. It refuses as Lambda does. */
export async function startInvoked(options: InvokedOptions): Promise<VendorServer> {
  const { now, keys, functionName, work } = options

  async function answer(request: VendorRequest): Promise<VendorAnswer> {
    const fault = signatureFault(request, { ...keys, service: 'lambda' }, now())
    if (fault !== undefined) return refusal(403, fault.type, fault.message)
    if (request.method !== 'POST' || request.path !== `/2015-03-31/functions/${functionName}/invocations`)
      return refusal(404, 'ResourceNotFoundException', `Function not found: ${request.path}`)
    if (request.headers['x-amz-invocation-type'] !== 'RequestResponse') return { status: 202, body: '' }
    try {
      return { status: 200, body: (await work(JSON.parse(String(request.body)))) as object }
    } catch (error) {
      const { name, message } = error as Error
      return {
        status: 200,
        headers: { 'x-amz-function-error': 'Unhandled' },
        body: { errorType: name, errorMessage: message, trace: [] },
      }
    }
  }

  return startVendorServer({ answer, refuse }, options)
}

const tooFast = { code: 'TooManyRequestsException', message: 'Rate Exceeded.' }

function refuse(failure: Refusal): VendorAnswer {
  const { code, message } = faultOf(failure, tooFast)
  return refusal(failure.kind === 'rate-limit' ? 429 : 500, String(code), message)
}

function refusal(status: number, type: string, Message: string): VendorAnswer {
  return { status, headers: { 'x-amzn-errortype': type }, body: { Type: 'User', Message } }
}
