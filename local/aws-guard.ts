import { IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type SigningKeys, signatureFault } from '../test/simulators/connect/signature.ts'
import { isLoopback, json, Refused, readBody } from './http.ts'

/** Whose requests an embedded AWS service takes. */
export type GuardedService = Pick<SigningKeys, 'accessKeyId' | 'secretAccessKey'> & { service: 'sqs' | 'dynamodb' }

/** Larger than what either service takes (DynamoDB BatchWriteItem, 16 MB). */
const MAX_BODY_BYTES = 17 * 1024 * 1024

/**
 * Puts a guard before an embedded AWS service: contacts are in its tables, and a message on its queues rings a phone. A request
 * comes through if it asks for a loopback name (else a page whose name was pointed at this machine could send it), comes from no
 * page at all (every `Origin` is refused, so CORS has nothing to say), and is signed with these keys as AWS wants it.
 */
export function guardAws(server: Server, keys: GuardedService): void {
  const behind = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[]
  server.removeAllListeners('request')
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    admitted(request, keys)
      .then((passed) => {
        for (const listener of behind) listener.call(server, passed, response)
      })
      .catch((error: unknown) => refuse(response, error))
  })
}

/** The request to be read again, from its start. Rejects with what is wrong with it. */
async function admitted(request: IncomingMessage, keys: GuardedService): Promise<IncomingMessage> {
  const { headers, method = 'GET' } = request
  if (!isLoopback(headers.host)) throw new Refused(421, 'only loopback names are served here')
  if (headers.origin !== undefined) throw new Refused(403, 'no page may talk to this')
  const body = await readBody(request, MAX_BODY_BYTES)
  const { pathname: path, search, searchParams: params } = new URL(request.url ?? '/', 'http://localhost')
  const fault = signatureFault({ method, path, query: search.slice(1), params, headers, body }, keys, Date.now())
  if (fault) throw new UnsignedError(fault)
  return again(request, body)
}

class UnsignedError extends Error {
  readonly type: string
  constructor(fault: { type: string; message: string }) {
    super(fault.message)
    this.type = fault.type
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  if (!(error instanceof UnsignedError)) {
    const status = error instanceof Refused ? error.status : 500
    json(response, status, { error: error instanceof Error ? error.message : String(error) })
    return
  }
  // The names that SDKs know (AWS API references, "Common errors").
  response.setHeader('x-amzn-errortype', error.type)
  json(response, 403, { __type: `com.amazon.coral.service#${error.type}`, message: error.message })
}

/** A request whose body has been read, as if it had just come. */
function again(read: IncomingMessage, body: Buffer): IncomingMessage {
  const request = new IncomingMessage(read.socket)
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = read
  Object.assign(request, { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor })
  request.push(body)
  request.push(null)
  request.complete = true
  return request
}
