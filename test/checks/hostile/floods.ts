import type { Socket } from 'node:net'

/** Writes `piece` again and again, as fast as the other side takes it, until it hangs up. */
export function floods(socket: Socket, piece: Buffer | (() => Buffer)): void {
  socket.on('error', () => {})
  const write = () => {
    while (!socket.destroyed) if (!socket.write(typeof piece === 'function' ? piece() : piece)) return
  }
  socket.on('drain', write)
  write()
}

/** Answers the first bytes with `start` and then a flood. */
export function floodsAfter(start: Buffer, piece: Buffer): (socket: Socket) => void {
  return (socket) =>
    socket.once('data', () => {
      socket.write(start)
      floods(socket, piece)
    })
}

/** An answer to the first request on a connection (ApiVersions) that says to hold so many entries, and holds none. */
export function kafkaAnswer(entries: number): Buffer {
  const answer = Buffer.alloc(14)
  answer.writeInt32BE(10, 0)
  answer.writeInt32BE(entries, 10)
  return answer
}

/** RFC 9113: an empty SETTINGS frame, and then frames of a type that nobody knows, which are ignored (section 5.5). */
export function unknownFrames(socket: Socket): void {
  socket.write(frame(4, Buffer.alloc(0)))
  floods(socket, frame(0x42, Buffer.alloc(16_000)))
}

/** A frame of HTTP/2 (RFC 9113, section 4.1). */
export function frame(type: number, payload: Buffer, flags = 0, stream = 0): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}
