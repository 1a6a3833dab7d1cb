import { describe, expect, it } from 'vitest'
import { chosenOf, deploymentsOf } from '../../../cli/deploy/deployments.ts'

const vantages = {
  sg: 'aws/ap-southeast-1',
  us: 'aws/us-east-1',
  gz: 'tencent/ap-guangzhou',
  gz2: 'tencent/ap-guangzhou',
  hz: 'aliyun/cn-hangzhou',
}
const region = 'ap-southeast-1'

function deployed({ only, at = region, order }: { only?: string[]; at?: string; order?: string[] } = {}): string[] {
  const all = deploymentsOf({ vantages, ...(order && { regions: { order, guardMs: 60_000 } }) }, at)
  const chosen = only === undefined ? all : chosenOf(all, vantages, only)
  return chosen.map(({ name, role, region, config }) => `${name} ${role} ${region} ${config}`)
}

const primary = 'aws/ap-southeast-1 primary ap-southeast-1 serverless.yml'
const us = 'aws/us-east-1 probe us-east-1 serverless.probe.yml'
const guangzhou = 'tencent/ap-guangzhou probe ap-guangzhou serverless.tencent.yml'
const hangzhou = 'aliyun/cn-hangzhou probe cn-hangzhou serverless.aliyun.yml'
const second = 'aws/us-east-1 primary us-east-1 serverless.yml'

describe('what is deployed', () => {
  it('is each place once, the primary region first', () => {
    expect(deployed()).toEqual([primary, us, guangzhou, hangzhou])
  })

  it('is the whole in each of several regions, in their order', () => {
    const order = [region, 'us-east-1']
    expect(deployed({ order })).toEqual([primary, second, guangzhou, hangzhou])
    expect(deployed({ order, only: ['primary'] })).toEqual([primary, second])
    expect(deployed({ order, only: ['us'] })).toEqual([second])
  })

  it.each([
    ['a cloud', ['tencent'], [guangzhou]],
    ['a vantage by its name', ['hz'], [hangzhou]],
    ['a vantage by its place', ['aws/us-east-1'], [us]],
    ['two names of one deployment', ['gz', 'gz2'], [guangzhou]],
    ['the primary region', ['primary'], [primary]],
    ['several, in the usual order', ['hz', 'primary'], [primary, hangzhou]],
  ])('can be only %s', (_reason, only, expected) => {
    expect(deployed({ only })).toEqual(expected)
  })

  it.each([
    ['a name that nothing has', { only: ['gzz'] }, '--only gzz: there is no such deployment (did you mean `gz`?)'],
    ['a primary region without a probe', { at: 'eu-west-1' }, 'aws/eu-west-1 is no vantage: name it'],
    [
      'a first region other than the order has',
      { at: 'us-east-1', order: [region, 'us-east-1'] },
      'ap-southeast-1 is the first of `regions`, and not us-east-1: leave --region out',
    ],
    [
      'a further region without a probe',
      { order: [region, 'eu-west-1'] },
      'aws/eu-west-1 is no vantage: name it in the configuration',
    ],
  ])('cannot be %s', (_reason, choice, message) => {
    expect(() => deployed(choice)).toThrow(message)
  })
})
