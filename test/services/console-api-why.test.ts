import { describe, expect, it } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const WHY = '/api/v1/incidents/1001/why'
const OF_PAY = 'a-token-of-somebody-of-pay'
const OF_SHOP = 'a-token-of-somebody-of-shop'
const access: Access = {
  access: [
    { role: 'viewer', tokens: [OF_PAY], projects: ['pay'] },
    { role: 'admin', tokens: [OF_SHOP], projects: ['shop'] },
  ],
}
const bearing = (token: string) => ({ authorization: `Bearer ${token}` })

async function burning(mounted: { access?: Access } = {}) {
  const world = new PathWorld()
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  return { world, program: new Visitor(world, mounted) }
}

describe('why an incident paged whom it paged', () => {
  it('is told by its decisions with their rules, and by those who were not called', async () => {
    const { program } = await burning()
    const why = JSON.parse((await program.get(WHY)).text)
    expect(why).toMatchObject({ number: 1001, project: 'pay', title: { en: '收银台' }, policy: 'default', changes: [] })
    expect(why.decisions[0]).toMatchObject({
      kind: 'opened',
      rule: { code: 'routed', text: { en: expect.stringMatching(/^projects\.pay has the policy default, by which/) } },
    })
    expect(why.decisions).toContainEqual(
      expect.objectContaining({ kind: 'layer', rule: expect.objectContaining({ code: 'layer-pages' }) }),
    )
    expect(why.notCalled).toContainEqual({
      contact: 'wang',
      name: '王磊',
      why: { code: 'turn-comes', text: { en: 'their turn comes in layer 2', zh: '第 2 层才轮到' } },
    })
    expect(why.notCalled.map(({ contact }: { contact: string }) => contact)).not.toContain('lin')
  })

  it('tells what a silence is for to whoever may read the silence', async () => {
    const { world, program } = await burning({ access })
    const everywhere = new Visitor(world)
    const endsAt = new Date(world.now + 3_600_000).toISOString()
    const matchers = [['project=pay'], ['project=shop', 'team=secret']]
    await everywhere.json('/api/v1/silences', { as: 'lin', matchers, endsAt, comment: 'known' })
    await world.settle()

    const ruleOf = ({ text }: { text: string }) =>
      JSON.parse(text).decisions.find(({ kind }: { kind: string }) => kind === 'paused')
    expect(ruleOf(await everywhere.get(WHY)).rule.text.en).toMatch(/^silence .* is for project=pay or project=shop/)
    const { text } = await program.get(WHY, bearing(OF_PAY))
    expect(ruleOf({ text })).not.toHaveProperty('rule')
    expect(text).not.toContain('secret')
  })

  it('is not told of what is not there, and of other projects', async () => {
    const { program } = await burning({ access })
    expect((await program.get(WHY, bearing(OF_PAY))).status).toBe(200)
    const missing = await program.get('/api/v1/incidents/9999/why', bearing(OF_PAY))
    const foreign = await program.get(WHY, bearing(OF_SHOP))
    expect([missing.status, foreign.status]).toEqual([404, 404])
    expect(foreign.text).toBe(missing.text.replaceAll('9999', '1001'))
  })
})

describe('what became of an alert', () => {
  const fate = (query: string) => `/api/v1/alerts/fate?${query}`

  it('is its incident, or why it has none', async () => {
    const { program } = await burning()
    expect(JSON.parse((await program.get(fate('key=web'))).text)).toEqual({ number: 1001 })
    expect(JSON.parse((await program.get(fate('key=db&project=pay'))).text)).toEqual({
      fate: {
        code: 'never-came',
        text: { en: expect.stringContaining('with the key db has come to pay'), zh: expect.stringContaining('db') },
      },
    })
  })

  it('is looked for where the token may look, and needs a key', async () => {
    const { program } = await burning({ access })
    expect(JSON.parse((await program.get(fate('key=web'), bearing(OF_SHOP))).text)).toHaveProperty('fate')
    expect((await program.get(fate('key=web&project=pay'), bearing(OF_SHOP))).status).toBe(403)
    expect((await program.get(fate('key='), bearing(OF_PAY))).status).toBe(400)
    expect((await program.get(fate(`key=${'x'.repeat(256)}`), bearing(OF_PAY))).status).toBe(400)
  })
})
