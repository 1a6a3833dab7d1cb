import { expect, it, vi } from 'vitest'
import { urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import { answerLink } from '../../shared/engine/answers/answer-link.ts'
import { signLink } from '../../shared/incidents/acknowledge-link.ts'
import { directory, PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const INCIDENT = '/incidents/1001'
const token = 'a-token-of-an-admin-of-all'
const access = { access: [{ role: 'admin' as const, tokens: [token] }] }
const bearer = { authorization: `Bearer ${token}` }

/** `web` is down, and each process that works on it dies at a write: before that has taken effect, or after. */
async function dying() {
  const world = new PathWorld()
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  let death: { at: number; before: boolean } | undefined
  let writes = 0
  const mortal =
    <A extends unknown[], T>(write: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const now = writes++
      if (death === undefined) return write(...args)
      if (now > death.at || (now === death.at && death.before)) throw new Error('died')
      const done = await write(...args)
      if (now === death.at) throw new Error('died')
      return done
    }
  const { incidents } = world
  incidents.put = mortal(incidents.put.bind(incidents))
  incidents.putIfVersion = mortal(incidents.putIfVersion.bind(incidents))
  incidents.count = mortal(incidents.count.bind(incidents))
  /** Does something in a process that dies; how many writes it would have had. */
  const die = async (at: number, before: boolean, act: () => Promise<unknown>): Promise<number> => {
    ;[writes, death] = [0, { at, before }]
    await act().catch(() => undefined)
    death = undefined
    return writes
  }
  const audit = async () => (await new Visitor(world, { access }).get('/system/audit', bearer)).text
  return { world, die, audit }
}

function pressLink(world: PathWorld) {
  const t = signLink({ incident: 'pay#1#web', contact: 'lin', expiresAt: world.now + 60_000 }, 'secret')
  const body = new URLSearchParams({ t, contact: 'lin' }).toString()
  const request = urlRequestOf({ rawPath: '/ack', requestContext: { http: { method: 'POST' } }, body })
  const deps = { secret: 'secret', language: world.config.language, directory: async () => directory }
  return answerLink(request, deps, world.io())
}

type Dying = Awaited<ReturnType<typeof dying>>

const silence = { as: 'lin', matchers: [['project=pay']], endsAt: '2026-12-05T04:00:00Z', comment: 'deploy' }
const deeds: {
  what: string
  path: string
  act(world: Dying['world']): Promise<unknown>
  isDone(text: Dying): boolean
}[] = [
  {
    what: 'a press on the console',
    path: INCIDENT,
    act: async (world) => {
      const visitor = new Visitor(world)
      return visitor.press((await visitor.get(INCIDENT)).text, INCIDENT, { do: 'acknowledge', contact: 'lin' })
    },
    isDone: ({ world }) => world.incident()?.status === 'acknowledged',
  },
  {
    what: 'a press on a link',
    path: INCIDENT,
    act: pressLink,
    isDone: ({ world }) => world.incident()?.status === 'acknowledged',
  },
  {
    what: 'a silence by the API',
    path: '/api/v1/silences',
    act: (world) => new Visitor(world, { access }).json('/api/v1/silences', silence, bearer),
    isDone: ({ world }) => [...world.incidents.rows.keys()].some((key) => key.includes('silence')),
  },
]

const deaths = Array.from({ length: 6 }, (_, at) => [true, false].map((before) => ({ at, before }))).flat()

it.each(
  deeds.flatMap((deed) => deaths.map((death) => ({ ...deed, ...death }))),
)('$what is in the audit whenever it is done, though its process dies at write $at (before it: $before)', async ({
  path,
  act,
  isDone,
  at,
  before,
}) => {
  const world = await dying()
  const writes = await world.die(at, before, () => act(world.world))
  const text = await world.audit()
  const isInIt = text.includes(`</code> ${path} `)

  if (isDone(world)) expect(isInIt).toBe(true)
  if (writes === at) expect(text).toContain(', done<')
  else if (at === 0 && before) expect([isDone(world), isInIt]).toEqual([false, false])
  else if (at === 0) expect(text).toContain('begun, its end is not known')
})

it('a press on a link does not wait for an audit that is slow, and its end stands there once both are written', async () => {
  const { world, audit } = await dying()
  const { put } = world.incidents
  const slow = Promise.withResolvers<void>()
  world.incidents.put = async (rows) => {
    if (rows.some(({ pk }) => pk.startsWith('audit#'))) await slow.promise
    return put(rows)
  }
  const answer = pressLink(world)

  await vi.waitFor(() => expect(world.incident()?.status).toBe('acknowledged'))
  slow.resolve()
  expect((await answer).statusCode).toBe(200)
  expect(await audit()).toContain(', done<')
})
