import { Fault, fact } from '../run/fault.ts'
import { Gathered } from '../run/gathered.ts'
import type { FrameFlaw } from './faults.ts'

/** RFC 6455, section 11.8. */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 }

/** A message is read up to here. */
const MESSAGE_LIMIT_BYTES = 65_536

/** RFC 6455, section 5.5. */
const CONTROL_LIMIT_BYTES = 125

/** Each takes time that other checks wait for, and a ping an answer. */
const MOST_FRAMES = 16_384

/** A whole message, or a control frame. */
export interface Message {
  opcode: number
  payload: Buffer
}

interface Head {
  isFinal: boolean
  opcode: number
  headBytes: number
  length: number
}

/** Puts the messages of a server together as its bytes come (RFC 6455, section 5.2). */
export class Frames {
  #rest: Buffer = Buffer.alloc(0)
  #count = 0
  /** Parts of a message whose end has not come; control frames may come between them. */
  #begun: { opcode: number; parts: Gathered } | undefined

  /** The messages that `bytes` bring to their end. Throws a fault for what is no frame of a server, or too large. */
  add(bytes: Buffer): Message[] {
    this.#rest = Buffer.concat([this.#rest, bytes])
    const messages: Message[] = []
    for (;;) {
      const head = headOf(this.#rest)
      if (head === undefined || this.#rest.length < head.headBytes + head.length) return messages
      this.#count++
      if (this.#count > MOST_FRAMES) throw new Fault(fact('frames-without-end'))
      const end = head.headBytes + head.length
      const payload = this.#rest.subarray(head.headBytes, end)
      this.#rest = this.#rest.subarray(end)
      const message = this.#take(head, payload)
      if (message !== undefined) messages.push(message)
    }
  }

  #take({ isFinal, opcode }: Head, payload: Buffer): Message | undefined {
    if (opcode >= opcodes.close) return { opcode, payload }
    if ((opcode === opcodes.continuation) !== (this.#begun !== undefined)) throw flawed('continuation')
    this.#begun ??= { opcode, parts: new Gathered() }
    const { opcode: first, parts } = this.#begun
    parts.add(payload)
    if (parts.length > MESSAGE_LIMIT_BYTES) throw new Fault(fact('message-over-limit'))
    if (!isFinal) return undefined
    this.#begun = undefined
    return { opcode: first, payload: parts.bytes() }
  }
}

/** Undefined while it is not all there. */
function headOf(bytes: Buffer): Head | undefined {
  const [first, second] = bytes
  if (first === undefined || second === undefined) return undefined
  const opcode = first & 0x0f
  const short = second & 0x7f
  if ((second & 0x80) !== 0) throw flawed('masked')
  if ((first & 0x70) !== 0 || !Object.values(opcodes).includes(opcode)) throw flawed('reserved')
  const isFinal = (first & 0x80) !== 0
  if (opcode >= opcodes.close && (short > CONTROL_LIMIT_BYTES || !isFinal)) throw flawed('control')
  const headBytes = short === 127 ? 10 : short === 126 ? 4 : 2
  if (bytes.length < headBytes) return undefined
  const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short
  if (length > MESSAGE_LIMIT_BYTES) throw new Fault(fact('message-over-limit'))
  return { isFinal, opcode, headBytes, length }
}

function flawed(how: FrameFlaw): Fault {
  return new Fault(fact('frame-flawed', { how }))
}

/** A whole frame of a client, masked with four bytes (RFC 6455, section 5.3). */
export function frameOf({ opcode, payload }: Message, mask: Buffer): Buffer {
  const { length } = payload
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10)
  head.writeUInt8(0x80 | opcode, 0)
  head.writeUInt8(0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127), 1)
  if (head.length === 4) head.writeUInt16BE(length, 2)
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2)
  const masked = Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)))
  return Buffer.concat([head, mask, masked])
}
