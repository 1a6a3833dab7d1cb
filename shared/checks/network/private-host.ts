import { BlockList, isIP } from 'node:net'

/** What a function outside its owner's network can't reach: `loopback` is the function itself, and there is nothing. */
export type PrivateHost = 'loopback' | 'private'

type Range = [address: string, bits: number, family?: 'ipv6']

/** RFC 1918, 6598, 3927, 4193, 4291: what is not routed outside. */
const LOOPBACK: Range[] = [
  ['127.0.0.0', 8],
  ['0.0.0.0', 32],
  ['::1', 128, 'ipv6'],
  ['::', 128, 'ipv6'],
]

const INSIDE: Range[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
]

/** Made when they are first asked: a cold start counts, and most of it is loading. */
let loopback: BlockList | undefined
let inside: BlockList | undefined

/**
 * Names that public DNS does not know (RFC 6762, ICANN's reserved `internal`), or answers with private addresses: brokers of MSK
 * but for those whose names say public (Amazon MSK developer guide, "Public access"), and Alibaba Cloud's addresses within a VPC.
 */
const insideNames = [
  /^[^.]+$/,
  /\.(internal|local|lan|home\.arpa|svc)$/,
  /^(?!b-\d+-public\.)[^.]+\..*\.kafka(-serverless)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/,
  /-(vpc|internal)(\.[^.]+)*\.aliyuncs\.com$/,
]

/** Whether a host (a name, or an address, IPv6 without brackets) is one that only its own network reaches; undefined: not that is known. */
export function privateHost(host: string): PrivateHost | undefined {
  const family = isIP(host)
  if (family !== 0) {
    const version = family === 6 ? 'ipv6' : 'ipv4'
    loopback ??= blockOf(LOOPBACK)
    if (loopback.check(host, version)) return 'loopback'
    inside ??= blockOf(INSIDE)
    return inside.check(host, version) ? 'private' : undefined
  }
  const name = host.toLowerCase().replace(/\.$/, '')
  if (name === 'localhost' || name.endsWith('.localhost')) return 'loopback'
  return insideNames.some((form) => form.test(name)) ? 'private' : undefined
}

function blockOf(ranges: Range[]): BlockList {
  const block = new BlockList()
  for (const [address, bits, family] of ranges) block.addSubnet(address, bits, family)
  return block
}
