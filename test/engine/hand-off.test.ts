import { expect, it } from 'vitest'
import { readTimeline } from '../../shared/store/incidents.ts'
import { directory, PathWorld, policy } from './world.ts'

const contacts = Object.fromEntries(
  ['lin', 'wang', 'zhao', 'tan'].map((name, index) => [name, { name, phone: `+861380000000${index}` }]),
)
const sre = { rotation: ['lin', 'wang', 'zhao'], handoff: '10:00', timezone: 'Asia/Shanghai', start: '2026-11-21' }

it('a hand-off between two layers: who is on call since is called next, and nobody instead of them', async () => {
  const layers = [['sre'], ['sre.next'], ['tan']].map((page) => ({ page, calls: 1, ackTimeoutMs: 300_000 }))
  const world = new PathWorld({ policies: { default: policy({ layers, rounds: 2 }) } })
  world.directory = { ...directory, contacts, schedules: { sre } }
  world.now = Date.parse('2026-11-22T09:58:00+08:00')
  await world.alert('trigger')
  await world.until(world.now + 900_000)

  const lines = await readTimeline({ project: 'pay', groupKey: 'web' }, world.io())
  const reached = lines.flatMap((line) => (line.kind === 'layer' ? [`${line.round}.${line.layer} ${line.names}`] : []))
  expect(reached).toEqual(['0.0 lin', '0.1 wang', '0.2 tan', '1.0 wang', '1.1 zhao', '1.2 tan'])
})

it('a gap passes on at once, and is noted', async () => {
  const layers = [['sre'], ['tan']].map((page) => ({ page, calls: 1, ackTimeoutMs: 300_000 }))
  const world = new PathWorld({ policies: { default: policy({ layers, rounds: 1 }) } })
  world.directory = { ...directory, contacts, schedules: { sre: { ...sre, during: ['Mon 10:00-11:00'] } } }
  world.now = Date.parse('2026-11-22T09:58:00+08:00')
  await world.alert('trigger')
  await world.settle()

  const lines = await readTimeline({ project: 'pay', groupKey: 'web' }, world.io())
  expect(lines.flatMap((line) => (line.kind === 'layer' ? [[line.names, line.notes]] : []))).toEqual([
    [[], [{ code: 'nobody-on-call', args: { schedule: 'sre' } }]],
    [['tan'], []],
  ])
  expect(world.calls).toHaveLength(1)
})
