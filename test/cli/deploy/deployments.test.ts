import { describe, expect, it } from 'vitest'
import { type Choice, chosenOf, deploymentsOf } from '../../../cli/deploy/deployments.ts'

const vantages = {
  sg: 'aws/ap-southeast-1',
  us: 'aws/us-east-1',
  gz: 'tencent/ap-guangzhou',
  gz2: 'tencent/ap-guangzhou',
  hz: 'aliyun/cn-hangzhou',
}
const region = 'ap-southeast-1'

function deployed({ only, ...choice }: Partial<Choice> & { only?: string[] } = {}): string[] {
  const all = deploymentsOf({ vantages }, { region, ...choice })
  const chosen = only === undefined ? all : chosenOf(all, vantages, only)
  return chosen.map(({ name, role, region, config }) => `${name} ${role} ${region} ${config}`)
}

const primary = 'aws/ap-southeast-1 primary ap-southeast-1 serverless.yml'
const us = 'aws/us-east-1 probe us-east-1 serverless.probe.yml'
const guangzhou = 'tencent/ap-guangzhou probe ap-guangzhou serverless.tencent.yml'
const hangzhou = 'aliyun/cn-hangzhou probe cn-hangzhou serverless.aliyun.yml'
const standby = 'standby standby ap-northeast-1 serverless.standby.yml'

describe('what is deployed', () => {
  it('is each place once, the primary region first', () => {
    expect(deployed()).toEqual([primary, us, guangzhou, hangzhou])
  })

  it('has a queue that stands by where one is wanted', () => {
    expect(deployed({ standby: 'ap-northeast-1' })).toEqual([primary, standby, us, guangzhou, hangzhou])
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
    ['standby where none is wanted', { only: ['standby'] }, '--only standby: there is no such deployment'],
    ['a primary region without a probe', { region: 'eu-west-1' }, 'aws/eu-west-1 is no vantage: name it'],
    ['a queue that stands by beside the first', { standby: region }, 'has to be in another region than ap-southeast-1'],
    [
      'a queue in a region that AWS has not',
      { standby: 'ap-northeast-9' },
      '--standby ap-northeast-9: AWS has no such',
    ],
  ])('cannot be %s', (_reason, choice, message) => {
    expect(() => deployed(choice)).toThrow(message)
  })
})
