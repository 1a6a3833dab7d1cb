import type { Socket } from 'node:net'
import { Fault, fact } from '../run/fault.ts'
import { Gathered } from '../run/gathered.ts'
import { HEADER_LIMIT_BYTES } from './header-limit.ts'

const CR = 13
const LF = 10

/** Reads up to the empty line that ends a head; `first` is what has been read already. */
export function readHead(socket: Socket, first: Buffer): Promise<{ text: string; rest: Buffer }> {
  return new Promise((resolve, reject) => {
    const gathered = new Gathered()
    const settle = (how: () => void) => {
      socket.off('data', receive).off('error', fail).off('end', close).off('close', close).pause()
      how()
    }
    const fail = (error: Error) => settle(() => reject(error))
    const close = () => fail(new Fault(fact('closed-without-response')))
    const receive = (bytes: Buffer) => {
      const from = gathered.length
      gathered.add(from === 0 ? withoutEmptyLines(bytes) : bytes)
      const all = gathered.bytes()
      const end = endOfHead(all, Math.max(0, from - 2))
      if (!'HTTP/'.startsWith(all.toString('latin1', 0, 5).toUpperCase()))
        fail(new Fault(fact('response-malformed', { how: 'not-http' })))
      else if ((end ?? all.length) > HEADER_LIMIT_BYTES) fail(new Fault(fact('headers-too-large')))
      else if (end !== undefined)
        settle(() => resolve({ text: all.toString('latin1', 0, end), rest: all.subarray(end) }))
    }
    socket.on('data', receive).on('error', fail).on('end', close).on('close', close).resume()
    receive(first)
  })
}

/** Where the first line ends that is empty, looked for from `from` on; undefined if none does. */
function endOfHead(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(LF, from); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    const next = bytes[at + 1] === CR ? at + 2 : at + 1
    if (bytes[next] === LF) return next + 1
  }
  return undefined
}

/** Some servers send one too many behind the body of the answer before. */
function withoutEmptyLines(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== CR && byte !== LF)
  return bytes.subarray(start === -1 ? bytes.length : start)
}
