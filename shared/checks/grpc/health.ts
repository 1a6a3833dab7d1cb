import type { ServingStatus } from './faults.ts'

/** A message behind a byte that says whether it is compressed, and its length (gRPC over HTTP/2, "Length-Prefixed-Message"). */
const PREFIX_BYTES = 5

const LENGTH_DELIMITED = 2
const VARINT = 0

/** Field 1, a number. */
const STATUS_KEY = 8

/** `HealthCheckRequest { string service = 1 }` as it is sent. */
export function requestFor(service: string): Buffer {
  const name = Buffer.from(service)
  const message =
    name.length === 0 ? name : Buffer.concat([Buffer.from([(1 << 3) | LENGTH_DELIMITED]), varint(name.length), name])
  const prefix = Buffer.alloc(PREFIX_BYTES)
  prefix.writeUInt32BE(message.length, 1)
  return Buffer.concat([prefix, message])
}

/** In the order of their numbers: grpc.health.v1, `HealthCheckResponse.ServingStatus`. */
const statuses: ServingStatus[] = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN']

/** The status in a `HealthCheckResponse { ServingStatus status = 1 }` as it came; undefined for what is none. */
export function statusIn(body: Buffer): ServingStatus | undefined {
  if (body.length < PREFIX_BYTES || body[0] !== 0 || body.readUInt32BE(1) !== body.length - PREFIX_BYTES)
    return undefined
  let status = 0
  for (let at = PREFIX_BYTES; at < body.length; ) {
    const key = readVarint(body, at)
    if (key === undefined) return undefined
    const value = readVarint(body, key.end)
    if (value === undefined) return undefined
    const wire = key.value % 8
    if (key.value === STATUS_KEY) status = value.value
    if (wire !== VARINT && wire !== LENGTH_DELIMITED) return undefined
    at = wire === VARINT ? value.end : value.end + value.value
  }
  return statuses[status]
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest])
    bytes.push((rest & 0x7f) | 0x80)
  }
}

/** Of five bytes at most: nothing here is larger than 32 bits. */
function readVarint(bytes: Buffer, start: number): { value: number; end: number } | undefined {
  let value = 0
  for (let at = start; at < start + 5; at++) {
    const byte = bytes[at]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 2 ** (7 * (at - start))
    if (byte < 0x80) return { value, end: at + 1 }
  }
  return undefined
}
