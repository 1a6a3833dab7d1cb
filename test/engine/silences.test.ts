import { expect, it } from 'vitest'
import { applyRecentSilences, applySilences } from '../../shared/engine/pauses/apply-silences.ts'
import { stepNow } from '../../shared/engine/step-now.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { compose } from '../../shared/messages/compose.ts'
import { changeSilence, readSilences } from '../../shared/store/silences.ts'
import { at } from '../messages/notices.ts'
import { MemoryTable } from '../store/memory-table.ts'
import { noticesIn, PathWorld, phones, policy } from './world.ts'

const chatOnly = { critical: ['chat'], error: ['chat'], warning: ['chat'], info: ['chat'] } satisfies Record<
  string,
  ['chat']
>

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

it('stands in what a robot is told when it has a turn, as it is then, in a digest as in a message of its own', async () => {
  const world = new PathWorld({ policies: { default: policy({ channels: chatOnly }) } })
  world.limits = { perMinute: 6 }
  const other = [[{ name: 'check', is: '=' as const, value: 'db' }]]
  await make(world, { matchers: other, endsAt: at('02:13:20'), comment: 'over by then' })
  for (const dedupKey of ['one', 'two', 'three', 'four', 'five']) await world.alert('trigger', { dedupKey })
  await world.until('02:13:25')
  await changeSilence('s2', () => silence({ id: 's2', matchers: other }), world.io())
  await world.until('02:13:31')

  const mutedIn = (from: number, to?: number) =>
    world.messages.slice(from, to).flatMap((each) => noticesIn(each).map(({ muted }) => muted?.[0]?.cause.args))
  expect(mutedIn(0, 2)).toEqual(Array(2).fill({ silence: 's1', by: '林悦', comment: 'over by then' }))
  expect(mutedIn(2)).toEqual(Array(3).fill({ silence: 's2', by: '林悦', comment: 'upgrade' }))
  const digest = world.messages[3]?.message
  expect(digest && compose(digest).lines.map(({ spans }) => spans.map(({ text }) => text).join(''))).toContainEqual(
    expect.stringContaining('静默中，到'),
  )
})

it('is left out of what a robot is told when it cannot be read', async () => {
  const world = new PathWorld({ policies: { default: policy({ channels: chatOnly }) } })
  world.limits = { perMinute: 3 }
  for (const dedupKey of ['one', 'two']) await world.alert('trigger', { dedupKey })
  await world.settle()
  world.incidents.query = () => Promise.reject(new Error('throttled'))
  await world.until('02:13:31')

  expect(world.texts).toEqual(['ops opened', 'ops opened'])
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

it('it does so though a layer has begun meanwhile, which had read before it that there is none', async () => {
  const world = new PathWorld()
  await world.alert('trigger')
  await world.until('02:14:14')
  const { query } = world.incidents
  world.incidents.query = async (pk, prefix) => {
    const rows = await query.call(world.incidents, pk, prefix)
    if (pk !== 'silences') return rows
    Object.assign(world.incidents, { query })
    const made = await make(world, { startsAt: world.now, changedAt: world.now })
    await applySilences(made ? [made] : [], world.io())
    return rows
  }
  await world.until('02:14:16')

  expect(world.calls.filter((call) => call.includes(phones.wang ?? ''))).toEqual([])
  expect(world.incident().escalation.phase).toBe('paused')
})

it('it does so though the list of those who are called lags a layer behind', async () => {
  const world = new PathWorld()
  await world.alert('trigger')
  await world.until('02:14:14')
  const listed = Object.assign(new MemoryTable(), { rows: new Map(world.incidents.rows) })
  await world.until('02:14:20')

  const made = await make(world, { startsAt: world.now, changedAt: world.now })
  await applySilences(made ? [made] : [], { ...world.io(), incidents: listed })
  await world.settle()

  expect(world.calls.at(-1)).toBe('connect stop contact-2')
})

it('whoever only looks whether it is silenced begins no layer before its time', async () => {
  const world = new PathWorld()
  await world.alert('trigger')
  await world.settle()
  await stepNow(world.incident(), world.io())
  await world.until('02:14:10')
  expect(world.calls).toHaveLength(1)
  await world.until('02:14:20')
  expect(world.calls.at(-1)).toContain(phones.wang)
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
