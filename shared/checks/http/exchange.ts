import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { Fault, fact } from '../run/fault.ts'
import { Gathered } from '../run/gathered.ts'
import { HEADER_LIMIT_BYTES } from './header-limit.ts'
import { interimCounter } from './interim.ts'
import type { Note } from './note.ts'
import { bodyOf } from './response-body.ts'
import { parseHead, type ResponseHead } from './response-head.ts'

const CR = 13
const LF = 10

export interface HttpRequest {
  url: URL
  method: string
  /** Names in lower case, `host` among them. */
  headers: Record<string, string>
  body?: string
}

/** An answer whose body is still to be read. */
export interface Answer extends ResponseHead {
  body: Readable
  /** Whether a body that has ended was not all of it. Absent: its end says so itself. */
  isBroken?(): boolean
}

/** Sends a request over an open connection by HTTP/1.1 and reads the head of the answer. The caller closes the connection. */
export async function exchange(socket: Socket, request: HttpRequest, note: Note): Promise<Answer> {
  socket.write(textOf(request), 'latin1')
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

function textOf({ url, method, headers, body }: HttpRequest): string {
  const length = body ?? (/^P/.test(method) ? '' : undefined)
  const all = {
    ...headers,
    ...(length === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(length)) }),
    Connection: 'close',
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  if (lines.some((line) => /[^\t\x20-\x7e\x80-\xff]/.test(line.slice(0, -2))))
    throw new Fault(fact('header-unusable', { why: 'character' }), 'unknown')
  return `${method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`
}

/** Reads up to the empty line that ends a head; `first` is what has been read already. */
function readHead(socket: Socket, first: Buffer): Promise<{ text: string; rest: Buffer }> {
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
      if (!'HTTP/'.startsWith(all.toString('latin1', 0, 5)))
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
