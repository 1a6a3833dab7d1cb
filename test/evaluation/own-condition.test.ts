import { expect, it } from 'vitest'
import { type OwnCondition, ownConditionOf, ownId } from '../../shared/evaluation/own-condition.ts'

const conditions: OwnCondition[] = [
  { of: 'probe', vantage: 'aws/ap-southeast-1' },
  { of: 'vantage', vantage: 'globalping/CN/Shanghai/China Telecom' },
  { of: 'unobserving', vantage: 'tencent/ap-guangzhou' },
  { of: 'clock', vantage: 'aliyun/cn-hangzhou' },
  { of: 'gap', schedule: 'sre' },
  { of: 'reach', schedule: 'sre' },
  { of: 'status-copy', page: 'pay' },
  { of: 'dead-letters', queue: 'events' },
  { of: 'dead-letters', queue: 'escalation' },
]

it.each(conditions)('an id of its own, that is read as what it was: %o', (condition) => {
  expect(ownConditionOf(ownId(condition))).toEqual(condition)
})

it('no two have the same', () => {
  expect(new Set(conditions.map(ownId)).size).toBe(conditions.length)
})

it.each([
  ['pay/web', 'a check'],
  ['fenghuo/console', 'a check of the project fenghuo'],
  ['fenghuo/dead-letters-other', 'no queue of ours'],
  ['pay/probe-aws/sg', 'another project'],
])('%s is none: %s', (id) => expect(ownConditionOf(id)).toBeUndefined())
