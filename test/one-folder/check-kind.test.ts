import { afterEach, beforeEach, expect, it } from 'vitest'
import { configurationPage } from '../../cli/configuration-page.ts'
import { type ConfiguredDefinition, partOf, zipPatterns } from '../../plugins/config/functions.ts'
import { runChecks } from '../../shared/checks/run/run-checks.ts'
import { fenghuoSchema } from '../../shared/config/json-schema.ts'
import { loadConfig } from '../../shared/config/load.ts'
import type { Fact } from '../../shared/contracts/fact.ts'
import { factIn } from '../../shared/messages/facts.ts'
import { someIo } from '../checks/records.ts'
import { type Terminal, terminal } from '../cli/terminal.ts'

const quay = '{ title: 码头, tide: QUAY, limit: 300, almanac: true }'
const yml = (check: string) => `
vantages: { sg: aws/ap-southeast-1 }
channels: { wecom: { type: wecom-robot, key: key } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
projects: { port: { title: 港口, chat: [wecom], checks: { quay: ${check} } } }
`

function configured() {
  const { config, problems } = loadConfig(yml(quay), 'fenghuo.yml')
  expect(problems).toEqual([])
  if (config === undefined) throw new Error('no configuration')
  return config
}

it('is compiled, with what it observes', () => {
  expect(configured().checks).toMatchObject([
    { id: 'port/quay', kind: 'tide', target: 'QUAY', spec: { gauge: 'QUAY', limit: 300, almanac: true } },
  ])
})

it.each([
  { check: '{ tide: QUAY, limit: high }', key: 'limit', reason: 'a limit that is none' },
  { check: '{ tide: QUAY, limit: 300, moon: full }', key: 'moon', reason: 'a key that it has not' },
  { check: '{ tide: "*.port", limit: 300 }', key: 'tide', reason: 'many targets, of a kind that connects to one' },
])('is refused at its place: $reason', ({ check, key }) => {
  const { problems } = loadConfig(yml(check), 'fenghuo.yml')
  expect(problems).toMatchObject([{ key: `projects.port.checks.quay.${key}`, line: 5 }])
})

it('is named among the kinds when somebody writes none', () => {
  expect(JSON.stringify(loadConfig(yml('{ title: 码头 }'), 'fenghuo.yml').problems)).toMatch(/kinds are: .*\btide\b/)
})

it('stands in the published schema', () => {
  const schema = JSON.stringify(fenghuoSchema())
  expect(schema).toContain('Reads how high the water stands.')
  expect(schema).toContain('The gauge at the quay.')
})

it('stands in the documents of its keys, in both languages', () => {
  for (const language of ['zh', 'en'] as const) expect(configurationPage(language)).toContain('`tide`')
  expect(configurationPage('en')).toContain('The gauge at the quay.')
})

it('is in the package of the probe that runs its kind, with the modules that it loads', () => {
  const probe = (checks: string): ConfiguredDefinition => ({
    handler: 'services/probe/aws.handler',
    checks,
    environment: { FENGHUO_CONFIG: 'probe.json', VANTAGE: 'aws/ap-southeast-1' },
  })
  const part = partOf('probe', probe('uptime'), configured())
  expect(part.checks).toMatchObject([{ id: 'port/quay', from: ['aws/ap-southeast-1'], urgentWhen: ['down'] }])
  expect(zipPatterns(probe('uptime'), part)).toContain('services/probe/aws.almanac.js')
  expect(partOf('probe', probe('latency'), configured()).checks).toEqual([])
})

const high: Fact = { code: 'water-high', args: { level: 310, limit: 300 } }

it.each([
  { level: '299', seen: { outcome: 'up' } },
  { level: '310', seen: { outcome: 'down', fault: high } },
  { level: undefined, seen: { outcome: 'unknown', fault: { code: 'gauge-unread', args: {} } } },
])('is run by probes: $level', async ({ level, seen }) => {
  const [observation] = await runChecks(configured().checks, someIo({ QUAY: level }))
  expect(observation).toEqual({ check: 'port/quay', project: 'port', at: expect.any(Number), ...seen })
})

it('has words for its faults in both languages', () => {
  expect([factIn('zh', high), factIn('en', high)]).toEqual([
    '水位 310 厘米，限 300 厘米',
    'water at 310 cm, limit 300 cm',
  ])
})

let here: Terminal
beforeEach(() => {
  here = terminal({ env: { QUAY: '310' }, now: Date.now })
  here.write('fenghuo.yml', yml(quay))
})
afterEach(() => here.remove())

it('is run by `fenghuo check`, and shown with its fault', async () => {
  const { code, out } = await here.run('check')
  expect(code).toBe(1)
  expect(out).toMatch(/^DOWN +port\/quay +water at 310 cm, limit 300 cm$/m)
})
