import { describe, expect, it } from 'vitest'
import { usual } from '../../shared/ingest/aws/outcomes.ts'
import { factIn } from '../../shared/messages/facts.ts'

const known = Object.entries(usual).flatMap(([thing, states]) => Object.keys(states).map((state) => ({ thing, state })))

describe('what AWS reports', () => {
  it.each(known)('$thing in $state has words in both languages', ({ thing, state }) => {
    const fact = { code: 'aws-change', args: { thing, id: '1', state } }
    const [zh, en] = [factIn('zh', fact), factIn('en', fact)]
    expect(zh.replace(/EMR|EC2|ECS|RDS|AWS|CloudWatch/, '')).not.toMatch(/[a-z]/i)
    expect(en).not.toMatch(/\p{Script=Han}|undefined/u)
  })

  it('tells a state that nobody foresaw as AWS writes it', () => {
    const fact = { code: 'aws-change', args: { thing: 'ec2', id: 'i-1', state: 'BENT', from: 'constructor' } }
    expect(factIn('zh', fact)).toBe('EC2 实例 i-1 BENT，此前 constructor')
    expect(factIn('en', fact)).toBe('EC2 instance i-1 BENT, was constructor')
  })
})
