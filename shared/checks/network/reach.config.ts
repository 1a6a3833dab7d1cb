import { isIP } from 'node:net'
import * as z from 'zod'
import { type Mistake, mistake, wrong } from '../../contracts/mistake.ts'
import { references } from '../../contracts/references.ts'
import { parseHostPort } from './host-port.ts'
import { isMetadataAddress } from './metadata-address.ts'

/** The address or the name of a DNS server, with its port if that is not 53. */
export const dnsServer = z.string().refine(
  isServer,
  wrong('no-dns-server', (input) => ({
    en: `"${input}" is not a DNS server, such as 10.0.0.2, 10.0.0.2:5353 or dns.example.com`,
    zh: `“${input}”不是 DNS 服务器，如 10.0.0.2、10.0.0.2:5353、dns.example.com`,
  })),
)

/** Of a target, an address or a server that hands out a cloud's keys. */
export const METADATA = mistake('metadata', {
  en: "is a cloud's metadata service; write `allowMetadata: true` if that is meant",
  zh: '是云的元数据服务；确有此意请写 `allowMetadata: true`',
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
    .refine(
      (text) => isIP(text) !== 0 || references(text).length > 0,
      wrong('no-ip', (input) => ({ en: `"${input}" is not an IP address`, zh: `“${input}”不是 IP 地址` })),
    )
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

/**
 * What is wrong with the way to `host` (an IP address or a name), by key; `kind` is the key of the target. `leadsOn`: the check may
 * come to other names than that.
 */
export function reachMistakes(
  kind: string,
  host: string,
  { ipVersion, resolver, address, allowMetadata }: ReachKeys,
  leadsOn = false,
) {
  const mistakes: [key: string, mistake: Mistake][] = []
  const family = isIP(host)
  const isMetadata = (text: string | undefined) => text !== undefined && isMetadataAddress(text)
  if (!allowMetadata && isMetadata(host)) mistakes.push([kind, METADATA])
  if (!allowMetadata && isMetadata(address)) mistakes.push(['address', METADATA])
  if (!allowMetadata && resolver && isMetadata(parseHostPort(resolver, 53)?.host)) mistakes.push(['resolver', METADATA])
  const at = family === 0 ? isIP(address ?? '') : family
  if (ipVersion !== undefined && at !== 0 && at !== ipVersion)
    mistakes.push(['ipVersion', otherVersion(ipVersion, (family === 0 ? address : host) ?? '', at)])
  if (family !== 0 && address !== undefined) mistakes.push(['address', IS_ADDRESS])
  if (resolver !== undefined && !leadsOn) {
    if (family !== 0) mistakes.push(['resolver', IS_ADDRESS])
    if (address !== undefined) mistakes.push(['resolver', NOT_LOOKED_UP])
  }
  return mistakes
}

const IS_ADDRESS = mistake('no-effect', {
  en: 'has no effect: the target is an address itself',
  zh: '没有作用：目标本身就是地址',
})

const NOT_LOOKED_UP = mistake('no-effect', {
  en: 'has no effect beside `address`: nothing is looked up',
  zh: '写了 `address` 就没有作用：不需要解析',
})

function otherVersion(wanted: 4 | 6, address: string, version: number): Mistake {
  return mistake('other-ip-version', {
    en: `is ${wanted}, and ${address} is an IPv${version} address`,
    zh: `写的是 ${wanted}，而 ${address} 是 IPv${version} 地址`,
  })
}

function isServer(text: string): boolean {
  if (references(text).length > 0) return true
  const server = parseHostPort(text, 53)
  // What has the shape of an IPv4 address and is none is a slip, not a name.
  return server !== undefined && (isIP(server.host) !== 0 || !/^[\d.]+$/.test(server.host))
}
