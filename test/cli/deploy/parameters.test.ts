import { describe, expect, it } from 'vitest'
import { declaredIn } from '../../../cli/deploy/declared.ts'
import { deploymentsOf } from '../../../cli/deploy/deployments.ts'
import { parametersOf } from '../../../cli/deploy/parameters.ts'

const vantages = { sg: 'aws/sg', us: 'aws/us', gz: 'tencent/gz', sh: 'tencent/sh', hz: 'aliyun/hz' }
const all = deploymentsOf({ vantages }, 'sg')

/** What each deployment gets, by its name; those that get nothing are left out. */
function given(...params: string[]): Record<string, string[]> {
  const of = parametersOf(params, all, vantages, declaredIn)
  return Object.fromEntries(all.map((one) => [one.name, of(one)] as const).filter(([, own]) => own.length > 0))
}

describe('a parameter', () => {
  it('goes to each deployment whose configuration has it', () => {
    expect(given('alarmEmail=a@example.com')).toEqual({ 'aws/sg': ['alarmEmail=a@example.com'] })
    expect(Object.keys(given('logRetentionInDays=7'))).toEqual(['aws/sg', 'aws/us'])
  })

  it('goes to the cloud, vantage or role that is named with it', () => {
    const arn = 'acs:ram::1234567890123456:role/fenghuo-probe'

    expect(given('tencent:role=fenghuo-probe', `hz:role=${arn}`, 'primary:tables=Delete')).toEqual({
      'aws/sg': ['tables=Delete'],
      'tencent/gz': ['role=fenghuo-probe'],
      'tencent/sh': ['role=fenghuo-probe'],
      'aliyun/hz': [`role=${arn}`],
    })
    expect(given('tencent/gz:role=a', 'sh:role=b')).toEqual({ 'tencent/gz': ['role=a'], 'tencent/sh': ['role=b'] })
  })

  it('may be empty, and may hold any character', () => {
    expect(given('hz:role=', 'primary:alarmEmail=a=b:c')).toEqual({
      'aws/sg': ['alarmEmail=a=b:c'],
      'aliyun/hz': ['role='],
    })
  })

  it.each([
    ['alarmEmial=a@example.com', 'there is no such parameter as alarmEmial (did you mean `alarmEmail`?)', 'a typo'],
    ['tencent:alarmEmail=a', 'there is no such parameter as alarmEmail. There are config, role', 'not there'],
    [
      'ap-northeast-1:alarmEmail=a',
      'there is no such deployment as ap-northeast-1. There are aws/sg, aws, sg, primary',
      'no such name',
    ],
    ['alarmEmail', 'should be name=value, or deployment:name=value', 'no value'],
  ])('%s is refused', (param, reason) => {
    expect(() => given(param)).toThrow(`--param ${param}: ${reason}`)
  })

  it('that each of several regions has of its own goes to the one that is named with it, and never to all', () => {
    const several = deploymentsOf({ vantages, regions: { order: ['sg', 'us'], guardMs: 60_000 } }, 'sg')
    const of = (param: string) => parametersOf([param], several, vantages, declaredIn)
    for (const param of ['secretArn=arn', 'primary:connectInstanceId=i', 'connectInstanceId=i'])
      expect(() => of(param)).toThrow(`--param ${param}: each region has its own, write aws/sg:`)
    expect(several.map(of('us:secretArn=arn')).slice(0, 2)).toEqual([[], ['secretArn=arn']])
    expect(given('connectInstanceId=i')).toEqual({ 'aws/sg': ['connectInstanceId=i'] })
  })
})
