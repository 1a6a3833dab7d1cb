import { describe, expect, it } from 'vitest'
import { compileFor } from '../../shared/config/compile-for.ts'
import { loadConfig } from '../../shared/config/load.ts'

const load = (senders: string) =>
  loadConfig(
    `
vantages: { gz: tencent/ap-guangzhou }
senders: ${senders}
channels: { wecom: { type: wecom-robot, key: a-key } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
defaults: { chat: [wecom] }
projects: { pay: { title: 支付, checks: { web: { title: 收银台, http: https://pay.example.com/ } } } }
`,
    'fenghuo.yml',
  )

describe('senders by the queue itself', () => {
  it('are bound to projects and to vantages, which only evaluate has to know', () => {
    const { config, problems } = load(
      '{ AIDACKCEVSQ6C2EXAMPLE: { projects: [pay] }, AROADBQP57FF2AEXAMPLE: { vantages: [gz] } }',
    )
    const senders = {
      AIDACKCEVSQ6C2EXAMPLE: { projects: ['pay'], vantages: [] },
      AROADBQP57FF2AEXAMPLE: { projects: [], vantages: ['tencent/ap-guangzhou'] },
    }

    expect(problems).toEqual([])
    expect(config?.senders).toEqual(senders)
    if (config === undefined) return
    expect(compileFor('evaluate', config).senders).toEqual(senders)
    for (const fn of ['page', 'watch', 'ingest', 'heartbeat', 'acknowledge'] as const)
      expect(compileFor(fn, config).senders).toBeUndefined()
  })

  it.each([
    ['{ arn:aws:iam::1:user/pay: { projects: [pay] } }', /is not the unique id of an IAM user or role/],
    ['{ AKIAIOSFODNN7EXAMPLE: { projects: [pay] } }', /is not the unique id of an IAM user or role/],
    ['{ AIDACKCEVSQ6C2EXAMPLE: { projects: [paye] } }', /paye.*pay/],
    ['{ AIDACKCEVSQ6C2EXAMPLE: { vantages: [tencent/ap-guangzhou] } }', /tencent\/ap-guangzhou/],
    ['{ AIDACKCEVSQ6C2EXAMPLE: { project: pay } }', /project.*projects/],
  ])('%s is refused', (senders, message) => {
    expect(load(senders).problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)])
  })
})
