import { createSocket } from 'node:dgram'
import dns from 'node:dns/promises'
import { onTestFinished, vi } from 'vitest'

/** Addresses (IPv6 in eight groups), or how the server fails. `silence` answers nothing. */
type Reply = string[] | 'NXDOMAIN' | 'SERVFAIL' | 'silence'

const codes = { SERVFAIL: 2, NXDOMAIN: 3 }
const typeA = 1
const typeAAAA = 28

/** Makes this process ask a DNS server of its own, on 127.0.0.1, until the test ends; `hosts` is the hosts file. */
export async function serveNames(names: Record<string, Reply>, hosts: Record<string, string> = {}): Promise<void> {
  const socket = createSocket('udp4')
  socket.on('message', (query, from) => {
    const reply = names[nameIn(query)] ?? 'NXDOMAIN'
    if (reply !== 'silence') socket.send(answer(query, reply), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const before = dns.getServers()
  dns.setServers([`127.0.0.1:${socket.address().port}`])
  const lookup = vi.spyOn(dns, 'lookup').mockImplementation((async (host: string) => {
    const address = hosts[host]
    if (address === undefined) throw Object.assign(new Error('not in the hosts file'), { code: 'ENOTFOUND' })
    return [{ address, family: 4 }]
  }) as unknown as typeof dns.lookup)
  onTestFinished(() => {
    lookup.mockRestore()
    dns.setServers(before)
    socket.close()
  })
}

/** The question's name starts after the header of 12 bytes: labels, each behind its length, up to an empty one. */
export function nameIn(query: Buffer): string {
  const labels: string[] = []
  for (let at = 12; query[at]; at += 1 + (query[at] ?? 0)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + (query[at] ?? 0)))
  }
  return labels.join('.').toLowerCase()
}

/** The query's header and question, and a record for each address of the type that was asked for. */
function answer(query: Buffer, reply: Exclude<Reply, 'silence'>): Buffer {
  const questionEnd = query.indexOf(0, 12) + 5
  const type = query.readUInt16BE(questionEnd - 4)
  const addresses = typeof reply === 'string' ? [] : reply.map(bytesOf)
  const records = addresses.filter(({ length }) => length === (type === typeA ? 4 : 16))
  const header = Buffer.alloc(12)
  query.copy(header, 0, 0, 2)
  header.writeUInt16BE(0x8180 | (typeof reply === 'string' ? codes[reply] : 0), 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(records.length, 6)
  const question = query.subarray(12, questionEnd)
  return Buffer.concat([header, question, ...records.flatMap((bytes) => [recordHead(bytes.length), bytes])])
}

/** The name by a pointer to the question, type, class IN, 60 s to live, length. */
function recordHead(length: number): Buffer {
  return Buffer.from([0xc0, 12, 0, length === 4 ? typeA : typeAAAA, 0, 1, 0, 0, 0, 60, 0, length])
}

function bytesOf(address: string): Buffer {
  if (address.includes('.')) return Buffer.from(address.split('.').map(Number))
  return Buffer.from(
    address
      .split(':')
      .map((group) => group.padStart(4, '0'))
      .join(''),
    'hex',
  )
}
