import { isIP } from 'node:net'
import * as z from 'zod'
import { references } from '../../contracts/references.ts'
import type { Mistake } from '../run/mistakes.config.ts'
import { parseHostPort } from './host-port.ts'
import { isMetadataAddress } from './metadata-address.ts'

/** The address or the name of a DNS server, with its port if that is not 53. */
export const dnsServer = z.string().refine(isServer, {
  error: ({ input }) => `"${input}" is not a DNS server, such as 10.0.0.2, 10.0.0.2:5353 or dns.example.com`,
})

export const allowMetadata = z
  .boolean()
  .default(false)
  .meta({ description: "Lets the check reach a cloud's metadata service.", zh: '允许检查访问云的元数据服务。' })

/** The keys by which any check that connects says how it gets to its target. */
export const reachKeys = {
  ipVersion: z
    .literal([4, 6])
    .exactOptional()
    .meta({
      description: 'Only addresses of this version of IP.',
      zh: '只用这个版本的 IP 地址。',
      absent: { en: 'IPv4 if the name has any, else IPv6', zh: '域名有 IPv4 用 IPv4，否则 IPv6' },
    }),
  resolver: dnsServer.exactOptional().meta({
    description: "A DNS server to ask in place of the system's.",
    zh: '代替系统 DNS 的服务器。',
    examples: ['10.0.0.2'],
  }),
  address: z
    .string()
    .refine((text) => isIP(text) !== 0 || references(text).length > 0, {
      error: ({ input }) => `"${input}" is not an IP address`,
    })
    .exactOptional()
    .meta({
      description: 'Connects to this IP address in place of what the name resolves to; the name is still asked for.',
      zh: '连接到这个 IP 地址，而不是域名解析的结果；请求中的域名不变。',
      examples: ['203.0.113.7'],
    }),
  allowMetadata,
}

interface ReachKeys {
  ipVersion?: 4 | 6
  resolver?: string
  address?: string
  allowMetadata: boolean
}

/** What is wrong with the way to `host` (an IP address or a name), by key; `kind` is the key of the target. */
export function reachMistakes(
  kind: string,
  host: string,
  { ipVersion, resolver, address, allowMetadata }: ReachKeys,
): Mistake[] {
  const mistakes: Mistake[] = []
  const family = isIP(host)
  const isMetadata = (text: string | undefined) => text !== undefined && isMetadataAddress(text)
  const refused = "is a cloud's metadata service; write `allowMetadata: true` if that is meant"
  if (!allowMetadata && isMetadata(host)) mistakes.push([kind, refused])
  if (!allowMetadata && isMetadata(address)) mistakes.push(['address', refused])
  if (!allowMetadata && resolver && isMetadata(parseHostPort(resolver, 53)?.host)) mistakes.push(['resolver', refused])
  const at = family === 0 ? isIP(address ?? '') : family
  if (ipVersion !== undefined && at !== 0 && at !== ipVersion)
    mistakes.push(['ipVersion', `is ${ipVersion}, and ${family === 0 ? address : host} is an IPv${at} address`])
  if (family !== 0 && address !== undefined)
    mistakes.push(['address', 'has no effect: the target is an address itself'])
  if (family !== 0 && resolver !== undefined) mistakes.push(['resolver', 'has no effect: the target is an address'])
  if (address !== undefined && resolver !== undefined)
    mistakes.push(['resolver', 'has no effect beside `address`: nothing is looked up'])
  return mistakes
}

function isServer(text: string): boolean {
  if (references(text).length > 0) return true
  const server = parseHostPort(text, 53)
  // What has the shape of an IPv4 address and is none is a slip, not a name.
  return server !== undefined && (isIP(server.host) !== 0 || !/^[\d.]+$/.test(server.host))
}
