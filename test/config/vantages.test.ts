import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'

const textOf = (vantages: string) => `
vantages: ${vantages}
channels: { wecom: { type: wecom-robot, key: a-key } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
defaults: { chat: [wecom] }
projects: { pay: { title: 支付, checks: { web: { title: 收银台, http: https://pay.example.com/ } } } }
`
const problemsOf = (vantages: string) =>
  loadConfig(textOf(vantages), 'fenghuo.yml').problems.map(({ key, message }) => `${key}: ${message}`)

describe('a region is one that its cloud has', () => {
  test.each([
    ['aws/ap-southeast-1', []],
    ['tencent/ap-shanghai-fsi', []],
    ['aliyun/cn-hangzhou', []],
    [
      'aws/ap-southeast-9',
      [/^vantages\.a: aws has no region ap-southeast-9 \(did you mean `ap-southeast-\d`\?\); it has us-east-1, /],
    ],
    ['aliyun/ap-guangzhou', [/^vantages\.a: aliyun has no region ap-guangzhou.*; it has cn-hangzhou, /]],
    ['tencent/us-east-1', [/^vantages\.a: tencent has no region us-east-1; it has ap-guangzhou, /]],
    ['azure/eastus', [/^vantages\.a: "azure\/eastus" is not cloud\/region/]],
  ])('%s', (place, told) => {
    expect(problemsOf(`{ a: ${place} }`)).toEqual(told.map((one) => expect.stringMatching(one)))
  })
})

const aws = { id: undefined, subnets: '[subnet-1]', groups: '[sg-1]' }
const vantageIn = (
  at: string,
  { id, subnets, groups }: { id?: string | undefined; subnets: string; groups?: string | undefined },
) =>
  `{ a: { at: ${at}, vpc: { ${id ? `id: ${id}, ` : ''}subnets: ${subnets}${groups ? `, securityGroups: ${groups}` : ''} } } }`

describe('a vantage stands in a network', () => {
  test.each([
    ['aws/ap-southeast-1', aws, { subnets: ['subnet-1'], securityGroups: ['sg-1'] }],
    [
      'tencent/ap-guangzhou',
      { id: 'vpc-1', subnets: '[subnet-1]' },
      { id: 'vpc-1', subnets: ['subnet-1'], securityGroups: [] },
    ],
    [
      'aliyun/cn-hangzhou',
      { id: 'vpc-1', subnets: '[vsw-1, vsw-2]', groups: '[sg-1]' },
      { id: 'vpc-1', subnets: ['vsw-1', 'vsw-2'], securityGroups: ['sg-1'] },
    ],
  ])('of %s', (at, network, expected) => {
    const { config } = loadConfig(textOf(vantageIn(at, network)), 'fenghuo.yml')
    expect([config?.vantages, config?.networks]).toEqual([{ a: at }, { [at]: expected }])
  })

  test.each([
    ['aws/ap-southeast-1', { ...aws, id: 'vpc-1' }, 'id: has no effect: AWS knows a VPC by its subnets'],
    ['aws/ap-southeast-1', { subnets: '[subnet-1]' }, 'securityGroups: are missing: AWS takes at least 1'],
    ['aws/ap-southeast-1', { ...aws, subnets: '[vsw-1]' }, 'subnets: "vsw-1" is none of AWS, such as subnet-1a2b3c'],
    [
      'aws/ap-southeast-1',
      { ...aws, groups: '[default]' },
      'securityGroups: "default" is no security group, such as sg-1a2b3c',
    ],
    [
      'tencent/ap-guangzhou',
      { subnets: '[subnet-1]' },
      'id: is missing: Tencent Cloud asks for it, such as vpc-1a2b3c',
    ],
    [
      'tencent/ap-guangzhou',
      { id: 'vpc-1', subnets: '[subnet-1, subnet-2]' },
      'subnets: are 2, and Tencent Cloud takes 1',
    ],
    [
      'tencent/ap-guangzhou',
      { id: 'vpc-1', subnets: '[subnet-1]', groups: '[sg-1]' },
      'securityGroups: have no effect: functions of Tencent Cloud take none',
    ],
    [
      'aliyun/cn-hangzhou',
      { id: 'vpc-1', subnets: '[vsw-1]', groups: '[sg-1, sg-2]' },
      'securityGroups: are too many: Alibaba Cloud takes 1',
    ],
  ])('but %s not in %o', (at, network, told) => {
    expect(problemsOf(vantageIn(at, network))).toEqual([`vantages.a.vpc.${told}`])
  })

  test('whose keys are known', () => {
    expect(problemsOf('{ a: { at: aws/ap-southeast-1, vcp: {} } }')).toEqual([
      expect.stringMatching(/^vantages\.a\.vcp: .*`vpc`/),
    ])
  })
})
