import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'
import { channels, http, itTellsProblems, policy, valid } from './spoilt.ts'

describe('what is missing', () => {
  itTellsProblems([
    [
      'a title that phones say',
      'projects',
      `projects: { pay: { title: 支付, checks: { ‸web: { ${http} } } } }`,
      ['projects.pay.checks.web.title', 'is missing: phone and SMS say it'],
    ],
    [
      'the title of a project',
      'projects',
      'projects: { ‸pay: { checks: {} } }',
      ['projects.pay.title', 'is missing: phone and SMS say it'],
    ],
    [
      'the kind',
      'projects',
      'projects: { pay: { title: 支付, checks: { ‸web: { title: 收银台 } } } }',
      ['projects.pay.checks.web', 'has nothing to check: give a kind and its target'],
    ],
    [
      'whom a layer pages',
      'policies',
      policy('layers: [{ ‸calls: 2 }]').replace('{ ‸calls', '‸{ calls'),
      ['policies.default.layers.0', 'reaches nobody: write whom it pages'],
    ],
    [
      'the default policy',
      'policies',
      '‸policies: { quiet: { layers: [{ page: lin }], channels: { critical: [chat] } } }',
      ['policies.default', 'is missing: projects without a `policy` use it'],
    ],
    [
      'the type of a route',
      'channels',
      valid.channels.replace('[{ to: "+", type: connect,', '[‸{ to: "+",'),
      ['channels.phone.0.type', 'is missing: one of aliyun-ivr, aliyun-tts, connect, tencent-vms'],
    ],
    [
      'the prefix of a route',
      'channels',
      valid.channels.replace('[{ to: "+",', '[‸{'),
      ['channels.phone.0.to', 'is missing: a text'],
    ],
    [
      'a setting of a robot',
      'channels',
      channels('‸dingtalk: { secret: SECx }'),
      ['channels.dingtalk.token', 'is missing: a text'],
    ],
    [
      'whom a policy tells',
      'policies',
      policy('layers: [{ page: lin }], channels: {}').replace('default:', '‸default:'),
      ['policies.default', 'tells nobody: list in `channels`'],
    ],
    [
      'robots, where only they are told',
      'projects',
      'projects: { pay: { title: 支付, chat: ‸[] } }',
      ['projects.pay.chat', 'is missing: policy `default` tells only robots of warning'],
    ],
  ])

  it('vantages to check from, told at each check that needs one', () => {
    const text = Object.values({ ...valid, vantages: 'vantages: {}' }).join('\n')
    const { problems } = loadConfig(text, 'fenghuo.yml')
    expect(problems).toEqual([
      {
        file: 'fenghuo.yml',
        line: 14,
        column: 15,
        key: 'projects.pay.checks.web.from',
        code: 'vantages-missing',
        message: 'is missing: there are no `vantages` to check from',
        zh: '没有写：没有 `vantages`，无处可以执行检查',
      },
    ])
  })
})
