import { Fault, fact } from '../run/fault.ts'
import { type PrivateHost, privateHost } from './private-host.ts'

/** How far inside its owner's network an address lies. */
const depths: Record<PrivateHost | 'public', number> = { public: 0, private: 1, loopback: 2 }

/** Where a check may be sent on to by its target: no further inside than the target itself. */
export type Inwardness = PrivateHost | 'public'

/** What an IP address is (IPv6 without brackets). */
export function inwardness(address: string): Inwardness {
  return privateHost(address) ?? 'public'
}

/**
 * Throws a fault if one of the addresses lies further inside than `from`: whoever answers for a public target, or has taken its
 * name, must not make a probe look around in its own network.
 */
export function refuseInward(addresses: string[], from: Inwardness): void {
  const address = addresses.find((one) => depths[inwardness(one)] > depths[from])
  if (address !== undefined) throw new Fault(fact('redirect-inward', { address }))
}
