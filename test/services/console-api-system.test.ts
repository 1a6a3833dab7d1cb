import { describe, expect, it } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { type DutyRecord, dutyShape } from '../../shared/incidents/duty/record.ts'
import { dutyKey } from '../../shared/store/keys.ts'
import { held } from '../../shared/store/shape.ts'
import { PathWorld } from '../engine/world.ts'
import { MemoryTable } from '../store/memory-table.ts'
import { Visitor } from './console-visitor.ts'

const tokens = { admin: 'a-token-of-an-admin', viewer: 'a-token-of-a-viewer', pay: 'a-token-of-an-admin-of-pay' }
const access: Access = {
  access: [
    { role: 'admin', tokens: [tokens.admin] },
    { role: 'viewer', tokens: [tokens.viewer] },
    { role: 'admin', tokens: [tokens.pay], projects: ['pay'] },
  ],
}
const as = (token: string) => ({ authorization: `Bearer ${token}` })
const iso = (at: number) => new Date(at).toISOString()
const bodyOf = ({ text }: { text: string }) => JSON.parse(text)

describe('regions by a program', () => {
  const place = { own: 'ap-northeast-1', order: ['ap-southeast-1', 'ap-northeast-1'], guardMs: 60_000 }

  it('are told in their order, with who has duty, since when and why', async () => {
    const world = new PathWorld()
    const regions = new MemoryTable()
    const since = world.now - 600_000
    const why = { code: 'duty-taken', args: { by: '林悦', until: world.now + 600_000 } } as const
    const said = { region: place.own, at: since, by: '林悦', until: world.now + 600_000 }
    const history = [{ at: since, from: 'ap-southeast-1', to: place.own, why }]
    const duty = { serving: place.own, since, why, said, history } as DutyRecord
    await regions.put([{ ...dutyKey(), ...held(duty, dutyShape), version: 1 }])
    const program = new Visitor(world, { access, io: () => ({ ...world.io(), place, regions }) })

    expect(bodyOf(await program.get('/api/v1/regions', as(tokens.viewer)))).toMatchObject({
      order: place.order,
      own: place.own,
      serving: place.own,
      since: iso(since),
      why: { code: 'duty-taken', text: { en: expect.stringContaining('林悦') } },
      until: iso(world.now + 600_000),
      isWell: false,
      pages: [],
      history: [{ at: iso(since), from: 'ap-southeast-1', to: place.own }],
    })
    expect((await program.get('/api/v1/regions', as(tokens.pay))).status).toBe(403)
  })

  it('have no order where there is one alone', async () => {
    expect(bodyOf(await new Visitor(new PathWorld()).get('/api/v1/regions'))).toEqual({
      order: [],
      pages: [],
      guards: [],
      deliveries: [],
      history: [],
    })
  })
})

describe('the audit by a program', () => {
  async function audited() {
    const world = new PathWorld()
    await world.alert('trigger', {})
    await world.settle()
    const program = new Visitor(world, { access })
    for (const text of ['one', 'two', 'three']) {
      world.now += 1_000
      await program.json('/api/v1/incidents/1001/actions', { do: 'note', as: 'lin', text }, as(tokens.admin))
    }
    return { world, program }
  }

  it('is gone through page by page, the newest first, and what comes meanwhile moves nothing', async () => {
    const { world, program } = await audited()
    const first = bodyOf(await program.get('/api/v1/audit?limit=2', as(tokens.admin)))
    expect(first.deeds.map(({ at }: { at: string }) => at)).toEqual([iso(world.now), iso(world.now - 1_000)])
    expect(first.deeds[0]).toEqual({
      kind: 'asked',
      at: iso(world.now),
      who: expect.stringMatching(/^token [0-9a-f]{8}$/),
      name: '林悦',
      via: 'api',
      from: '192.0.2.7',
      action: 'note',
      path: '/api/v1/incidents/1001/actions',
      status: 200,
    })
    world.now += 1_000
    await program.json('/api/v1/incidents/1001/actions', { do: 'note', as: 'lin', text: 'late' }, as(tokens.admin))
    const second = bodyOf(await program.get(`/api/v1/audit?limit=2&cursor=${first.next}`, as(tokens.admin)))
    expect(second).toMatchObject({ deeds: [{ at: iso(world.now - 3_000) }], all: true })
    expect(second.next).toBeUndefined()
  })

  it('is of a day, of somebody, and for admins of all projects', async () => {
    const { world, program } = await audited()
    const yesterday = iso(world.now - 86_400_000).slice(0, 10)
    expect(bodyOf(await program.get(`/api/v1/audit?day=${yesterday}`, as(tokens.admin))).deeds).toEqual([])
    expect(bodyOf(await program.get('/api/v1/audit?who=nobody-such', as(tokens.admin))).deeds).toEqual([])
    expect(bodyOf(await program.get('/api/v1/audit?who=192.0.2', as(tokens.admin))).deeds).toHaveLength(3)
    expect((await program.get('/api/v1/audit?day=2026-02-31', as(tokens.admin))).status).toBe(400)
    expect((await program.get('/api/v1/audit', as(tokens.viewer))).status).toBe(403)
    expect((await program.get('/api/v1/audit', as(tokens.pay))).status).toBe(403)
  })

  it('has what was done elsewhere by the timeline', async () => {
    const world = new PathWorld()
    await world.alert('trigger', {})
    await world.settle()
    const incident = world.incident()
    const by = { contact: 'wang', name: '王磊' }
    const event = { type: 'resolve', generation: incident.generation, by, via: 'phone' } as const
    await dispatchToIncident(incident, { event }, world.io())
    const [deed] = bodyOf(await new Visitor(world).get('/api/v1/audit')).deeds
    expect(deed).toMatchObject({
      kind: 'told',
      via: 'phone',
      number: 1001,
      project: 'pay',
      text: { en: expect.any(String) },
    })
  })
})

describe('maintenance windows by a program', () => {
  const once = { match: [[{ name: 'project', is: '=' as const, value: 'shop' }]], timezone: 'Asia/Shanghai' }
  const maintenance = {
    nightly: {
      match: [[{ name: 'team', is: '=' as const, value: 'x' }]],
      when: { during: ['02:00-04:00'] },
      timezone: 'Asia/Shanghai',
    },
    gone: { ...once, when: { from: '2020-01-01 00:00', to: '2020-01-02 00:00' } },
    move: { ...once, when: { from: '2030-01-01 00:00', to: '2030-01-02 00:00' } },
  }

  it('are told with when they count now, or next', async () => {
    const program = new Visitor(new PathWorld({ maintenance }))
    const { windows } = bodyOf(await program.get('/api/v1/maintenance'))
    expect(windows).toEqual([
      expect.objectContaining({ name: 'gone', state: 'over', matchers: [['project=shop']] }),
      expect.objectContaining({
        name: 'move',
        state: 'coming',
        startsAt: '2029-12-31T16:00:00.000Z',
        endsAt: '2030-01-01T16:00:00.000Z',
      }),
      expect.objectContaining({
        name: 'nightly',
        state: 'now',
        during: ['02:00-04:00'],
        endsAt: expect.stringMatching(/T20:00:00.000Z$/),
      }),
    ])
    expect(windows[0]).not.toHaveProperty('endsAt')
  })

  it('are told to whoever may read all that they may be for', async () => {
    const program = new Visitor(new PathWorld({ maintenance }), { access })
    expect(bodyOf(await program.get('/api/v1/maintenance', as(tokens.pay))).windows).toEqual([])
    expect(bodyOf(await program.get('/api/v1/maintenance', as(tokens.viewer))).windows).toHaveLength(3)
  })
})

it('the ledger of who was reached is for those who may look at all projects', async () => {
  const world = new PathWorld()
  await world.alert('trigger', {})
  await world.settle()
  const incident = world.incident()
  const { generation } = incident
  const by = { contact: 'lin', name: '林悦' }
  await dispatchToIncident(
    incident,
    { event: { type: 'acknowledge', generation, via: 'phone', key: '1', by } },
    world.io(),
  )
  const program = new Visitor(world, { access })
  const { people } = bodyOf(await program.get('/api/v1/oncall/reach', as(tokens.viewer)))

  expect(people.find(({ name }: { name: string }) => name === '林悦').channels).toContainEqual({
    channel: 'phone',
    at: expect.stringMatching(/Z$/),
    by: 'key',
  })
  expect((await program.get('/api/v1/oncall/reach', as(tokens.pay))).status).toBe(403)
})
