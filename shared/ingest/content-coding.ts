import { unzipSync } from 'node:zlib'
import type { InboundRequest } from './format.ts'

/** Of a body that is sent packed no more is unpacked: a few kilobytes may be gigabytes. In bytes. */
const UNPACKED_BYTES = 20_000_000

/** Whether an error of zlib says that the output would be longer (Node.js documentation, "Common system errors", ERR_BUFFER_TOO_LARGE). */
const isTooLong = (error: unknown) => (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE'

/**
 * A body without its content coding, gzip or deflate (RFC 9110, 8.4.1). One that is not packed as it says is taken as it is: something on
 * its way may have unpacked it. Or why it can't be read.
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
    return { body }
  }
}
