import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asking } from '../cli/policies/aws-asking.ts'
import { documents, policies, withPolicies } from '../cli/policies/documents.ts'
import * as aliyun from '../plugins/aliyun/authorisation.ts'
import { probePermissions } from '../plugins/config/permissions.ts'
import { actionsByCall } from '../plugins/provider/authorisation.ts'
import * as tencent from '../plugins/tencent/authorisation.ts'
import { descriptors } from '../shared/channels/descriptors.ts'
import { lastResorts } from '../shared/channels/registered/last-resorts.ts'
import type { Grant } from '../shared/contracts/grant.ts'

const root = resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** The calls that some sources name, as `#call('CreateFunction', …)` does: by what each pattern takes out. */
function callsIn(folder: string, pattern: RegExp): string[] {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.ts'))
  const found = files.flatMap((file) => [...read(join(folder, file)).matchAll(pattern)].map(([, name = '']) => name))
  return [...new Set(found)].sort()
}

describe('the policies of the documents', () => {
  it.each(documents)('%s has them as the tables of authorisations make them', (document) => {
    expect(withPolicies(read(document)), 'run `npx node cli/policies.ts`').toBe(read(document))
  })

  it('all stand somewhere', () => {
    const all = documents.map(read).join('')
    for (const name of Object.keys(policies)) expect(all).toContain(`<!-- policy: ${name} -->`)
  })
})

describe('the tables of authorisations have a row for each call', () => {
  const rows = (...grants: Grant[][]) => [...actionsByCall(grants.flat()).keys()]
  const missing = (calls: string[], known: string[]) => calls.filter((call) => !known.includes(call))

  it.each([
    {
      who: 'who deploys to Alibaba Cloud',
      calls: callsIn('plugins/aliyun', /(?:call|once)\('(\w+)'/g),
      known: rows(aliyun.deploying3, aliyun.deploying2),
      some: 'PutAsyncInvokeConfig',
    },
    {
      who: 'who deploys to Tencent Cloud',
      calls: callsIn('plugins/tencent', /[.#]\w+(?:<.*>)?\(\s*'([A-Z][a-z]+(?:[A-Z]\w*)?)'/g),
      known: rows(tencent.deploying),
      some: 'GetFunctionEventInvokeConfig',
    },
    {
      who: 'a function on Alibaba Cloud',
      calls: [...callsIn('shared/checks/kafka-lag', /\bcall\('(Get\w+)'/g), 'SendSms'],
      known: rows(probePermissions('aliyun')),
      some: 'GetConsumerList',
    },
    {
      who: 'a function on Tencent Cloud',
      calls: [...callsIn('shared/checks/kafka-lag', /\bcall\('(Describe\w+)'/g), 'SendSms'],
      known: rows(probePermissions('tencent')),
      some: 'DescribeGroupOffsets',
    },
    {
      who: 'who asks for the health of a deployment',
      calls: callsIn('cli/doctor', /, '[a-z]+:([A-Z]\w+)'\)/g),
      known: rows(asking),
      some: 'ListEventSourceMappings',
    },
  ])('of $who', ({ calls, known, some }) => {
    expect(calls).toContain(some)
    expect(missing(calls, known)).toEqual([])
  })

  it.each([
    ['PutAsyncInvokeConfig', aliyun.deploying3, ['fc:PutFunctionAsyncInvokeConfig']],
    ['GetAsyncInvokeConfig', aliyun.deploying3, ['fc:GetFunctionAsyncInvokeConfig']],
    ['DeleteAsyncInvokeConfig', aliyun.deploying3, ['fc:DeleteFunctionAsyncInvokeConfig']],
    ['PublishVersion', aliyun.deploying2, ['fc:PublishServiceVersion']],
    ['UntagResource', aliyun.deploying2, ['fc:UnTagResource']],
    ['GetConsumerProgress', probePermissions('aliyun'), ['alikafka:ListGroup']],
    ['GetConsumerList', probePermissions('aliyun'), ['alikafka:ListGroup']],
    ['Invoke', tencent.deploying, ['scf:InvokeFunction', 'scf:Invoke']],
  ])('where the vendor calls it otherwise: %s', (call, grants, actions) => {
    expect(actionsByCall(grants).get(call)).toEqual(actions)
  })
})

describe('the guides', () => {
  const configurations = { aws: 'serverless.yml', tencent: 'serverless.tencent.yml', aliyun: 'serverless.aliyun.yml' }

  it.each(Object.entries(configurations))('%s has a line for each parameter of its configuration', (guide, file) => {
    const [, block = ''] = /\nparams:\n {2}default:\n((?: {4}.*\n)+)/.exec(read(file)) ?? []
    const declared = [...block.matchAll(/^ {4}(\w+):/gm)].map(([, name]) => name)
    const [, table = ''] = /\n\| parameter \|.*\n\|[-|]+\n((?:\|.*\n)+)/.exec(read(`docs/guides/${guide}.md`)) ?? []
    const told = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)

    expect(declared.length).toBeGreaterThan(1)
    expect(told.sort()).toEqual(declared.sort())
  })

  // A channel is its folder: what its settings are stands in docs/channels.md, made of its descriptor.
  it('say in both languages how each channel is set up, those of the last resort included', () => {
    const [en, zh] = ['channels.md', 'channels.zh-CN.md'].map((guide) =>
      [...read(`docs/guides/${guide}`).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
    )
    const types = new Set([...Object.keys(descriptors), ...lastResorts.map(({ type }) => type)])
    expect(en?.toSorted()).toEqual([...types].sort())
    expect(zh).toEqual(en)
  })
})
