import { expect, it } from 'vitest'
import { applyRecentSilences, applySilences } from '../../shared/engine/apply-silences.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { changeSilence, readSilences } from '../../shared/store/silences.ts'
import { at } from '../messages/notices.ts'
import { PathWorld } from './world.ts'

const silence = (changes: Partial<Silence> = {}): Silence => ({
  id: 's1',
  matchers: [[{ name: 'project', is: '=', value: 'pay' }]],
  startsAt: at('02:00'),
  endsAt: at('02:23'),
  by: '林悦',
  comment: 'upgrade',
  changedAt: at('02:00'),
  ...changes,
})
const make = (world: PathWorld, changes: Partial<Silence> = {}) =>
  changeSilence('s1', () => silence(changes), world.io())

it('what a silence covers reaches nobody, and pages at its end if it still burns', async () => {
  const world = new PathWorld()
  await make(world)
  await world.alert('trigger')
  await world.alert('trigger', { dedupKey: 'db' })
  await world.until('02:15')
  expect([...world.calls, ...world.texts]).toEqual([])

  world.now = at('02:20')
  await world.alert('resolve', { dedupKey: 'db' })
  await world.until('02:23')
  expect(world.texts).toEqual(['ops opened'])
  expect(world.calls).toEqual(['connect +8613800000001 line:person-+8613800000001:1'])
})

it('stands in the page of what it does not cover', async () => {
  const world = new PathWorld()
  await make(world, { matchers: [[{ name: 'check', is: '=', value: 'db' }]] })
  await world.alert('trigger')
  await world.settle()

  expect(world.messages.map(({ message }) => message.notice.muted)).toEqual([
    [{ cause: { code: 'silenced', args: { silence: 's1', by: '林悦', comment: 'upgrade' } }, until: at('02:23') }],
  ])
})

it('one that begins while somebody is called stops the call', async () => {
  const world = new PathWorld()
  await world.alert('trigger')
  await world.settle()

  const made = await make(world, { startsAt: at('02:13'), changedAt: at('02:13') })
  await applySilences(made ? [made] : [], world.io())
  await world.settle()

  expect(world.calls.at(-1)).toBe('connect stop contact-1')
  expect(world.texts).toEqual(['ops opened', 'ops paused'])
  expect(world.incident().escalation.phase).toBe('paused')
})

it('it does so although others have read a moment ago that there is none', async () => {
  const world = new PathWorld()
  const { pageIo } = world
  world.pageIo = (changes) => pageIo.call(world, { ...changes, silences: async () => [] })
  await world.alert('trigger')
  await world.settle()

  const made = await make(world, { startsAt: at('02:13'), changedAt: at('02:13') })
  await applySilences(made ? [made] : [], world.io())
  await world.settle()

  expect(world.calls.at(-1)).toBe('connect stop contact-1')
})

it('one that is ended early has what still burns paged by the next minute, be whoever ended it gone', async () => {
  const world = new PathWorld()
  await make(world)
  await world.alert('trigger')
  await world.until('02:15')
  await changeSilence('s1', (one) => one && { ...one, endsAt: world.now, changedAt: world.now }, world.io())

  world.now = at('02:15:40')
  await applyRecentSilences(world.io())
  await world.settle()

  expect(world.texts).toEqual(['ops opened'])
})

it('one that has begun by itself is found within the minute', async () => {
  const world = new PathWorld()
  await make(world, { startsAt: at('02:14') })
  await world.alert('trigger')
  await world.settle()
  expect(world.calls).toHaveLength(1)

  world.now = at('02:14:10')
  await applyRecentSilences(world.io())
  await world.settle()
  expect(world.calls.at(-1)).toBe('connect stop contact-1')
})

it('what it covers is no part of a storm', async () => {
  const world = new PathWorld()
  const { pay, ...others } = world.config.projects
  if (pay === undefined) expect.fail('no project')
  world.config.projects = { ...others, pay: { ...pay, stormLimit: 1 } }
  await make(world, { matchers: [[{ name: 'key', is: '=~', value: 'db-.*' }]] })
  const alerts = ['web', 'db-1', 'db-2', 'api'].map((dedupKey) => ({
    action: 'trigger',
    dedupKey,
    project: 'pay',
    summary: dedupKey,
  }))

  await world.evaluate({ v: 1, kind: 'alerts', alerts })
  await world.settle()

  expect([world.incident('pay', 'db-1'), world.incident('pay', 'db-2')].map((one) => one.escalation.phase)).toEqual([
    'paused',
    'paused',
  ])
  expect(world.texts).toEqual(['ops opened', 'ops opened'])
})

it('a silence that nobody can read silences nothing, and is named in the log', async () => {
  const world = new PathWorld()
  await make(world)
  const [key, row] = [...world.incidents.rows].find(([name]) => name.startsWith('silences')) ?? expect.fail('no row')
  world.incidents.rows.set(key, { ...row, v: 99 })

  expect(await readSilences(world.io())).toEqual([])
  expect(world.logged).toContainEqual(expect.objectContaining({ event: 'item left out' }))
})
