import { expect, it } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
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
  expect(of.logged).toContainEqual(expect.objectContaining({ event: 'audit', action: 'outsiders told', name: '林悦' }))
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
