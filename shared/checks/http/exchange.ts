import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { answerHead } from './answer-head.ts'
import type { Note } from './note.ts'
import { type HttpRequest, requestHead } from './request-head.ts'
import { bodyOf } from './response-body.ts'
import type { ResponseHead } from './response-head.ts'

/** An answer whose body is still to be read. */
export interface Answer extends ResponseHead {
  body: Readable
  /** Whether a body that has ended was not all of it. Absent: its end says so itself. */
  isBroken?(): boolean
}

/** Sends a request over an open connection by HTTP/1.1 and reads the head of the answer. The caller closes the connection. */
export async function exchange(socket: Socket, request: HttpRequest, note: Note): Promise<Answer> {
  socket.write(requestHead(request, 'close'), 'latin1')
  if (request.body !== undefined) socket.write(request.body)
  const { head, rest } = await answerHead(socket, note)
  return { ...head, body: hasBody(request, head) ? bodyOf(socket, head, rest, note) : Readable.from([]) }
}

function hasBody({ method }: HttpRequest, { status }: ResponseHead): boolean {
  return method !== 'HEAD' && ![101, 204, 304].includes(status)
}
