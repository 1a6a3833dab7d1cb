import { createSocket } from 'node:dgram'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { nameIn } from './server.ts'

/** The numbers of record types (IANA, "Resource Record (RR) TYPEs"). */
const types = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, CAA: 257 }

/** Response codes (RFC 1035, section 4.1.1). */
const codes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 }

/** The data of records by `TYPE name`, or a response code. Other names do not exist, other types are empty. */
type Zone = Record<string, Buffer[] | keyof typeof codes>

/** A DNS server on 127.0.0.1 until the test ends; `deaf` leaves so many questions unanswered first. Its `address:port`. */
export async function dnsTarget(zone: Zone, deaf = 0): Promise<string> {
  const socket = createSocket('udp4')
  let heard = 0
  socket.on('message', (query, from) => {
    heard += 1
    if (heard > deaf) socket.send(answer(query, zone), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => void socket.close())
  return `127.0.0.1:${(socket.address() as AddressInfo).port}`
}

/** A name as records hold it: labels behind their lengths, and an empty one. */
export function labels(name: string): Buffer {
  return Buffer.concat([...name.split('.').map(text), Buffer.from([0])])
}

/** Bytes behind their number. */
export function text(content: string): Buffer {
  return Buffer.from([Buffer.byteLength(content), ...Buffer.from(content)])
}

/** Numbers of two bytes. */
export function shorts(...numbers: number[]): Buffer {
  return Buffer.from(numbers.flatMap((number) => [number >> 8, number & 255]))
}

function answer(query: Buffer, zone: Zone): Buffer {
  const questionEnd = query.indexOf(0, 12) + 5
  const type = query.readUInt16BE(questionEnd - 4)
  const name = nameIn(query)
  const asked = Object.entries(types).find(([, number]) => number === type)?.[0]
  const exists = Object.keys(zone).some((key) => key.endsWith(` ${name}`))
  const found = zone[`${asked} ${name}`] ?? (exists ? 'NOERROR' : 'NXDOMAIN')
  const records = Array.isArray(found) ? found : []
  const code = Array.isArray(found) ? 0 : codes[found]
  const header = Buffer.concat([query.subarray(0, 2), shorts(0x8180 | code, 1, records.length, 0, 0)])
  // The name by a pointer to the question, type, class IN, 60 s to live, length.
  const whole = records.flatMap((data) => [shorts(0xc00c, type, 1, 0, 60, data.length), data])
  return Buffer.concat([header, query.subarray(12, questionEnd), ...whole])
}
