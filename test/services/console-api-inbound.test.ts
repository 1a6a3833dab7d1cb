import { expect, it } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
import { KEY, type WayIn } from '../ingest/requests.ts'
import { beforeWayIn } from './before-way-in.ts'
import { Visitor } from './console-visitor.ts'

const TEST = '/api/v1/inbound/pay/grafana/test'
const tokens = {
  pay: 'a-token-of-somebody-of-pay',
  looks: 'a-token-of-who-looks-at-pay',
  shop: 'a-token-of-shop-alone',
}
const access: Access = {
  access: [
    { role: 'responder', tokens: [tokens.pay], projects: ['pay'] },
    { role: 'viewer', tokens: [tokens.looks], projects: ['pay'] },
    { role: 'admin', tokens: [tokens.shop], projects: ['shop'] },
  ],
}
const as = (token: string, more: object = {}) => ({ authorization: `Bearer ${token}`, ...more })

function connected(lose?: boolean[]) {
  const { world, way, deps } = beforeWayIn(lose)
  return { way, program: new Visitor(world, { access, ...deps }) }
}

const bodyOf = ({ text }: { text: string }) => JSON.parse(text)
const actions = (way: WayIn) => way.alerts.map((alert) => (alert as { action: string }).action)

it('a test goes through the real address, ends at once, and is heard of; under its key it is sent once', async () => {
  const { way, program } = connected()
  const once = as(tokens.pay, { 'idempotency-key': 'a-test-4711' })
  const first = await program.json(TEST, { key: KEY, sure: true }, once)
  expect(bodyOf(first)).toMatchObject({ result: 'taken', open: false })
  expect(actions(way)).toEqual(['trigger', 'resolve'])
  expect((await program.json(TEST, { key: KEY, sure: true }, once)).text).toBe(first.text)
  expect(actions(way)).toHaveLength(2)

  const { senders } = bodyOf(await program.get('/api/v1/inbound?limit=100&project=pay', as(tokens.looks)))
  expect(senders.filter((one: { heard?: object }) => one.heard)).toEqual([
    expect.objectContaining({
      project: 'pay',
      format: 'grafana',
      url: 'https://in.example.com/grafana/{key}',
      heard: { at: expect.stringMatching(/Z$/), alerts: 1 },
    }),
  ])
  expect(bodyOf(await program.get('/api/v1/inbound?project=pay', as(tokens.shop))).senders).toEqual([])
})

it('a test that was refused, or whose end is lost, is told as that', async () => {
  const refusing = connected()
  expect(bodyOf(await refusing.program.json(TEST, { key: 'another-key', sure: true }, as(tokens.pay)))).toMatchObject({
    result: 'refused',
    status: expect.any(Number),
    open: false,
  })
  const { program } = connected([false, true])
  expect(bodyOf(await program.json(TEST, { key: KEY, sure: true }, as(tokens.pay)))).toEqual({
    result: 'lost',
    answer: 'ETIMEDOUT',
    open: true,
  })
})

it.each([
  ['no key', TEST, { sure: true }, tokens.pay, 400, 'no-key'],
  ['a key of a megabyte', TEST, { key: 'x'.repeat(1_000) }, tokens.pay, 400, 'bad-request'],
  ['no format', '/api/v1/inbound/pay/nothing/test', { key: KEY }, tokens.pay, 404, 'not-found'],
  ['another’s project', TEST, { key: KEY, sure: true }, tokens.shop, 404, 'not-found'],
  ['who only looks', '/api/v1/inbound/pay/grafana/test', { key: KEY, sure: true }, tokens.looks, 403, 'no-role'],
])('nothing is sent for %s', async (_, path, body, token, status, code) => {
  const { way, program } = connected()
  const answer = await program.json(path, body, as(token))
  expect([answer.status, bodyOf(answer).error.code]).toEqual([status, code])
  expect(way.alerts).toEqual([])
})
