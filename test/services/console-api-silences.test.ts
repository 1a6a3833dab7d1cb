import { describe, expect, it } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
import { readSilence } from '../../shared/store/silences.ts'
import { twoRegions } from '../engine/regions/regions-world.ts'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const SILENCES = '/api/v1/silences'
const iso = (at: number) => new Date(at).toISOString()

async function burning(access: Access = 'open') {
  const world = new PathWorld()
  await world.alert('trigger', {})
  await world.settle()
  return { world, program: new Visitor(world, { access }) }
}

const asked = (world: PathWorld, changes: object = {}) => ({
  as: 'lin',
  matchers: [['project=pay', 'key=web']],
  endsAt: iso(world.now + 3_600_000),
  comment: 'known',
  ...changes,
})

const codeOf = ({ text }: { text: string }) => JSON.parse(text).error?.code

describe('a silence by a program', () => {
  it('has what it covers be quiet at once, and page when it is ended', async () => {
    const { world, program } = await burning()
    const made = await program.json(SILENCES, asked(world))
    expect(made.status).toBe(200)
    const { id, by, state } = JSON.parse(made.text)
    expect({ by, state }).toEqual({ by: '林悦', state: 'now' })
    await world.settle()
    expect(JSON.parse((await program.get(`${SILENCES}/${id}`)).text).quiet).toEqual([1001])
    expect(world.incident()?.escalation.phase).toBe('paused')

    const longer = iso(world.now + 7_200_000)
    const moved = await program.json(`${SILENCES}/${id}`, { endsAt: longer }, {}, 'PATCH')
    expect(JSON.parse(moved.text).endsAt).toBe(longer)
    await world.settle()
    expect(world.incident()?.escalation.phase).toBe('paused')

    const ended = await program.json(`${SILENCES}/${id}`, { endsAt: iso(world.now) }, {}, 'PATCH')
    expect(JSON.parse(ended.text).state).toBe('over')
    await world.settle()
    expect(world.incident()?.escalation.phase).not.toBe('paused')
    expect(codeOf(await program.json(`${SILENCES}/${id}`, { endsAt: longer }, {}, 'PATCH'))).toBe('over')
  })

  it('has the region in its answer that could not be told', async () => {
    const { regions, a, b } = await twoRegions()
    const program = new Visitor(a, { access: 'open', io: () => ({ ...a.io(), peers: a.peers }) })
    const made = JSON.parse((await program.json(SILENCES, asked(a))).text)
    expect(made.missed).toBeUndefined()
    await regions.until('02:15:01')
    expect(await readSilence(made.id, b.io())).toMatchObject({ by: '林悦' })

    regions.cut()
    const moved = await program.json(`${SILENCES}/${made.id}`, { endsAt: iso(a.now + 60_000) }, {}, 'PATCH')
    expect(JSON.parse(moved.text).missed).toEqual([b.name])
    const other = await program.json(SILENCES, asked(a, { comment: 'other' }))
    expect(JSON.parse(other.text).missed).toEqual([b.name])
  })

  it('that is made shorter is over then: what it keeps quiet knows', async () => {
    const { world, program } = await burning()
    const { id } = JSON.parse((await program.json(SILENCES, asked(world))).text)
    await world.settle()
    const soon = world.now + 600_000
    await program.json(`${SILENCES}/${id}`, { endsAt: iso(soon) }, {}, 'PATCH')
    await world.settle()
    expect(world.incident()?.escalation.pause?.until).toBe(soon)
  })

  it.each([
    ['no matcher', { matchers: [['web']] }, 'bad-matcher'],
    ['no pattern', { matchers: [['team=~(']] }, 'bad-matcher'],
    ['everything', { matchers: [['project=~.*']] }, 'everything'],
    ['an end that has passed', { endsAt: iso(0) }, 'bad-end'],
    ['an end far away', { endsAt: iso(Date.UTC(2099, 1)) }, 'bad-end'],
    ['an end that is no time', { endsAt: 'tomorrow' }, 'bad-request'],
    ['no reason', { comment: ' ' }, 'bad-request'],
    ['a link that runs', { link: 'javascript:alert(1)' }, 'bad-request'],
    ['nobody', { as: 'ghost' }, 'no-contact'],
  ])('is not made for %s', async (_, changes, code) => {
    const { world, program } = await burning()
    const answer = await program.json(SILENCES, asked(world, changes))
    expect([answer.status, codeOf(answer)]).toEqual([400, code])
    expect(JSON.parse((await program.get(SILENCES)).text).silences).toEqual([])
  })

  it('is known by nobody else’s id', async () => {
    const { program } = await burning()
    for (const [method, path] of [
      ['GET', `${SILENCES}/none`],
      ['PATCH', `${SILENCES}/none`],
    ] as const)
      expect((await program.json(path, { endsAt: iso(1) }, {}, method)).status).toBe(404)
  })

  it('is the same one when its request comes again', async () => {
    const { world, program } = await burning()
    const key = { 'idempotency-key': 'deploy-of-today' }
    const [one, other] = [
      await program.json(SILENCES, asked(world), key),
      await program.json(SILENCES, asked(world), key),
    ]
    expect(JSON.parse(other.text).id).toBe(JSON.parse(one.text).id)
    expect(JSON.parse((await program.get(SILENCES)).text).silences).toHaveLength(1)
  })

  it('is another one by the same key when that is forgotten: the last one of the name is over', async () => {
    const { world, program } = await burning()
    const key = { 'idempotency-key': 'nightly-backup' }
    const { id } = JSON.parse((await program.json(SILENCES, asked(world), key)).text)
    world.now += 86_400_000
    const tonight = JSON.parse((await program.json(SILENCES, asked(world), key)).text)
    expect(tonight).toMatchObject({ state: 'now', endsAt: iso(world.now + 3_600_000) })
    expect(tonight.id).not.toBe(id)
  })

  it('of a key that begins like a pattern is listed as what it is', async () => {
    const world = new PathWorld()
    await world.alert('trigger', { dedupKey: '~(web' })
    const program = new Visitor(world)
    await program.json('/api/v1/incidents/1001/actions', { do: 'silence', as: 'lin' })
    const { status, text } = await program.get(SILENCES)
    expect([status, JSON.parse(text).silences?.[0]?.matchers]).toEqual([200, [['project=pay', 'key="~(web"']]])
  })

  it('is of the projects that its maker may act in', async () => {
    const token = 'a-token-of-the-game-project'
    const bearing = { authorization: `Bearer ${token}` }
    const { world, program } = await burning({ access: [{ role: 'responder', tokens: [token], projects: ['pay'] }] })
    expect((await program.json(SILENCES, asked(world, { matchers: [['team=shop']] }), bearing)).status).toBe(403)
    expect(
      (await program.json(SILENCES, asked(world, { matchers: [['project=pay'], ['project=game']] }), bearing)).status,
    ).toBe(403)
    const own = await program.json(SILENCES, asked(world), bearing)
    expect(own.status).toBe(200)
    const { id } = JSON.parse(own.text)
    const end = { endsAt: iso(world.now) }
    const others = new Visitor(world)
    const { id: anyones } = JSON.parse((await others.json(SILENCES, asked(world, { matchers: [['team=shop']] }))).text)
    expect((await program.get(`${SILENCES}/${anyones}`, bearing)).status).toBe(404)
    expect((await program.json(`${SILENCES}/${anyones}`, end, bearing, 'PATCH')).status).toBe(404)
    expect(JSON.parse((await program.get(SILENCES, bearing)).text).silences).toMatchObject([{ id }])
    expect((await program.json(`${SILENCES}/${id}`, end, bearing, 'PATCH')).status).toBe(200)
  })

  it('that is for other projects, too, is ended from an incident by nobody of that project alone', async () => {
    const token = 'a-token-of-the-pay-project'
    const bearing = { authorization: `Bearer ${token}` }
    const { world, program } = await burning({ access: [{ role: 'responder', tokens: [token], projects: ['pay'] }] })
    await new Visitor(world).json(SILENCES, asked(world, { matchers: [['severity=critical']] }))
    await world.settle()
    const refused = await program.json('/api/v1/incidents/1001/actions', { do: 'end-silence', as: 'lin' }, bearing)
    expect([refused.status, codeOf(refused)]).toEqual([400, 'silence-of-others'])
    await world.settle()
    expect(world.incident()?.escalation.phase).toBe('paused')

    const own = await new Visitor(world).json('/api/v1/incidents/1001/actions', { do: 'end-silence', as: 'lin' })
    expect(own.status).toBe(200)
  })

  it('is listed page by page, those that end first before the others', async () => {
    const { world, program } = await burning()
    for (const minutes of [30, 10, 20])
      await program.json(
        SILENCES,
        asked(world, { endsAt: iso(world.now + minutes * 60_000), comment: String(minutes) }),
      )
    const first = JSON.parse((await program.get(`${SILENCES}?limit=2`)).text)
    const rest = JSON.parse((await program.get(`${SILENCES}?limit=2&cursor=${first.next}`)).text)
    const comments = [...first.silences, ...rest.silences].map(({ comment }: { comment: string }) => comment)
    expect(comments).toEqual(['10', '20', '30'])
    expect(rest.next).toBeUndefined()
    expect((await program.get(`${SILENCES}?cursor=%2e%2e`)).status).toBe(400)
  })
})
