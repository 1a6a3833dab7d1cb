import { isIP } from 'node:net'
import { dnsFault } from '../network/dns-fault.ts'
import type { NetworkFault } from '../network/faults.ts'
import type { NameServer } from '../network/name-server.ts'
import { Fault } from '../run/fault.ts'
import { nodeCodes, type RecordType, type ResponseCode, responseCodes } from './codes.ts'

export interface DnsAnswer {
  code: ResponseCode
  /** The records as they are written in a zone, names in lower case and without the last dot. */
  values: string[]
}

/** Asks for records. Rejects with a fault if there was no answer that a server gives on purpose. */
export async function ask(server: NameServer, name: string, type: RecordType): Promise<DnsAnswer> {
  try {
    const found: unknown = await server.resolve(name, type)
    const records = Array.isArray(found) ? found : [found]
    return { code: 'NOERROR', values: records.map((record) => written(type, record)) }
  } catch (error) {
    const { code } = error as { code?: unknown }
    const answer = responseCodes.find((known) => nodeCodes[known] === code)
    if (answer === undefined) throw code === undefined ? error : new Fault(dnsFault(String(code)))
    return { code: answer, values: [] }
  }
}

/** A response code as a fault of the target. */
export function faultOf(code: ResponseCode): NetworkFault {
  return dnsFault(nodeCodes[code])
}

type Fields = Record<string, string | number>

/** A record as Node gives it, in one line: https://nodejs.org/api/dns.html#dnsresolvehostname-rrtype-callback */
function written(type: RecordType, record: unknown): string {
  if (typeof record === 'string') return canonical(type, record)
  if (type === 'TXT') return canonical(type, (record as string[]).join(''))
  return canonical(type, line(type, record as Fields))
}

function line(type: RecordType, fields: Fields): string {
  switch (type) {
    case 'MX':
      return `${fields.priority} ${fields.exchange}`
    case 'SRV':
      return `${fields.priority} ${fields.weight} ${fields.port} ${fields.name}`
    case 'SOA':
      return [
        fields.nsname,
        fields.hostmaster,
        fields.serial,
        fields.refresh,
        fields.retry,
        fields.expire,
        fields.minttl,
      ].join(' ')
    default: {
      const { critical, type: _, ...property } = fields
      const [tag = '', value = ''] = Object.entries(property)[0] ?? []
      return `${critical} ${tag} ${value}`
    }
  }
}

/** The one way to write a value: what people write and what a server says are compared in it. */
export function canonical(type: RecordType, value: string): string {
  if (type === 'TXT') return value
  // Zone files write the value in quotes; the name of the property is the same in any case (RFC 8659, section 4.1).
  if (type === 'CAA')
    return value.replace(
      /^(\d+) +(\S+) +"?(.*?)"?$/,
      (_, critical, tag, said) => `${critical} ${tag.toLowerCase()} ${said}`,
    )
  if (isIP(value) === 6) return new URL(`http://[${value}]`).hostname.slice(1, -1)
  return value
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/\.(?= |$)/g, '')
}
