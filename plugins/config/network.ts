import type { Network } from '../../shared/contracts/compiled-config.ts'

interface Placed {
  vpc?: object
  internetAccess?: boolean
}

/**
 * Puts a probe's function into its vantage's network, in the words of its provider. In Function Compute 2.0 the network is the
 * service's. SCF is told to keep the way to the public network open, as the queue is there; Function Compute does by itself.
 */
export function placeIn(
  { id = '', subnets, securityGroups }: Network,
  fn: Placed,
  provider: Placed & { name: string; api?: string },
): void {
  const [subnetId = ''] = subnets
  const [securityGroupId = ''] = securityGroups
  switch (provider.name) {
    case 'aws':
      fn.vpc = { subnetIds: subnets, securityGroupIds: securityGroups }
      return
    case 'tencent':
      fn.vpc = { vpcId: id, subnetId }
      fn.internetAccess ??= provider.internetAccess ?? true
      return
    case 'aliyun': {
      const placed = provider.api === '2.0' ? provider : fn
      placed.vpc = { vpcId: id, vSwitchIds: subnets, securityGroupId }
    }
  }
}
