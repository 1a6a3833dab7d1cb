import http from 'node:http'
import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createUnzip } from 'node:zlib'
import { Fault } from './fault.ts'
import type { PhaseClock } from './phase-clock.ts'

/** A body is read up to here, decoded; what a check is about stands in the first of it. */
const BODY_LIMIT_BYTES = 1_048_576

/** Node's own default, written down because an error says it. */
const HEADER_LIMIT_BYTES = 16_384

export interface HttpRequest {
  method: string
  /** Path and query. */
  path: string
  headers: Record<string, string>
  body?: string
}

export interface HttpResponse {
  status: number
  headers: http.IncomingHttpHeaders
  /** Decoded, at most `BODY_LIMIT_BYTES`; empty if it was not asked for. */
  body: Buffer
  /** The body went on beyond the limit. */
  isCut: boolean
}

/** What to do with a body: decode and keep it, read it only to measure how long it takes, or leave it alone. */
type BodyUse = 'keep' | 'measure' | 'skip'

/**
 * Sends a request over an open connection and reads the answer; measures `firstByte` and `download`. `bodyFor` is asked
 * once the status is known. The caller closes the connection.
 */
export function exchange(
  socket: Socket,
  request: HttpRequest,
  bodyFor: (status: number) => BodyUse,
  clock: PhaseClock,
): Promise<HttpResponse> {
  clock.begin('firstByte')
  return new Promise((resolve, reject) => {
    const outgoing = http.request({
      createConnection: () => socket,
      method: request.method,
      path: request.path,
      headers: request.headers,
      setHost: false,
      insecureHTTPParser: false,
      maxHeaderSize: HEADER_LIMIT_BYTES,
    })
    outgoing.once('response', (response) => receive(response, bodyFor, clock).then(resolve, reject))
    outgoing.once('upgrade', (response) => receive(response, () => 'skip', clock).then(resolve, reject))
    outgoing.on('error', (error) => reject(isHangUp(error) ? new Fault('connection closed without a response') : error))
    outgoing.end(request.body)
  })
}

async function receive(
  response: http.IncomingMessage,
  bodyFor: (status: number) => BodyUse,
  clock: PhaseClock,
): Promise<HttpResponse> {
  const { statusCode: status = 0, headers } = response
  const use = bodyFor(status)
  if (use === 'skip') {
    clock.end()
    return { status, headers, body: Buffer.alloc(0), isCut: false }
  }
  clock.begin('download')
  const keep = use === 'keep'
  const read = await readBody(keep ? decoded(response) : response, keep)
  clock.end()
  return { status, headers, ...read }
}

/** Node gives one code to a reset by the peer and to its own finding that the peer just closed. */
function isHangUp(error: Error): boolean {
  return error.message === 'socket hang up'
}

function decoded(response: http.IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity' || encoding === '') return response
  const decoder = decoderFor(encoding)
  response.on('error', (error) => decoder.destroy(error))
  return response.pipe(decoder)
}

function decoderFor(encoding: string) {
  if (encoding === 'gzip' || encoding === 'x-gzip' || encoding === 'deflate') return createUnzip()
  if (encoding === 'br') return createBrotliDecompress()
  throw new Fault(`content-encoding ${encoding.slice(0, 40)} is not supported`)
}

function readBody(stream: Readable, keep: boolean): Promise<{ body: Buffer; isCut: boolean }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    stream.on('data', (chunk: Buffer) => {
      const room = BODY_LIMIT_BYTES - size
      size += chunk.length
      if (keep) chunks.push(chunk.subarray(0, room))
      if (chunk.length <= room) return
      resolve({ body: Buffer.concat(chunks), isCut: true })
      stream.destroy()
    })
    stream.on('end', () => resolve({ body: Buffer.concat(chunks), isCut: false }))
    stream.on('error', (error) => reject(error.message === 'aborted' ? new Fault('body cut short') : error))
  })
}
