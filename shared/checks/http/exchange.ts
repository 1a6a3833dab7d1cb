import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { interimCounter } from './interim.ts'
import type { Note } from './note.ts'
import { readHead } from './read-head.ts'
import { type HttpRequest, requestHead } from './request-head.ts'
import { bodyOf } from './response-body.ts'
import { parseHead, type ResponseHead } from './response-head.ts'

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
  const countInterim = interimCounter((fault) => {
    throw fault
  })
  for (let first: Buffer = Buffer.alloc(0); ; countInterim()) {
    const { text, rest } = await readHead(socket, first)
    const head = await parseHead(text, note)
    first = rest
    if (isInterim(head)) continue
    return { ...head, body: hasBody(request, head) ? bodyOf(socket, head, rest, note) : Readable.from([]) }
  }
}

/** Only announces an answer. 101 is one: nobody has asked for another protocol. */
function isInterim({ status }: ResponseHead): boolean {
  return status >= 100 && status < 200 && status !== 101
}

function hasBody({ method }: HttpRequest, { status }: ResponseHead): boolean {
  return method !== 'HEAD' && ![101, 204, 304].includes(status)
}
