import { describe, expect, it } from 'vitest'
import type { EngineIo } from '../../shared/engine/io.ts'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const ACTIONS = '/api/v1/incidents/1001/actions'
const NOTE = { do: 'note', as: 'lin', text: 'rolled back' }
const repeat = (key: string) => ({ 'idempotency-key': key })

type Table = EngineIo['incidents']

/** What a process works with whose table of incidents does some things differently. */
function through(io: EngineIo, changes: (table: Table) => Partial<Table>): EngineIo {
  const changed = changes(io.incidents)
  const incidents = new Proxy(io.incidents, {
    get(table, name) {
      const own: unknown = Reflect.get(changed, name) ?? Reflect.get(table, name)
      return typeof own === 'function' ? own.bind(table) : own
    },
  })
  return { ...io, incidents }
}

async function burning(io?: (world: PathWorld) => EngineIo) {
  const world = new PathWorld()
  await world.alert('trigger', {})
  await world.settle()
  return { world, program: new Visitor(world, io && { io: () => io(world) }) }
}

const notesOf = async (program: Visitor) => {
  const { timeline } = JSON.parse((await program.get('/api/v1/incidents/1001')).text)
  return timeline.filter(({ kind }: { kind: string }) => kind === 'note').length
}

describe('a request that comes again under its key', () => {
  it('is done once, and answered as the first time', async () => {
    const { world, program } = await burning()
    const first = await program.json(ACTIONS, NOTE, repeat('note-of-tonight'))
    world.now += 3_600_000
    const second = await program.json(ACTIONS, NOTE, repeat('note-of-tonight'))

    expect([first.status, second.status]).toEqual([200, 200])
    expect(second.text).toBe(first.text)
    expect(await notesOf(program)).toBe(1)

    await program.json(ACTIONS, NOTE, repeat('another-note'))
    expect(await notesOf(program)).toBe(2)
  })

  it('says late again where it was late, though nobody has it any more', async () => {
    const { program } = await burning()
    await program.json(ACTIONS, { do: 'acknowledge', as: 'wang' })
    const late = await program.json(ACTIONS, { do: 'acknowledge', as: 'lin' }, repeat('take-it-now'))
    await program.json(ACTIONS, { do: 'give-back', as: 'wang' })

    expect(late.status).toBe(409)
    expect(await program.json(ACTIONS, { do: 'acknowledge', as: 'lin' }, repeat('take-it-now'))).toMatchObject({
      status: 409,
      text: late.text,
    })
  })

  it('is refused with another body, and nothing is done', async () => {
    const { world, program } = await burning()
    await program.json(ACTIONS, NOTE, repeat('note-of-tonight'))
    const other = await program.json(ACTIONS, { do: 'acknowledge', as: 'lin' }, repeat('note-of-tonight'))

    expect([other.status, JSON.parse(other.text).error.code]).toEqual([422, 'idempotency-key-reused'])
    expect(world.incident()?.status).toBe('open')
  })

  it('is told so while the first is being worked on', async () => {
    let release = () => {}
    const held = new Promise<void>((done) => {
      release = done
    })
    const { program } = await burning((world) =>
      through(world.io(), (table) => ({ query: async (...args) => held.then(() => table.query(...args)) })),
    )
    const first = program.json(ACTIONS, { do: 'escalate', as: 'lin' }, repeat('on-and-on-1'))
    await new Promise((done) => setImmediate(done))
    const second = await program.json(ACTIONS, { do: 'escalate', as: 'lin' }, repeat('on-and-on-1'))
    release()

    expect([second.status, JSON.parse(second.text).error.code]).toEqual([409, 'in-progress'])
    expect(second.answer.headers.get('retry-after')).toBe('1')
    expect((await first).status).toBe(200)
  })

  it.each([
    ['note', NOTE],
    ['hand-over', { do: 'hand-over', as: 'lin', to: ['wang'] }],
    ['escalate', { do: 'escalate', as: 'lin' }],
    ['resolve', { do: 'resolve', as: 'lin' }],
  ])('is done once though its first process died with its answer: %s', async (_, body) => {
    let isDying = true
    const { world, program } = await burning((alive) =>
      through(alive.io(), (table) => ({
        async putIfVersion(row, expected) {
          if (isDying && row.pk.startsWith('answer#') && expected > 0) throw new Error('died')
          return table.putIfVersion(row, expected)
        },
      })),
    )
    await program.json(ACTIONS, body, repeat('died-of-it'))
    const timeline = JSON.parse((await program.get('/api/v1/incidents/1001')).text).timeline.length
    isDying = false
    expect((await program.json(ACTIONS, body, repeat('died-of-it'))).status).toBe(409)
    world.now += 31_000
    const again = await program.json(ACTIONS, body, repeat('died-of-it'))

    expect([again.status, JSON.parse(again.text).result]).toEqual([200, 'done'])
    expect(JSON.parse((await program.get('/api/v1/incidents/1001')).text).timeline).toHaveLength(timeline)
  })

  it('may be sent again at once when it could not be done, and is forgotten after a day', async () => {
    let isDown = true
    const { world, program } = await burning((alive) =>
      through(alive.io(), (table) => ({
        async query(...args) {
          if (isDown) throw new Error('throttled')
          return table.query(...args)
        },
      })),
    )
    expect((await program.json(ACTIONS, NOTE, repeat('when-it-can'))).status).toBe(503)
    isDown = false
    expect((await program.json(ACTIONS, NOTE, repeat('when-it-can'))).status).toBe(200)
    expect(await notesOf(program)).toBe(1)

    world.now += 86_400_000
    await program.json(ACTIONS, NOTE, repeat('when-it-can'))
    expect(await notesOf(program)).toBe(2)
  })

  it.each(['short', 'with blanks in it', 'x'.repeat(129)])('has a key that is one: not %s', async (key) => {
    const { program } = await burning()
    const { status, text } = await program.json(ACTIONS, NOTE, repeat(key))
    expect([status, JSON.parse(text).error.code]).toEqual([400, 'bad-idempotency-key'])
  })
})
