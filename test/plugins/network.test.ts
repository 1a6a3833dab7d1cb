import { expect, test } from 'vitest'
import { placeIn } from '../../plugins/config/network.ts'

const network = { id: 'vpc-1', subnets: ['net-1', 'net-2'], securityGroups: ['sg-1'] }
const vpc = { vpcId: 'vpc-1', vSwitchIds: ['net-1', 'net-2'], securityGroupId: 'sg-1' }

test.each([
  ['Lambda', { name: 'aws' }, { vpc: { subnetIds: ['net-1', 'net-2'], securityGroupIds: ['sg-1'] } }, undefined],
  [
    'SCF, which can still reach the queue',
    { name: 'tencent' },
    { vpc: { vpcId: 'vpc-1', subnetId: 'net-1' }, internetAccess: true },
    undefined,
  ],
  [
    'SCF, as its configuration wants it',
    { name: 'tencent', internetAccess: false },
    { vpc: { vpcId: 'vpc-1', subnetId: 'net-1' }, internetAccess: false },
    undefined,
  ],
  ['Function Compute 3.0', { name: 'aliyun' }, { vpc }, undefined],
  ['Function Compute 2.0, where it is the service’s', { name: 'aliyun', api: '2.0' }, {}, vpc],
])('a network in the words of %s', (_, given, expected, ofProvider) => {
  const fn = {}
  const provider: { name: string; api?: string; vpc?: object } = { ...given }
  placeIn(network, fn, provider)
  expect(fn).toEqual(expected)
  expect(provider.vpc).toEqual(ofProvider)
})
