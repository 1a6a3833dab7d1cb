import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { Fault, fact } from '../run/fault.ts'
import { Chunks } from './chunks.ts'
import type { Note } from './note.ts'
import type { ResponseHead } from './response-head.ts'

/** How much of a body has been taken apart: whether it is at its end, after what has come. */
type Framing = (bytes: Buffer, take: (data: Buffer) => boolean) => boolean

/**
 * The body of an answer whose head is read (RFC 9112, section 6.3); `first` is what came with the head. Reads no faster than somebody
 * takes it. The connection is closed at its end: a server that has said all it has does without a goodbye. Where neither chunks nor a
 * length tell the end, that is where the server closes it, whatever other coding it names.
 */
export function bodyOf(socket: Socket, { headers }: ResponseHead, first: Buffer, note: Note): Readable {
  const { 'transfer-encoding': codings, 'content-length': length } = headers
  const isChunked = /(^|,)\s*chunked[\s,]*$/i.test(codings ?? '')
  const bytes = codings === undefined && length !== undefined ? Number(length) : Number.POSITIVE_INFINITY
  const frame = isChunked ? inChunks(note) : ofBytes(bytes)
  const isEndless = !isChunked && bytes === Number.POSITIVE_INFINITY
  const body = new Readable({ read: () => void socket.resume() })
  const leave = () => socket.off('data', receive).off('end', ended).off('error', cut).off('close', cut)
  let isWhole = false
  const end = () => {
    isWhole = true
    leave()
    body.push(null)
    socket.destroy()
  }
  const cut = () => void body.destroy(new Fault(fact('body-cut-short')))
  const ended = isEndless ? end : cut
  const take = (data: Buffer) => {
    if (!body.push(data)) socket.pause()
    return !body.destroyed
  }
  const receive = (bytes: Buffer) => {
    try {
      if (frame(bytes, take)) end()
    } catch (error) {
      body.destroy(error as Error)
    }
  }
  // One that nobody reads may be malformed as well.
  body.on('error', () => {}).once('close', leave)
  socket.on('data', receive).once('end', ended).once('error', cut).once('close', cut)
  receive(first)
  if (socket.destroyed && !isWhole) cut()
  return body
}

function inChunks(note: Note): Framing {
  const chunks = new Chunks(note)
  return (bytes, take) => {
    chunks.add(bytes, take)
    return chunks.isEnded
  }
}

function ofBytes(count: number): Framing {
  let left = count
  return (bytes, take) => {
    const data = bytes.subarray(0, left)
    left -= data.length
    if (data.length > 0) take(data)
    return left === 0
  }
}
