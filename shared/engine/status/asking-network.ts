import { createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'

/** What whoever asks is counted by: nobody can tell the address from it. '', which nobody knows, is one source as well. */
export function askingNetwork(source: string, secret: string): string {
  return createHmac('sha256', secret)
    .update(`status source\n${networkOf(source)}`)
    .digest('base64url')
    .slice(0, 32)
}

/**
 * The network that an address stands for: an IPv4 address alone, however it is written (RFC 4291, 2.5.5.2), and the whole /64 of an IPv6
 * address, which is the least that one customer has (RFC 6177).
 */
function networkOf(source: string): string {
  const address = source.replace(/%.*$/, '')
  if (!isIPv6(address)) return source
  const [before = [], after = []] = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''))
  const between = Array.from({ length: 8 - before.length - after.length }, () => '0')
  const groups = [...before, ...between, ...after].map((group) => Number.parseInt(group, 16))
  const isMapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)
  if (isMapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.')
  return groups.slice(0, 4).join(':')
}
