import { BlockList, isIP } from 'node:net'
import { Fault, fact } from '../run/fault.ts'

/**
 * Where clouds hand credentials to whatever runs inside them. A check must not reach there by accident or by a
 * redirect of its target's. AWS: docs "Use the Instance Metadata Service", "Task metadata endpoint"; Tencent:
 * 169.254.0.23; Alibaba: "Instance metadata", 100.100.100.200. The last range is the NAT64 form of the first.
 */
function listMetadata(): BlockList {
  const list = new BlockList()
  list.addSubnet('169.254.0.0', 16)
  list.addAddress('100.100.100.200')
  list.addSubnet('fd00:ec2::', 32, 'ipv6')
  list.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6')
  return list
}

/** Made when it is first asked: a cold start counts, and most of it is loading. */
let metadata: BlockList | undefined

/** Amazon's DNS servers stand in the same ranges and know names only (VPC user guide, "Understanding Amazon DNS"). */
const nameServers = ['169.254.169.253', 'fd00:ec2::253']

/** Whether an IP address (IPv6 without brackets) is one of a cloud's metadata services. A name is not an address. */
export function isMetadataAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 0 || nameServers.includes(address)) return false
  metadata ??= listMetadata()
  return metadata.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** Throws a fault if one of the addresses is a cloud's metadata service. */
export function refuseMetadata(addresses: string[]): void {
  const address = addresses.find(isMetadataAddress)
  if (address !== undefined) throw new Fault(fact('metadata-refused', { address }))
}
