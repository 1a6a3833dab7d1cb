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
