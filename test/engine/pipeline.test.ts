import { globSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { withPipeline } from '../../cli/architecture-page.ts'
import { alerts } from '../../shared/contracts/alert.ts'
import { functionNames } from '../../shared/contracts/functions.ts'
import { heartbeat } from '../../shared/contracts/heartbeat.ts'
import { canary } from '../../shared/contracts/peer.ts'
import { report } from '../../shared/contracts/report.ts'
import { escalationMessage } from '../../shared/contracts/step.ts'
import type { Intake } from '../../shared/engine/intake.ts'
import {
  calls,
  cloudEvents,
  effects,
  escalations,
  events,
  overflow,
  requests,
  subscribers,
} from '../../shared/engine/pipeline.ts'

const root = resolve(import.meta.dirname, '../..')
const intakes = [requests, events, overflow, cloudEvents, escalations, subscribers, calls].flatMap((all): Intake[] =>
  Object.values(all),
)

it.each([...new Set(intakes.map(({ file, useCase }) => `${file} ${useCase}`))])('%s is a use case', async (named) => {
  const [file = '', useCase = ''] = named.split(' ')
  const module: Record<string, unknown> = await import(resolve(root, 'shared', file))
  expect(module[useCase]).toBeTypeOf('function')
})

/** The functions that a file imports of use cases: their file in `shared`, and their name. */
function useCasesIn(path: string): string[] {
  const source = readFileSync(path, 'utf8')
  const from = String.raw`'(\.{1,2}\/[\w./-]+\.ts)'`
  const imports = source.matchAll(new RegExp(String.raw`^import \{([^}]+)\} from ${from}`, 'gm'))
  const late = source.matchAll(new RegExp(String.raw`const \{([^}]+)\} = await import\(${from}\)`, 'g'))
  return [...imports, ...late].flatMap(([, names = '', from = '']) => {
    const file = relative(resolve(root, 'shared'), resolve(dirname(path), from))
    if (
      !/^engine\/([\w-]+\/)?(take-[\w-]+|tell-event|watch|run-probe|check-regions|look-up-region|relay-wecom|poll-receipts|answer-peer|answer-link)\.ts$/.test(
        file,
      )
    )
      return []
    const functions = names.split(',').map((name) => name.trim())
    // Beside what carries something out stand its limits of time and its answers.
    return functions
      .filter((name) =>
        /^(take[A-Z]|(answerCall|answerLink|probe|tellEvent|watch|checkRegions|regionLookUp|relayWecom|pollReceipts|answerPeer)$)/.test(
          name,
        ),
      )
      .map((name) => `${file} ${name}`)
  })
}

/** A use case that only tells messages apart, or takes some of them by another. */
function passedOn(named: string): string[] {
  const [file = ''] = named.split(' ')
  if (['engine/take-event.ts', 'engine/answers/answer-link.ts'].includes(file))
    return useCasesIn(resolve(root, 'shared', file))
  return file === 'engine/ingest/take-cloud-event.ts' ? [named, ...useCasesIn(resolve(root, 'shared', file))] : [named]
}

it.each([...functionNames])('says what %s carries out, and nothing else', (service) => {
  const files = globSync(`services/${service}/**/*.ts`, { cwd: root }).map((path) => resolve(root, path))
  const found = files.flatMap(useCasesIn).flatMap((named) => passedOn(named))
  const said = intakes.filter((one) => one.service === service).map(({ file, useCase }) => `${file} ${useCase}`)
  expect([...new Set(found)].sort()).toEqual([...new Set(said)].sort())
})

it('has every message of the queues, and no other', () => {
  const kinds = [report, heartbeat, alerts, canary].flatMap(({ shape }) => [...shape.kind.def.values])
  expect(Object.keys(events).sort()).toEqual(kinds.sort())
  const steps = escalationMessage.def.options.flatMap(({ shape }) => [...shape.kind.def.values])
  expect(Object.keys({ ...escalations, ...subscribers }).sort()).toEqual(steps.sort())
})

it('has every function that is deployed, and no other', () => {
  const entries = globSync('services/*/{aws,tencent,aliyun}.ts', { cwd: root })
  const deployed = [...new Set(entries.map((path) => path.split('/').at(-2) ?? ''))].sort()
  expect([...new Set(intakes.map(({ service }) => service))].sort()).toEqual(deployed)
  expect([...functionNames].sort()).toEqual(deployed)
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

it('has a sender for each message of the events queue', () => {
  const sent = [requests, calls].flatMap((all): Intake[] => Object.values(all)).flatMap((one) => one.events)
  expect([...new Set(sent)].sort()).toEqual(Object.keys(events).sort())
})

it.each([
  ['architecture.md', 'en'],
  ['architecture.zh-CN.md', 'zh'],
] as const)('docs/%s is made of it: npx node cli/schema.ts', (name, language) => {
  const page = readFileSync(resolve(root, 'docs', name), 'utf8')
  expect(page).toBe(withPipeline(page, language))
})
