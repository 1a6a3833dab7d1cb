import { expect, it } from 'vitest'
import { type Access, sessionOf } from '../../services/console/access/admission.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const ADMIN = 'a-token-of-somebody-who-rules'
const RESPONDER = 'a-token-of-somebody-who-acts'
const person = { id: 'https://idp.example.com#lin', name: '林悦', email: 'lin@example.com', groups: [] }
const access: Access = {
  oidc: { issuer: 'https://idp.example.com', clientId: 'fenghuo', groups: 'groups' },
  access: [
    { role: 'responder', who: ['lin@example.com'] },
    { role: 'admin', tokens: [ADMIN] },
    { role: 'responder', tokens: [RESPONDER] },
  ],
}

/** A browser in which somebody has signed in. */
function signedIn(world: PathWorld, io?: () => EngineIo): Visitor {
  const visitor = new Visitor(world, { access, ...(io && { io }) })
  visitor.cookies.set('__Host-fenghuo-person', sessionOf(person, world.now, 'secret'))
  return visitor
}

const statusOf = async (visitor: Visitor) => (await visitor.get('/')).status
const end = (visitor: Visitor, who: string, token = ADMIN) =>
  visitor.json('/api/v1/sessions/end', { who }, { authorization: `Bearer ${token}` })

it('sessions end everywhere by the button, and a new one may be begun', async () => {
  const world = new PathWorld()
  const [phone, desk] = [signedIn(world), signedIn(world)]
  const { text } = await phone.get('/')
  expect(await statusOf(desk)).toBe(200)
  await phone.press(text, '/sign-out', {})
  world.now += 20_000
  expect(await statusOf(desk)).toBe(200)

  const again = signedIn(world)
  await again.press((await again.get('/')).text, '/sign-out', { where: 'everywhere' })
  world.now += 20_000
  expect(await statusOf(desk)).toBe(303)
  expect(await statusOf(signedIn(world))).toBe(200)
})

it.each([
  'lin@example.com',
  'Lin@Example.com',
  person.id,
])('who has left is signed out by an admin as %s', async (who) => {
  const world = new PathWorld()
  const desk = signedIn(world)
  const other = new Visitor(world, { access })
  expect((await end(other, who)).status).toBe(200)
  expect(await statusOf(desk)).toBe(303)
  expect(world.logged).toContainEqual(expect.objectContaining({ event: 'audit', action: 'end-sessions', status: 200 }))
})

it('a responder ends nobody’s', async () => {
  const world = new PathWorld()
  const desk = signedIn(world)
  expect((await end(new Visitor(world, { access }), 'lin@example.com', RESPONDER)).status).toBe(403)
  expect(await statusOf(desk)).toBe(200)
})

it('somebody who is signed in stays so while the table does not say otherwise', async () => {
  const world = new PathWorld()
  const io = () => {
    const real = world.io()
    const incidents = new Proxy(real.incidents, {
      get(table, name) {
        if (name === 'getMany') return () => Promise.reject(new Error('throttled'))
        const own: unknown = Reflect.get(table, name)
        return typeof own === 'function' ? own.bind(table) : own
      },
    })
    return { ...real, incidents }
  }
  expect(await statusOf(signedIn(world, io))).toBe(200)
  expect(world.logged).toContainEqual(expect.objectContaining({ event: 'sessions not looked up' }))
})

it.each([
  ['/incidents/1001', { do: 'note', text: 'rolled back to 1.8' }],
  ['/oncall', { do: 'make', note: '林悦看病' }],
  ['/incidents/1001/outsiders', { zh: '正在处理支付失败', en: 'Payments fail: we are on it' }],
])('a session that ends while somebody writes at %s keeps all that they wrote', async (path, written) => {
  const world = new PathWorld()
  const visitor = signedIn(world)
  world.now += 43_300_000
  const { status, text } = await visitor.post(path, written)
  expect(status).toBe(401)
  for (const [name, value] of Object.entries(written)) if (name !== 'do') expect(text).toContain(value)
})
