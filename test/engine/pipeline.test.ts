import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { withPipeline } from '../../cli/architecture-page.ts'
import { alerts } from '../../shared/contracts/alert.ts'
import { heartbeat } from '../../shared/contracts/heartbeat.ts'
import { report } from '../../shared/contracts/report.ts'
import { escalationMessage } from '../../shared/contracts/step.ts'
import { calls, effects, escalations, events } from '../../shared/engine/pipeline.ts'

const root = resolve(import.meta.dirname, '../..')
const intakes = Object.values({ ...events, ...escalations, ...calls, 'key of a call': calls.key })

it.each([...new Set(intakes.map(({ file, useCase }) => `${file} ${useCase}`))])('%s is a use case', async (named) => {
  const [file = '', useCase = ''] = named.split(' ')
  const module: Record<string, unknown> = await import(resolve(root, 'shared/engine', file))
  expect(module[useCase]).toBeTypeOf('function')
})

it('has every message of both queues, and no other', () => {
  const kinds = [report, heartbeat, alerts].map(({ shape }) => shape.kind.value)
  expect(Object.keys(events).sort()).toEqual(kinds.sort())
  const steps = escalationMessage.options.map(({ shape }) => shape.kind.value)
  expect(Object.keys(escalations).sort()).toEqual(steps.sort())
})

it('names only functions that are deployed', () => {
  const deployed = globSync('services/*', { cwd: root }).map((path) => path.split('/').at(-1))
  expect(deployed).toEqual(expect.arrayContaining([...new Set(intakes.map(({ service }) => service))]))
})

it('leads only to machines that it has, each of which something reaches', () => {
  const reached = new Set([
    ...intakes.flatMap(({ machines }) => machines),
    ...Object.values(effects)
      .flatMap((all) => Object.values(all))
      .flatMap((leads) => ('machine' in leads ? leads.machine : [])),
  ])
  expect([...reached].sort()).toEqual(Object.keys(effects).sort())
})

it.each([
  ['architecture.md', 'en'],
  ['architecture.zh-CN.md', 'zh'],
] as const)('docs/%s is made of it: npx node cli/schema.ts', (name, language) => {
  const page = readFileSync(resolve(root, 'docs', name), 'utf8')
  expect(page).toBe(withPipeline(page, language))
})
