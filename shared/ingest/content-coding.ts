import { unzipSync } from 'node:zlib'
import type { InboundRequest } from './format.ts'

/** Of a body that is sent packed no more is unpacked: a few kilobytes may be gigabytes. In bytes. */
const UNPACKED_BYTES = 20_000_000

/** Whether an error of zlib says that the output would be longer (Node.js documentation, "Common system errors", ERR_BUFFER_TOO_LARGE). */
const isTooLong = (error: unknown) => (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE'

/**
 * A body without its content coding, gzip or deflate (RFC 9110, 8.4.1), or why it can't be read. One that is not packed as it says may have
 * been unpacked on its way. A function's URL decides by the type whether it hands over bytes or a text, in which bytes are lost.
 */
export function unpacked({
  headers,
  body,
}: Pick<InboundRequest, 'headers' | 'body'>): { body: string | Buffer } | { status: 413 | 415; message: string } {
  const coding = (headers['content-encoding'] ?? '').trim().toLowerCase()
  if (coding === '' || coding === 'identity') return { body }
  if (!['gzip', 'x-gzip', 'deflate'].includes(coding))
    return { status: 415, message: `Content-Encoding may be gzip or deflate, and not ${coding.slice(0, 60)}` }
  try {
    return { body: unzipSync(Buffer.from(body), { maxOutputLength: UNPACKED_BYTES }) }
  } catch (error) {
    if (isTooLong(error)) return { status: 413, message: `more than ${UNPACKED_BYTES} bytes when it is unpacked` }
    if (/^\s*[{[]/.test(String(body.slice(0, 100)))) return { body }
    return { status: 415, message: `not to be unpacked by ${coding}: send it as it is, without Content-Encoding` }
  }
}
