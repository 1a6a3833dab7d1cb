import type { Json } from '../../plugins/provider/backend.ts'
import type { Network } from '../../shared/contracts/compiled-config.ts'

/** Where a function stands, as its cloud tells: VpcConfig of Lambda and SCF, vpcConfig of Function Compute. Undefined: in no network. */
export function networkIn(told: Json | undefined): Network | undefined {
  const config = Object(told) as Record<string, unknown>
  const id = textsOf(config.VpcId ?? config.vpcId)[0]
  const subnets = textsOf(config.SubnetIds ?? config.SubnetId ?? config.vSwitchIds)
  const securityGroups = textsOf(config.SecurityGroupIds ?? config.securityGroupId)
  if (subnets.length === 0) return undefined
  return { ...(id === undefined ? {} : { id }), subnets, securityGroups }
}

function textsOf(value: unknown): string[] {
  return [value].flat().filter((one): one is string => typeof one === 'string' && one !== '')
}
