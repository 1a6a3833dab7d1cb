import { BlockList, isIP } from 'node:net'
import { privateHost } from '../../checks/network/private-host.ts'

/**
 * What is no machine of the public internet, or reaches one of another network by it, beside what `privateHost` knows (IANA's registries of
 * special-purpose addresses, RFC 6890; RFC 5771, RFC 4291, RFC 2765, RFC 6052 and RFC 8215).
 */
const SPECIAL: [address: string, bits: number, family?: 'ipv6'][] = [
  ['0.0.0.0', 8],
  ['192.0.0.0', 24],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
  ['::', 96, 'ipv6'],
  ['::ffff:0:0:0', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]

let special: BlockList | undefined

/** Whether an address (IPv6 without brackets) is one that anybody's requests may go to. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 0 || privateHost(address) !== undefined) return false
  special ??= blockOf()
  return !special.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

function blockOf(): BlockList {
  const block = new BlockList()
  for (const [address, bits, family] of SPECIAL) block.addSubnet(address, bits, family)
  return block
}
