import { expect, it } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const PAGE = '/incidents/1001/why'
const OF_PAY = 'a-token-of-somebody-of-pay'
const OF_SHOP = 'a-token-of-somebody-of-shop'
const OF_ALL = 'a-token-of-somebody-of-all'
const access: Access = {
  access: [
    { role: 'viewer', tokens: [OF_PAY], projects: ['pay'] },
    { role: 'admin', tokens: [OF_SHOP], projects: ['shop'] },
    { role: 'viewer', tokens: [OF_ALL] },
  ],
}
const bearing = (token: string) => ({ authorization: `Bearer ${token}` })

async function burning(config: Partial<CompiledConfig> = {}) {
  const world = new PathWorld(config)
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  return { world, visitor: new Visitor(world, { access }) }
}

it('from the page of an incident, somebody learns why they were called and why others were not', async () => {
  const { visitor } = await burning()
  const incident = await visitor.get('/incidents/1001', bearing(OF_PAY))
  expect(incident.text).toContain(`href="${PAGE}"`)
  const { status, text } = await visitor.get(PAGE, bearing(OF_PAY))

  expect(status).toBe(200)
  expect(text).toMatch(/Not called.*王磊.*their turn comes in layer 2/s)
  expect(text).toMatch(/Opened.*rule: projects\.pay has the policy default, by which/s)
  expect(text).toMatch(/rule: policies\.default\.layers\[0\] pages/)
  const { text: zh } = await visitor.get(PAGE, { ...bearing(OF_PAY), 'accept-language': 'zh' })
  expect(zh).toMatch(/没有呼叫.*王磊.*第 2 层才轮到.*规则：projects\.pay 的策略是 default/s)
})

it('what a sender writes is text there', async () => {
  const { world, visitor } = await burning()
  await world.alert('trigger', { dedupKey: 'evil', title: '<script>x</script>', summary: '<b>bold</b>' })
  await world.settle()
  const { text } = await visitor.get('/incidents/1002/why', bearing(OF_PAY))
  expect(text).toContain('&lt;script&gt;x&lt;/script&gt;')
  expect(text).not.toMatch(/<script>x|<b>bold/)
})

it('is for whoever may look at the project, and else as an incident that is not there', async () => {
  const { visitor } = await burning()
  const foreign = await visitor.get(PAGE, bearing(OF_SHOP))
  const missing = await visitor.get('/incidents/9999/why', bearing(OF_SHOP))
  expect([foreign.status, missing.status]).toEqual([404, 404])
  expect(foreign.text).toBe(missing.text.replaceAll('9999', '1001'))
  expect((await visitor.get(PAGE)).answer.headers.get('location')).toBe('/sign-in?back=%2Fincidents%2F1001%2Fwhy')
})

const project = (value: string) => [{ name: 'project', is: '=' as const, value }]
const secret = [...project('shop'), { name: 'team', is: '=' as const, value: 'secret' }]
const when = { from: '2026-11-21 00:00', to: '2026-11-30 00:00' }

it.each([
  ['a window', { maintenance: { move: { match: [project('pay'), secret], when, timezone: 'Asia/Shanghai' } } }],
  [
    'a window that may be for any',
    {
      maintenance: {
        move: { match: [[{ name: 'team', is: '!=', value: 'secret' }]], when, timezone: 'Asia/Shanghai' },
      },
    },
  ],
] as [
  string,
  Partial<CompiledConfig>,
][])('what %s is for is told to whoever may look at all of it', async (_, config) => {
  const { visitor } = await burning(config)
  for (const path of [PAGE, `/api/v1${PAGE}`]) {
    expect((await visitor.get(path, bearing(OF_ALL))).text).toMatch(/maintenance\.move is for .*team.*secret/)
    const { text } = await visitor.get(path, bearing(OF_PAY))
    expect(text).toMatch(/maintenance, move/)
    expect(text).not.toContain('secret')
  }
})

it('what an inhibition is for is told to whoever may look at its source and its target', async () => {
  const rack = { source: [secret], target: [project('pay')], equal: [] }
  const world = new PathWorld({ inhibit: { rack } })
  await world.alert('trigger', { dedupKey: 'switch', project: 'shop', labels: { team: 'secret' } })
  await world.settle()
  await world.alert('trigger')
  await world.settle()
  const { number } = world.incident('pay', 'web')
  const visitor = new Visitor(world, { access })
  for (const path of [`/incidents/${number}/why`, `/api/v1/incidents/${number}/why`]) {
    expect((await visitor.get(path, bearing(OF_ALL))).text).toMatch(/inhibit\.rack: project=shop team=secret keeps/)
    expect((await visitor.get(path, bearing(OF_PAY))).text).not.toContain('secret')
  }
})
