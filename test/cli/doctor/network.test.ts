import { expect, test } from 'vitest'
import { networkIn } from '../../../cli/doctor/deployed-network.ts'
import type { LambdaFunction } from '../../../cli/doctor/patient.ts'
import { probes } from '../../../cli/doctor/probes.ts'
import { fenghuoYml } from '../terminal.ts'
import { configOf, deployed, lines, patientWith } from './patient.ts'

const SG = '{ at: aws/ap-southeast-1, vpc: { subnets: [subnet-1, subnet-2], securityGroups: [sg-1] } }'
const config = configOf(fenghuoYml.replace('sg: aws/ap-southeast-1', `sg: ${SG}`))

test.each<[reason: string, told: LambdaFunction['VpcConfig'], line: string]>([
  [
    'as configured, in any order',
    { SubnetIds: ['subnet-2', 'subnet-1'], SecurityGroupIds: ['sg-1'] },
    'ok network of sg (aws/ap-southeast-1): 1 function in subnet-1, subnet-2, sg-1',
  ],
  [
    'deployed before it was configured',
    undefined,
    'fault network of sg (aws/ap-southeast-1): probe stands in no network, and is to stand in subnet-1, subnet-2, sg-1',
  ],
  [
    'Lambda has empty lists where there is none',
    { SubnetIds: [], SecurityGroupIds: [] },
    'fault network of sg (aws/ap-southeast-1): probe stands in no network, and is to stand in subnet-1, subnet-2, sg-1',
  ],
  [
    'moved by hand',
    { SubnetIds: ['subnet-9'], SecurityGroupIds: ['sg-1'] },
    'fault network of sg (aws/ap-southeast-1): probe stands in subnet-9, sg-1, and is to stand in subnet-1, subnet-2, sg-1',
  ],
])('a vantage with a network: %s', async (_reason, VpcConfig, line) => {
  const lambda = async () => ({ ...deployed({}), ...(VpcConfig && { VpcConfig }) })
  expect(await lines(probes, patientWith({}, { config, lambda, vantages: async () => [] }))).toContain(line)
})

test.each([
  ['SCF', { VpcId: 'vpc-1', SubnetId: 'subnet-1' }, { id: 'vpc-1', subnets: ['subnet-1'], securityGroups: [] }],
  [
    'Function Compute',
    { vpcId: 'vpc-1', vSwitchIds: ['vsw-1', 'vsw-2'], securityGroupId: 'sg-1' },
    { id: 'vpc-1', subnets: ['vsw-1', 'vsw-2'], securityGroups: ['sg-1'] },
  ],
  ['Function Compute without one', { vpcId: '', vSwitchIds: [], securityGroupId: '' }, undefined],
  ['SCF without one', null, undefined],
])('what %s tells', (_, told, network) => {
  expect(networkIn(told)).toEqual(network)
})
