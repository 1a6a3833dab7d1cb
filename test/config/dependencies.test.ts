import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'
import { check, http, itTellsProblems, valid } from './spoilt.ts'

const checks = (lines: string) => `projects:
  shop:
    title: 商城
    checks:
      cart: { title: 购物车, ${http} }
  pay:
    title: 支付
    checks:
${lines
  .trim()
  .split('\n')
  .map((line) => `      ${line.trim()}`)
  .join('\n')}`

const one = (name: string, dependsOn: string) => `${name}: { title: 收银台, ${http}, dependsOn: ${dependsOn} }`

describe('what a check depends on', () => {
  itTellsProblems([
    [
      'a name that no check of the project has',
      'projects',
      check(`${http}, dependsOn: ‸gateway`),
      ['projects.pay.checks.web.dependsOn', 'no check is named `pay/gateway`'],
    ],
    [
      'a name of another project',
      'projects',
      checks(one('web', '‸cart')),
      ['projects.pay.checks.web.dependsOn', 'no check is named `pay/cart`'],
    ],
    [
      'a project that is none',
      'projects',
      checks(one('web', '‸shopp/cart')),
      ['projects.pay.checks.web.dependsOn', 'no check is named `shopp/cart`'],
    ],
    [
      'itself',
      'projects',
      checks(one('web', '‸web')),
      ['projects.pay.checks.web.dependsOn', 'pay/web depends on itself in a circle'],
    ],
    [
      'a circle of three, each of which is told; not one that only leads into it',
      'projects',
      checks(`${one('a', '‸b')}\n${one('b', '‸c')}\n${one('c', '‸pay/a')}\n${one('d', 'a')}`),
      ['projects.pay.checks.a.dependsOn', 'pay/a depends on itself in a circle'],
      ['projects.pay.checks.b.dependsOn', 'pay/b depends on itself in a circle'],
      ['projects.pay.checks.c.dependsOn', 'pay/c depends on itself in a circle'],
    ],
    [
      'more than one',
      'projects',
      check(`${http}, dependsOn: ‸[a, b]`),
      ['projects.pay.checks.web.dependsOn', 'must be a text, not a list'],
    ],
    [
      'as a default, where all would depend on one',
      'defaults',
      'defaults: { chat: [wecom], ‸dependsOn: web }',
      ['defaults.dependsOn', 'unknown key'],
    ],
  ])

  it('is compiled to an id: of its own project, or of the one it names', () => {
    const projects = checks(`${one('web', 'gw')}\n${one('api', 'shop/cart')}\ngw: { title: 网关, ${http} }`)
    const { config, problems } = loadConfig(Object.values({ ...valid, projects }).join('\n'), 'fenghuo.yml')

    expect(problems).toEqual([])
    expect(config?.checks.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['shop/cart', undefined],
      ['pay/web', 'pay/gw'],
      ['pay/api', 'shop/cart'],
      ['pay/gw', undefined],
    ])
  })
})

describe('how checks are judged', () => {
  itTellsProblems([
    [
      'a group of one',
      'vantages',
      'vantages: { sg: aws/ap-southeast-1 }\ngroups: { cn: ‸[sg] }',
      ['groups.cn', 'at least 2'],
    ],
    [
      'a group with a vantage that is none',
      'vantages',
      'vantages: { sg: aws/ap-southeast-1, gz: tencent/ap-guangzhou }\ngroups: { cn: [sg, ‸hz] }',
      ['groups.cn.1', 'no vantage is named `hz` (did you mean `gz`?); there are: sg, gz'],
    ],
    ['a quorum of none', 'projects', check(`${http}, quorum: ‸0`), ['projects.pay.checks.web.quorum', 'at least 1']],
    [
      'half a quorum',
      'projects',
      check(`${http}, quorum: ‸1.5`),
      ['projects.pay.checks.web.quorum', 'must be a whole number, not 1.5'],
    ],
    [
      'slower than what is usual every three hours',
      'projects',
      check(`${http}, interval: 3h, slower: ‸3`),
      ['projects.pay.checks.web.slower', 'needs an interval of at most 2h'],
    ],
    [
      'a time at which it is down already',
      'projects',
      check(`${http}, timeout: 3s, degraded: ‸3s`),
      ['projects.pay.checks.web.degraded', 'has no effect: after 3000ms it is down'],
    ],
    ['slower by nothing', 'projects', check(`${http}, slower: ‸1`), ['projects.pay.checks.web.slower', 'at least 1.5']],
    [
      'a severity that is none',
      'projects',
      check(`${http}, degradedSeverity: ‸bad`),
      ['projects.pay.checks.web.degradedSeverity', 'warning'],
    ],
    [
      'how slow a heartbeat is, which is never slow',
      'projects',
      check('heartbeat: 1d, ‸slower: 3, ‸degradedSeverity: info'),
      ['projects.pay.checks.web.slower', 'has no effect here'],
      ['projects.pay.checks.web.degradedSeverity', 'has no effect here'],
    ],
  ])

  it('is told of what is inherited, too', () => {
    const sections = { ...valid, projects: check(`${http}, slower: 3, degraded: 6s`) }
    const load = (defaults: string) => loadConfig(Object.values({ ...sections, defaults }).join('\n'), 'fenghuo.yml')

    expect(load('defaults: { chat: [wecom], timeout: 7s }').problems).toEqual([])
    const keys = load('defaults: { chat: [wecom], timeout: 5s, interval: 6h }').problems.map(({ key }) => key)
    expect(keys).toEqual(['projects.pay.checks.web.slower', 'projects.pay.checks.web.degraded'])
  })

  it('is inherited, and groups are compiled to where they are', () => {
    const sections = {
      ...valid,
      vantages: `vantages: { sg: aws/ap-southeast-1, gz: tencent/ap-guangzhou, hz: aliyun/cn-hangzhou }
groups: { cn: [gz, hz] }`,
      defaults: 'defaults: { chat: [wecom], slower: 3, quorum: 2, degradedSeverity: info }',
      projects: checks(
        `web: { title: 收银台, ${http}, quorum: 1, degradedSeverity: error }\nnightly: { title: 夜间任务, heartbeat: 1d }`,
      ),
    }
    const { config, problems } = loadConfig(Object.values(sections).join('\n'), 'fenghuo.yml')

    expect(problems).toEqual([])
    expect(config?.groups).toEqual({ cn: ['tencent/ap-guangzhou', 'aliyun/cn-hangzhou'] })
    expect(config?.checks.slice(0, 2)).toMatchObject([
      { id: 'shop/cart', slower: 3, quorum: 2, degradedSeverity: 'info' },
      { id: 'pay/web', slower: 3, quorum: 1, degradedSeverity: 'error' },
    ])
  })
})
