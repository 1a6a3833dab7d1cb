import { Hono } from 'hono/tiny'
import type { Env } from './deps.ts'

/** What the context of the console hands to a room. */
type Handed = { Bindings: Env['Bindings'] & Env['Variables']; Variables: Env['Variables'] }

/**
 * A room below `path` that is loaded when somebody first enters it: most requests are of those who were woken, and should not wait for
 * the rest.
 */
export function late(path: string, load: () => Promise<Hono<Env>>): Hono<Env> {
  let loading: Promise<(request: Request, handed: Handed['Bindings']) => Promise<Response | undefined>> | undefined
  const door = new Hono<Env>()
  door.all('*', async (c, next) => {
    loading ??= load().then((room) => opened(path, room))
    const enter = await loading.catch((error: unknown) => {
      loading = undefined
      throw error
    })
    const handed = {
      ...c.env,
      view: c.get('view'),
      session: c.get('session'),
      admitted: c.get('admitted'),
      noted: c.get('noted'),
    }
    const answer = await enter(c.req.raw, handed)
    // As the context's own: it has what was set before it, such as the cookie by which forms are known.
    return answer === undefined ? next() : c.newResponse(answer.body, answer)
  })
  return door
}

function thrown(error: Error): never {
  throw error
}

/** What answers a request in a room; undefined: there is nothing at this path. */
function opened(path: string, room: Hono<Env>) {
  const nowhere = new WeakSet<Response>()
  const house = new Hono<Handed>()
  house.use(async (c, next) => {
    c.set('view', c.env.view)
    c.set('session', c.env.session)
    c.set('admitted', c.env.admitted)
    c.set('noted', c.env.noted)
    await next()
  })
  // A room may have its own copy of Hono, whose answer to a failure would not be ours.
  room.onError(thrown)
  house.route(path, room)
  house.notFound(() => {
    const answer = new Response(null, { status: 404 })
    nowhere.add(answer)
    return answer
  })
  house.onError(thrown)
  return async (request: Request, handed: Handed['Bindings']) => {
    const answer = await house.fetch(request, handed)
    return nowhere.has(answer) ? undefined : answer
  }
}
