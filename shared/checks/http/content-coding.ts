import { PassThrough, type Readable, type Transform } from 'node:stream'
import zlib from 'node:zlib'
import { RECEIVED_LIMIT_BYTES } from '../network/received-limit.ts'
import { Fault, fact } from '../run/fault.ts'
import type { Answer } from './exchange.ts'

/** Each takes memory, and what one unpacks the next one may unpack again. */
const MOST_CODINGS = 3

type Decoder = (first: number | undefined) => Transform

const decoders: Record<string, Decoder> = {
  gzip: () => zlib.createUnzip(),
  'x-gzip': () => zlib.createUnzip(),
  br: () => zlib.createBrotliDecompress(),
  // RFC 9110, section 8.4.1.2: zlib's format. Some servers leave its header out, whose first byte has 8 in its lower half.
  deflate: (first = 8) => (first % 16 === 8 ? zlib.createInflate() : zlib.createInflateRaw()),
}

/** Codings that there are (IANA, "HTTP Content Coding Registry") and that not every cloud's Node can decode. */
const undecodable = ['zstd', 'compress', 'x-compress', 'dcb', 'dcz']

/** The body of an answer, decoded. What servers write there beside codings (`utf-8`, `none`) says nothing. */
export function decoded({ headers, body }: Answer): Readable {
  const codings = String(headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
  const unknown = codings.find((coding) => undecodable.includes(coding))
  const known = codings.flatMap((coding) => decoders[coding] ?? [])
  if (unknown !== undefined) throw new Fault(fact('encoding-unsupported', { encoding: unknown }))
  if (known.length > MOST_CODINGS)
    throw new Fault(fact('encoding-unsupported', { encoding: codings.join(', ').slice(0, 40) }))
  return known.reduceRight<Readable>(decodedBy, body)
}

/** An empty body is empty in any coding. */
function decodedBy(coded: Readable, decoder: Decoder): Readable {
  const plain = new PassThrough()
  let isEmpty = true
  coded.once('end', () => {
    if (isEmpty) plain.end()
  })
  coded.once('error', (error) => plain.destroy(error))
  coded.once('close', () => {
    if (!coded.readableEnded) plain.destroy(new Fault(fact('body-cut-short')))
  })
  coded.once('data', (first: Buffer) => {
    isEmpty = false
    coded.pause()
    coded.unshift(first)
    const transform = decoder(first[0])
    limitUnpacked(transform, plain)
    transform.on('error', (error) => plain.destroy(error))
    plain.once('close', () => transform.destroy())
    coded.pipe(transform).pipe(plain)
  })
  return plain
}

/** What is unpacked on the way is as much work as what comes over a connection. */
function limitUnpacked(transform: Transform, plain: PassThrough): void {
  let bytes = 0
  transform.on('data', (part: Buffer) => {
    bytes += part.length
    if (bytes > RECEIVED_LIMIT_BYTES)
      plain.destroy(new Fault(fact('received-over-limit', { bytes: RECEIVED_LIMIT_BYTES })))
  })
}
