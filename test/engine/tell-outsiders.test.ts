import { expect, it } from 'vitest'
import type { CompiledStatusPage } from '../../shared/contracts/status-page.ts'
import { announce, endTold } from '../../shared/engine/status/announce.ts'
import { noteUpdate, postUpdate } from '../../shared/engine/status/post-update.ts'
import { type Told, toldIn } from '../../shared/incidents/status/post.ts'
import { listIncidents, readTimeline } from '../../shared/store/incidents.ts'
import { readPosts } from '../../shared/store/status-posts.ts'
import { checksFrom, MINUTE, Probes } from './probes.ts'

const sg = 'aws/ap-southeast-1'
const page: CompiledStatusPage = {
  title: { zh: '示例', en: 'Example' },
  languages: ['zh', 'en'],
  components: {
    checkout: { title: { zh: '收银台', en: 'Checkout' }, checks: ['pay/web', 'pay/api'] },
    reports: { title: { zh: '报表', en: 'Reports' }, checks: ['pay/db'] },
  },
}
const automatic = { ...page, automaticAfterMs: 5 * MINUTE }

function world(status: Record<string, CompiledStatusPage>, more: object = {}): Probes {
  const made = new Probes({ checks: checksFrom(['web', 'api', 'db'], [sg]), status, ...more })
  made.config.vantages = { sg }
  return made
}

async function told(of: Probes, slug = 'pay'): Promise<Told[]> {
  return toldIn(await readPosts(slug, of.io()))
}

it('what lasts is told once, by itself, and so is its end; what was short is told to nobody', async () => {
  const of = world({ pay: automatic })
  await of.minutes(3, { [sg]: 'duu' })
  await of.minutes(3, { [sg]: 'uuu' })
  expect(await told(of)).toEqual([])

  await of.minutes(9, { [sg]: 'duu' })
  const [one, ...others] = await told(of)
  expect(others).toEqual([])
  expect(one).toMatchObject({ state: 'investigating', impact: 'partial', components: ['checkout'] })
  expect(one?.posts).toHaveLength(1)

  await of.minutes(4, { [sg]: 'uuu' })
  const [over] = await told(of)
  expect(over?.posts.map(({ state }) => state)).toEqual(['resolved', 'investigating'])
  await of.minutes(5, { [sg]: 'uuu' })
  expect((await told(of))[0]?.posts).toHaveLength(2)

  // The same trouble again is something new for them.
  await of.minutes(9, { [sg]: 'duu' })
  expect((await told(of)).map(({ state }) => state)).toEqual(['investigating', 'resolved'])
})

it('is told of by people alone where that is so, and nobody ends it for them', async () => {
  const of = world({ pay: page })
  await of.minutes(9, { [sg]: 'ddd' })
  expect(await told(of)).toEqual([])
  const [incident] = await listIncidents('open', 9, of.io())
  if (incident === undefined) return expect.unreachable()
  const posted = await postUpdate(incident, { text: { en: 'We look.' } }, { pay: page }, of.io())
  await of.minutes(9, { [sg]: 'uuu' })
  expect(posted).toMatchObject([{ page: 'pay', state: 'investigating' }])
  expect(await told(of)).toMatchObject([{ state: 'investigating', posts: [{ text: { en: 'We look.' } }] }])
})

it('what somebody has told is not told again by itself, and keeps what it was told last', async () => {
  const of = world({ pay: automatic })
  await of.minutes(3, { [sg]: 'duu' })
  const [incident] = await listIncidents('open', 9, of.io())
  if (incident === undefined) return expect.unreachable()
  const tell = (update: Parameters<typeof postUpdate>[1]) => postUpdate(incident, update, { pay: automatic }, of.io())
  await tell({ text: { en: 'Cards fail.' }, heading: { en: 'Cards' }, impact: 'major', components: ['reports'] })
  await tell({ text: { en: 'Found it.' }, state: 'identified' })
  await tell({ text: { en: 'Still on it.' } })
  await of.minutes(9, { [sg]: 'duu' })
  const [one, ...others] = await told(of)
  expect(others).toEqual([])
  expect(one).toMatchObject({ state: 'identified', impact: 'major', components: ['reports'], heading: { en: 'Cards' } })
  expect(one?.posts.map(({ text }) => text.en)).toEqual(['Still on it.', 'Found it.', 'Cards fail.'])

  const posted = await tell({ text: { en: 'Well again.' }, state: 'resolved' })
  await noteUpdate(incident, { posted, text: { en: 'Well again.' }, by: '林悦' }, of.io())
  await of.settle()
  const notes = (await readTimeline(incident, of.io())).filter(({ kind }) => kind === 'note')
  expect(JSON.stringify(notes)).toContain('/status/pay (resolved): Well again.')
})

it('maintenance is planned, and no incident for outsiders', async () => {
  const match = [[{ name: 'project', is: '=' as const, value: 'pay' }]]
  const when = { from: '2026-11-22 01:00', to: '2026-11-22 04:00' }
  const of = world({ pay: automatic }, { maintenance: { move: { match, when, timezone: 'Asia/Shanghai' } } })
  await of.minutes(12, { [sg]: 'ddd' })
  expect(await told(of)).toEqual([])
})

it('what is announced is ended by its name, once', async () => {
  const of = world({ pay: page })
  const planned = { from: of.now + MINUTE, until: of.now + 9 * MINUTE }
  await announce('pay', { of: 'w1', text: { en: 'Read-only.' }, components: ['checkout'], planned }, of.io())
  expect(await endTold('pay', 'w2', { text: {} }, of.io())).toBe(false)
  expect(await endTold('pay', 'w1', { text: {} }, of.io())).toBe(true)
  expect(await endTold('pay', 'w1', { text: {} }, of.io())).toBe(false)
  expect(await told(of)).toMatchObject([{ of: 'w1', planned, state: 'resolved', components: ['checkout'] }])
})
