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
    expect([...new Set(asked)].filter((name) => !known.includes(name.replace(/_bucket$/, '')))).toEqual([])
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
  const series = (name: string, values: string) => ({ series: name, values })
  const quiet = (alertname: string, minute: number) => ({ alertname, eval_time: `${minute}m`, exp_alerts: [] })
  const fires = (alertname: string, minute: number, labels: Record<string, string>, summary: string) => ({
    ...quiet(alertname, minute),
    exp_alerts: [{ exp_labels: labels, exp_annotations: { summary } }],
  })
  const tests = {
    interval: '1m',
    input_series: [
      series('up{job="fenghuo"}', '1x15 0x45'),
      series('fenghuo_queue_messages{queue="eventsDlq"}', '0x5 1x40'),
      series('fenghuo_queue_messages{queue="events"}', '3x20 200x40'),
      series('fenghuo_canary_timestamp_seconds{queue="events"}', '0+60x30 1800x30'),
      series('fenghuo_vantage_heard_timestamp_seconds{vantage="aws/a",function="probe"}', '0+60x60'),
      series('fenghuo_vantage_heard_timestamp_seconds{vantage="aws/b",function="probe"}', '0x60'),
      series('fenghuo_incidents_open{project="pay",state="open",severity="critical"}', '1x60'),
      series('fenghuo_incidents_open{project="game",state="acknowledged",severity="critical"}', '1x60'),
    ],
    alert_rule_test: [
      quiet('FenghuoUnreachable', 20),
      fires('FenghuoUnreachable', 25, { severity: 'critical', job: 'fenghuo' }, "Fenghuo's console does not answer"),
      fires(
        'FenghuoProbeSilent',
        10,
        { severity: 'warning', vantage: 'aws/b', function: 'probe' },
        'The probe probe at aws/b has not reported for 10m 0s',
      ),
      quiet('FenghuoPathSilent', 33),
      fires(
        'FenghuoPathSilent',
        40,
        { severity: 'critical', queue: 'events' },
        'Nothing has come through the path for 10m 0s',
      ),
      quiet('FenghuoDeadLetters', 14),
      fires('FenghuoDeadLetters', 20, { severity: 'critical', queue: 'eventsDlq' }, '1 messages lie on eventsDlq'),
      quiet('FenghuoNobodyAnswers', 20),
      fires(
        'FenghuoNobodyAnswers',
        40,
        { severity: 'critical', project: 'pay' },
        'Nobody takes 1 critical incidents of pay',
      ),
      quiet('FenghuoBehind', 30),
      fires('FenghuoBehind', 40, { severity: 'warning', queue: 'events' }, '200 messages wait on the events queue'),
    ],
  }
  // JSON is YAML.
  await writeFile(cases, JSON.stringify({ rule_files: [rules], tests: [tests] }))
  const checked = spawnSync('promtool', ['check', 'rules', rules ?? ''], { encoding: 'utf8' })
  expect(checked.stderr).toBe('')
  expect(checked.status).toBe(0)
  const tested = spawnSync('promtool', ['test', 'rules', cases], { encoding: 'utf8' })
  expect(tested.stdout + tested.stderr).toContain('SUCCESS')
})
