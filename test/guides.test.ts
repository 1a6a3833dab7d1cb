import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recipientVariables } from '../shared/delivery/last-resort-settings.ts'

const root = resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** The actions of each policy that a document shows, sorted; Tencent Cloud writes its keys in lower case. */
function policiesIn(document: string): string[][] {
  const blocks = [...read(document).matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => JSON.parse(json))
  return blocks.flatMap((policy) => {
    const statements: Record<string, string | string[]>[] | undefined = policy.Statement ?? policy.statement
    return statements ? [statements.flatMap(({ Action, action }) => Action ?? action ?? []).sort()] : []
  })
}

/** What a reader of Kafka by a vendor's API calls. */
function callsOf(source: string, service: string): string[] {
  return [...read(`shared/checks/kafka-lag/${source}.ts`).matchAll(/\bcall\('(\w+)'/g)].map(
    ([, name]) => `${service}:${name}`,
  )
}

describe('the policies of the guide to', () => {
  it('Tencent Cloud are what deploying and the functions take', () => {
    const [deployer, role] = policiesIn('docs/guides/tencent.md')
    const [ofPlugin = []] = policiesIn('plugins/tencent/README.md')

    expect(deployer).toEqual([...ofPlugin.filter((one) => one !== 'cam:PassRole'), 'cam:PassRole'].sort())
    expect(role).toEqual([...callsOf('ckafka', 'ckafka'), 'sms:SendSms'].sort())
  })

  it('Alibaba Cloud are what deploying and the functions take', () => {
    const [deployer, role] = policiesIn('docs/guides/aliyun.md')

    expect(deployer).toEqual(policiesIn('plugins/aliyun/README.md')[0])
    expect(role).toEqual([...callsOf('alikafka', 'alikafka'), 'dysms:SendSms'].sort())
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

  it('name every variable of the last resort', () => {
    for (const name of recipientVariables) expect(read('docs/guides/standby.md')).toContain(`\`${name}\``)
  })
})
