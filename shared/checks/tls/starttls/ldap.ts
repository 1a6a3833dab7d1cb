import { Fault, fact } from '../../run/fault.ts'
import type { Wire } from './wire.ts'

/** RFC 4511, section 4.14.1. */
const START_TLS = '1.3.6.1.4.1.1466.20037'

/** Tags of BER (RFC 4511, section 5.1 and appendix B). */
const SEQUENCE = 0x30
const INTEGER = 0x02
const EXTENDED_REQUEST = 0x77
const EXTENDED_RESPONSE = 0x78
const REQUEST_NAME = 0x80

/** Result codes (RFC 4511, section 4.1.9). */
const SUCCESS = 0
const PROTOCOL_ERROR = 2

/** The extended request for StartTLS and its answer (RFC 4511, section 4.14). */
export async function ldap(wire: Wire): Promise<void> {
  wire.send(element(SEQUENCE, element(INTEGER, Buffer.from([1])), request()))
  const message = await wire.take(lengthOf)
  const [whole] = elements(message)
  const [, response] = whole?.tag === SEQUENCE ? elements(whole.content) : []
  if (response?.tag !== EXTENDED_RESPONSE) throw wire.stranger()
  const [result, , text] = elements(response.content)
  const code = result?.content[0]
  if (code === SUCCESS) return
  // Servers say so of requests that they do not know.
  if (code === PROTOCOL_ERROR) throw new Fault(fact('starttls-not-offered'))
  throw wire.refusal(`${code ?? '?'} ${text?.content.toString() ?? ''}`)
}

function request(): Buffer {
  return element(EXTENDED_REQUEST, element(REQUEST_NAME, Buffer.from(START_TLS)))
}

interface Element {
  tag: number
  content: Buffer
}

/** All that we send is short enough for one byte of length. */
function element(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag, content.length]), content])
}

/** The elements that follow each other; one that is cut off ends the list. */
function elements(bytes: Buffer): Element[] {
  const found: Element[] = []
  for (let rest = bytes; rest.length >= 2; ) {
    const head = headOf(rest)
    if (head === undefined || head.from + head.length > rest.length) break
    found.push({ tag: rest[0] ?? 0, content: rest.subarray(head.from, head.from + head.length) })
    rest = rest.subarray(head.from + head.length)
  }
  return found
}

/** How long a message is with its head; what does not begin as one is refused when it is read. */
function lengthOf(received: Buffer): number | undefined {
  if (received.length > 0 && received[0] !== SEQUENCE) return received.length
  const head = headOf(received)
  return head && head.from + head.length
}

/** Where the content begins, and its length: in one byte, or (Active Directory) in up to four behind their number. */
function headOf(bytes: Buffer): { from: number; length: number } | undefined {
  const [, first] = bytes
  if (first === undefined) return undefined
  if (first < 0x80) return { from: 2, length: first }
  const count = first & 0x7f
  if (count === 0 || count > 4) return { from: 2, length: 0 }
  if (bytes.length < 2 + count) return undefined
  return { from: 2 + count, length: bytes.readUIntBE(2, count) }
}
