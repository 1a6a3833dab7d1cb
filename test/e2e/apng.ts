import { crc32 } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/**
 * PNG files of one size as one that moves, for ever: each is shown for its `ms`. Source: Portable Network Graphics, third edition, 4.9
 * (https://www.w3.org/TR/png-3/#apng-frame-based-animation).
 */
export function apng(frames: { png: Buffer; ms: number }[]): Buffer {
  const parts = frames.map(({ png, ms }) => ({ ...read(png), ms }))
  const [first] = parts
  if (first === undefined) throw new RangeError('a picture needs a frame')
  if (parts.some(({ header }) => !header.equals(first.header))) throw new RangeError('frames differ in size or colours')

  let sequence = 0
  const next = (rest: Buffer) => Buffer.concat([uint32(sequence++), rest])
  const chunks = parts.flatMap(({ header, data, ms }, index) => {
    // Its place is the upper left corner, it replaces what was there, and the delay counts thousandths of a second.
    const control = Buffer.concat([
      header.subarray(0, 8),
      uint32(0),
      uint32(0),
      uint16(ms),
      uint16(1000),
      Buffer.alloc(2),
    ])
    const body = Buffer.concat(data)
    return [chunk('fcTL', next(control)), index === 0 ? chunk('IDAT', body) : chunk('fdAT', next(body))]
  })
  const animation = Buffer.concat([uint32(parts.length), uint32(0)])
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', first.header),
    chunk('acTL', animation),
    ...chunks,
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function read(png: Buffer): { header: Buffer; data: Buffer[] } {
  let header: Buffer = Buffer.alloc(0)
  const data: Buffer[] = []
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const body = png.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') header = body
    if (type === 'IDAT') data.push(body)
    at += length + 12
  }
  return { header, data }
}

function chunk(type: string, body: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), body])
  return Buffer.concat([uint32(body.length), content, uint32(crc32(content))])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
