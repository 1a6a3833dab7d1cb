import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { Fault, fact } from '../run/fault.ts'
import { Gathered } from '../run/gathered.ts'
import type { PhaseClock } from '../run/phase-clock.ts'

/** A body is read up to here, decoded; what a check is about stands in the first of it. */
const BODY_LIMIT_BYTES = 1_048_576

/** And in so many parts, of 64 bytes each when both are reached: each takes time that other checks wait for. */
const MOST_PARTS = 16_384

export interface HttpResponse {
  status: number
  headers: IncomingHttpHeaders
  /** Decoded, at most `BODY_LIMIT_BYTES`; empty if it was not asked for. */
  body: Buffer
  /** The body went on beyond a limit. */
  isCut: boolean
}

/** Most checks never decode a body, and this costs a start some milliseconds and a megabyte. */
let zlib: typeof import('node:zlib') | undefined

/** Must have resolved before a body is kept, and before its request: what comes in meanwhile would be lost. */
export async function loadDecoders(): Promise<void> {
  zlib ??= await import('node:zlib')
}

/** What to do with a body: decode and keep it, read it only to measure how long it takes, or leave it alone. */
export type BodyUse = 'keep' | 'measure' | 'skip'

/** Reads the rest of a response whose status and headers are there; `stream` is its body. Measures `download`. */
export async function receive(
  { status, headers }: Pick<HttpResponse, 'status' | 'headers'>,
  stream: Readable,
  use: BodyUse,
  clock: PhaseClock,
): Promise<HttpResponse> {
  if (use === 'skip') {
    clock.end()
    return { status, headers, body: Buffer.alloc(0), isCut: false }
  }
  clock.begin('download')
  const keep = use === 'keep'
  const read = await readBody(keep ? decoded(stream, headers) : stream, keep)
  clock.end()
  return { status, headers, ...read }
}

function decoded(stream: Readable, headers: IncomingHttpHeaders): Readable {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity' || encoding === '') return stream
  const decoder = decoderFor(encoding)
  stream.on('error', (error) => decoder.destroy(error))
  stream.on('close', () => {
    if (!stream.readableEnded) decoder.destroy(new Fault(fact('body-cut-short')))
  })
  return stream.pipe(decoder)
}

function decoderFor(encoding: string) {
  if (zlib === undefined) throw new Error('the decoders are not loaded')
  if (encoding === 'gzip' || encoding === 'x-gzip' || encoding === 'deflate') return zlib.createUnzip()
  if (encoding === 'br') return zlib.createBrotliDecompress()
  throw new Fault(fact('encoding-unsupported', { encoding: encoding.slice(0, 40) }))
}

function readBody(stream: Readable, keep: boolean): Promise<{ body: Buffer; isCut: boolean }> {
  return new Promise((resolve, reject) => {
    const body = new Gathered()
    let size = 0
    let parts = 0
    stream.on('data', (chunk: Buffer) => {
      const room = BODY_LIMIT_BYTES - size
      size += chunk.length
      parts++
      if (keep) body.add(chunk.subarray(0, room))
      if (chunk.length <= room && parts <= MOST_PARTS) return
      resolve({ body: body.bytes(), isCut: true })
      stream.destroy()
    })
    stream.on('end', () => resolve({ body: body.bytes(), isCut: false }))
    stream.on('error', (error) => reject(error.message === 'aborted' ? new Fault(fact('body-cut-short')) : error))
    stream.on('close', () => {
      if (!stream.readableEnded) reject(new Fault(fact('body-cut-short')))
    })
  })
}
