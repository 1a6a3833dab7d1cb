import type { Socket } from 'node:net'
import { interimCounter } from './interim.ts'
import type { Note } from './note.ts'
import { readHead } from './read-head.ts'
import { parseHead, type ResponseHead } from './response-head.ts'

/** Reads the head of an answer by HTTP/1.1, behind those that only announce it; `rest` is what has come after it. */
export async function answerHead(socket: Socket, note: Note): Promise<{ head: ResponseHead; rest: Buffer }> {
  const countInterim = interimCounter((fault) => {
    throw fault
  })
  for (let first: Buffer = Buffer.alloc(0); ; countInterim()) {
    const { text, rest } = await readHead(socket, first)
    const head = await parseHead(text, note)
    if (!isInterim(head)) return { head, rest }
    first = rest
  }
}

/** Only announces an answer. 101 is one: who has asked for another protocol gets no further one. */
function isInterim({ status }: ResponseHead): boolean {
  return status >= 100 && status < 200 && status !== 101
}
