import { expect, it, vi } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
import { readAudit } from '../../shared/store/audit.ts'
import { readPosts } from '../../shared/store/status-posts.ts'
import { burningForOutsiders } from './burning-for-outsiders.ts'
import { Visitor } from './console-visitor.ts'

const tokens = { responder: 'a-token-of-who-responds', viewer: 'a-token-of-who-looks', shop: 'a-token-of-another' }
const access: Access = {
  access: [
    { role: 'responder', tokens: [tokens.responder], projects: ['pay'] },
    { role: 'viewer', tokens: [tokens.viewer], projects: ['pay'] },
    { role: 'admin', tokens: [tokens.shop], projects: ['shop'] },
  ],
}
const as = (token: string, more: object = {}) => ({ authorization: `Bearer ${token}`, ...more })
const bodyOf = ({ text }: { text: string }) => JSON.parse(text)
const codeOf = ({ status, text }: { status: number; text: string }) => [status, JSON.parse(text).error?.code]
const words = { as: 'lin', text: { en: 'Card payments fail.' }, state: 'identified', impact: 'major' }

async function burning() {
  const { of, numberOf } = await burningForOutsiders()
  const pathOf = (check: string) => `/api/v1/incidents/${numberOf(check)}/outsiders`
  return { of, path: pathOf('pay/web'), other: pathOf('pay/db'), program: new Visitor(of, { access }) }
}

it('outsiders are told by a program, in words written for them, and the timeline tells by whom', async () => {
  const { of, path, program } = await burning()
  expect(bodyOf(await program.get(path, as(tokens.viewer)))).toEqual({
    pages: [{ page: 'pay', languages: ['zh', 'en'], posts: [] }],
  })
  const told = bodyOf(await program.json(path, words, as(tokens.responder)))
  expect(told.pages).toMatchObject([
    {
      page: 'pay',
      state: 'identified',
      impact: 'major',
      posts: [{ state: 'identified', text: { en: 'Card payments fail.' } }],
    },
  ])
  expect(bodyOf(await program.get(path, as(tokens.viewer)))).toEqual(told)
  expect((await new Visitor(of, { access: 'closed' }).get('/status/pay')).text).toContain('Card payments fail.')
  const incident = await program.get(path.replace('/outsiders', ''), as(tokens.viewer))
  expect(incident.text).toMatch(/林悦 notes: \/status\/pay \(identified\): Card payments fail\./)
  expect(await readAudit(of.now, 10, of.io())).toMatchObject([
    { action: 'outsiders told', name: '林悦', status: 200, changes: ['Card payments fail.'] },
  ])
})

it('who leaves out how far they are says what was said last, and who repeats themselves has said it once', async () => {
  const { of, path, program } = await burning()
  const once = as(tokens.responder, { 'idempotency-key': 'told-4711' })
  await program.json(path, words, once)
  await program.json(path, words, once)
  await program.json(path, words, as(tokens.responder))
  await program.json(path, { as: 'lin', text: { zh: '仍在处理' } }, as(tokens.responder))
  expect((await readPosts('pay', of.io())).map(({ state, impact }) => [state, impact])).toEqual([
    ['identified', 'major'],
    ['identified', 'major'],
  ])
})

it.each([
  ['nothing', { text: {} }, 400, 'bad-request'],
  ['blanks', { text: { en: ' ' } }, 400, 'bad-request'],
  ['2,001 characters', { text: { en: 'x'.repeat(2_001) } }, 400, 'bad-request'],
  ['a state that is none', { state: 'gone' }, 400, 'bad-request'],
  ['nobody’s name', { as: 'ghost' }, 400, 'no-contact'],
])('with %s nothing is told', async (_, changes, status, code) => {
  const { of, path, program } = await burning()
  expect(codeOf(await program.json(path, { ...words, ...changes }, as(tokens.responder)))).toEqual([status, code])
  expect(await readPosts('pay', of.io())).toEqual([])
})

it('is for who may act in the project, and of an incident that a page is about', async () => {
  const { of, path, other, program } = await burning()
  expect(codeOf(await program.json(path, words, as(tokens.viewer)))).toEqual([403, 'no-role'])
  expect(codeOf(await program.json(path, words, as(tokens.shop)))).toEqual([404, 'not-found'])
  expect(codeOf(await program.json(other, words, as(tokens.responder)))).toEqual([409, 'no-page'])
  expect(bodyOf(await program.get(other, as(tokens.viewer)))).toEqual({ pages: [] })
  expect(await readPosts('pay', of.io())).toEqual([])
})

const planned = { text: { en: 'Read-only.' }, from: '2026-12-05T10:00:00Z', until: '2026-12-05T11:00:00Z' }

async function planning(projects?: string[]) {
  const { of, numberOf } = await burningForOutsiders()
  const grant = { role: 'responder' as const, tokens: [tokens.responder], ...(projects && { projects }) }
  const program = new Visitor(of, { access: { access: [grant, { role: 'viewer', tokens: [tokens.viewer] }] } })
  const ask = (path: string, body?: object, token = tokens.responder, key?: string) =>
    program.json(
      `/api/v1${path}`,
      body,
      as(token, key === undefined ? {} : { 'idempotency-key': key }),
      body === undefined ? 'GET' : 'POST',
    )
  return { of, ask, numberOf }
}

it('planned work is announced, listed and ended by a program, and the audit has it', async () => {
  const { of, ask } = await planning()
  const { page, id } = bodyOf(await ask('/outsiders/pay', planned))
  expect(page).toBe('pay')
  const listed = bodyOf(await ask('/outsiders', undefined, tokens.viewer)).told
  expect(listed).toMatchObject([{ page, id, from: '2026-12-05T10:00:00.000Z', components: ['checkout'] }])
  expect(listed[0].heading.en).toBe('Planned maintenance: Checkout')
  expect((await new Visitor(of, { access: 'closed' }).get('/status/pay')).text).toContain('Read-only.')
  expect(bodyOf(await ask(`/outsiders/pay/${id}/end`, { text: { en: 'Put off.' } }))).toEqual({ page, id })
  expect(bodyOf(await ask('/outsiders')).told).toEqual([])
  expect(codeOf(await ask(`/outsiders/pay/${id}/end`, {}))).toEqual([404, 'not-found'])
  const audit = of.logged.filter(({ event }) => event === 'audit').map(({ action }) => action)
  expect(audit).toEqual(expect.arrayContaining([`status announce /status/pay ${id}`, `status end /status/pay ${id}`]))
})

it('planned work is told once, and its end once, though the process dies with each answer', async () => {
  const { of, ask } = await planning()
  const { incidents } = of.io()
  const keep = incidents.putIfVersion.bind(incidents)
  let isDying = false
  vi.spyOn(incidents, 'putIfVersion').mockImplementation(async (row, expected) => {
    if (isDying && row.pk.startsWith('answer#') && expected > 0) throw new Error('died')
    return keep(row, expected)
  })
  const twice = async (path: string, body: object, key: string) => {
    isDying = true
    await ask(path, body, tokens.responder, key)
    isDying = false
    of.now += 31_000
    return ask(path, body, tokens.responder, key)
  }
  const { id } = bodyOf(await twice('/outsiders/pay', planned, 'announced-4711'))
  expect(await readPosts('pay', of.io())).toMatchObject([{ of: id, text: { en: 'Read-only.' } }])
  expect(bodyOf(await twice(`/outsiders/pay/${id}/end`, {}, 'ended-4711'))).toEqual({ page: 'pay', id })
  expect((await readPosts('pay', of.io())).map(({ state }) => state)).toEqual(['identified', 'resolved'])
  // Somebody else, who ends what is over, is told so.
  expect(codeOf(await ask(`/outsiders/pay/${id}/end`, {}))).toEqual([404, 'not-found'])
})

it.each([
  ['a page that there is not', '/outsiders/pya', {}, 404, 'not-found'],
  ['the name of what every object has', '/outsiders/constructor', {}, 404, 'not-found'],
  ['a component that there is not', '/outsiders/pay', { components: ['home'] }, 400, 'bad-request'],
  ['an end before the start', '/outsiders/pay', { until: '2026-12-05T09:00:00Z' }, 400, 'bad-request'],
  ['no text', '/outsiders/pay', { text: {} }, 400, 'bad-request'],
  ['a heading of two lines', '/outsiders/pay', { heading: { en: 'a\nb' } }, 400, 'bad-request'],
])('with %s nothing is announced', async (_, path, changes, status, code) => {
  const { of, ask } = await planning()
  expect(codeOf(await ask(path, { ...planned, ...changes }))).toEqual([status, code])
  expect(await readPosts('pay', of.io())).toEqual([])
})

it('on a page that its check is not behind an incident is told by whoever responds for all projects', async () => {
  const beyond = { ...words, page: 'pay', components: ['checkout'], heading: { en: 'Payments' } }
  const all = await planning()
  const told = bodyOf(await all.ask(`/incidents/${all.numberOf('pay/db')}/outsiders`, beyond))
  expect(told.pages).toMatchObject([{ page: 'pay', posts: [{ text: { en: 'Card payments fail.' } }] }])
  expect(bodyOf(await all.ask('/outsiders')).told).toMatchObject([{ heading: { en: 'Payments' } }])

  const own = await planning(['pay'])
  expect(codeOf(await own.ask(`/incidents/${own.numberOf('pay/db')}/outsiders`, beyond))).toEqual([403, 'no-role'])
  expect(await readPosts('pay', own.of.io())).toEqual([])
  // Names of pages are not told either: one that there is not is answered as another project's is.
  const guessed = { ...words, page: 'pya' }
  expect(codeOf(await own.ask(`/incidents/${own.numberOf('pay/web')}/outsiders`, guessed))).toEqual([403, 'no-role'])
  expect(codeOf(await all.ask(`/incidents/${all.numberOf('pay/web')}/outsiders`, guessed))).toEqual([404, 'not-found'])
  expect((await own.ask(`/incidents/${own.numberOf('pay/web')}/outsiders`, beyond)).status).toBe(200)
})
