import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { metricsText } from '../../services/console/metrics.ts'
import { measure } from '../../shared/engine/console/measure.ts'
import { PathWorld } from '../engine/world.ts'

const sample = (name: string) => new URL(`../../docs/prometheus/${name}`, import.meta.url).pathname
const [dashboard, rules] = ['grafana-dashboard.json', 'alerts.yml'].map(sample)

it('dashboard and rules ask for nothing that the console does not measure', async () => {
  const source = readFileSync(new URL('../../services/console/metrics.ts', import.meta.url), 'utf8')
  const known = [...source.matchAll(/name: '(fenghuo_\w+)'/g)].map(([, name]) => name)
  for (const file of [dashboard, rules]) {
    const asked = [...readFileSync(file ?? '', 'utf8').matchAll(/\bfenghuo_\w+/g)].map(([name]) => name)
    expect(asked.length).toBeGreaterThan(3)
    expect([...new Set(asked)].filter((name) => !known.includes(name))).toEqual([])
  }
})

it('labels that are asked for are there', async () => {
  const world = new PathWorld()
  await world.alert('trigger', {})
  await world.settle()
  const text = metricsText(await measure(world.config, world.io()), { events: 3, eventsDlq: 1 })
  expect(text).toContain('fenghuo_incidents_open{project="pay",state="open",severity="critical"} 1')
  expect(text).toContain('fenghuo_queue_messages{queue="eventsDlq"} 1')
})

it('the dashboard is one that Grafana imports: panels side by side, each with a source and what it asks', () => {
  const { panels, __inputs: inputs, id } = JSON.parse(readFileSync(dashboard ?? '', 'utf8'))
  expect(id).toBeNull()
  expect(inputs).toMatchObject([{ name: 'DS_PROMETHEUS', pluginId: 'prometheus' }])
  const taken = new Set<string>()
  for (const { gridPos, targets, datasource } of panels) {
    expect(datasource.uid).toBe('${DS_PROMETHEUS}')
    expect(targets[0].expr).not.toBe('')
    expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(taken.has(`${x} ${y}`)).toBe(false)
        taken.add(`${x} ${y}`)
      }
  }
})

it('the rules fire when they should, and only then', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-rules-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const cases = join(folder, 'cases.yml')
  const silent = { alertname: 'FenghuoProbeSilent', eval_time: '10m' }
  await writeFile(
    cases,
    // JSON is YAML.
    JSON.stringify({
      rule_files: [rules],
      tests: [
        {
          interval: '1m',
          input_series: [
            { series: 'fenghuo_queue_messages{queue="eventsDlq"}', values: '0x5 1x40' },
            { series: 'fenghuo_queue_messages{queue="events"}', values: '3x60' },
            { series: 'fenghuo_vantage_heard_timestamp_seconds{vantage="aws/a",function="probe"}', values: '0+60x60' },
            { series: 'fenghuo_vantage_heard_timestamp_seconds{vantage="aws/b",function="probe"}', values: '0x60' },
            { series: 'fenghuo_incidents_open{project="pay",state="open",severity="critical"}', values: '1x60' },
            {
              series: 'fenghuo_incidents_open{project="game",state="acknowledged",severity="critical"}',
              values: '1x60',
            },
          ],
          alert_rule_test: [
            {
              ...silent,
              exp_alerts: [
                {
                  exp_labels: { severity: 'warning', vantage: 'aws/b', function: 'probe' },
                  exp_annotations: { summary: 'The probe probe at aws/b has not reported for 10m 0s' },
                },
              ],
            },
            { alertname: 'FenghuoDeadLetters', eval_time: '14m', exp_alerts: [] },
            {
              alertname: 'FenghuoDeadLetters',
              eval_time: '20m',
              exp_alerts: [
                {
                  exp_labels: { severity: 'critical', queue: 'eventsDlq' },
                  exp_annotations: { summary: '1 messages lie on eventsDlq' },
                },
              ],
            },
            { alertname: 'FenghuoNobodyAnswers', eval_time: '20m', exp_alerts: [] },
            {
              alertname: 'FenghuoNobodyAnswers',
              eval_time: '40m',
              exp_alerts: [
                {
                  exp_labels: { severity: 'critical', project: 'pay' },
                  exp_annotations: { summary: 'Nobody takes 1 critical incidents of pay' },
                },
              ],
            },
            { alertname: 'FenghuoBehind', eval_time: '40m', exp_alerts: [] },
          ],
        },
      ],
    }),
  )
  const checked = spawnSync('promtool', ['check', 'rules', rules ?? ''], { encoding: 'utf8' })
  expect(checked.stderr).toBe('')
  expect(checked.status).toBe(0)
  const tested = spawnSync('promtool', ['test', 'rules', cases], { encoding: 'utf8' })
  expect(tested.stdout + tested.stderr).toContain('SUCCESS')
})
