import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import { jsonIn } from '../../../shared/contracts/json-in.ts'
import { type Bilingual, inBoth } from '../../../shared/contracts/words.ts'
import type { Action } from '../../../shared/engine/console/action.ts'
import type { Measured } from '../../../shared/engine/console/measure.ts'
import { viewIncident } from '../../../shared/engine/console/view-incident.ts'
import { viewList } from '../../../shared/engine/console/view-list.ts'
import { consoleWords } from '../../../shared/messages/console.ts'
import type { ApiWords } from '../../../shared/messages/console-api.ts'
import { signInWords } from '../../../shared/messages/sign-in.ts'
import { readableIncident } from '../access/gates.tsx'
import type { ConsoleDeps, Env } from '../deps.ts'
import { isOwnPage } from '../guard.ts'
import type { People } from '../pages/actions.tsx'
import { vendorsLate } from '../vendors.ts'
import { actedResource, checksResource, incidentResource, wholeResource } from './resources.ts'

/** The most incidents that a page of a list has, and how many without being asked. */
const MOST = 100
const USUAL = 50

/** Makes what programs ask below `/api/v1`: what the pages show and do. */
export function apiRoutes(
  deps: ConsoleDeps,
  { people, measured }: { people(project: string): Promise<People>; measured(): Promise<Measured> },
): Hono<Env> {
  const { config } = deps
  const api = new Hono<Env>()
  const reading = () => ({ timezone: config.timezone, now: deps.io().now() })

  // What reads and describes requests is a third of all that the pages need: it is loaded for programs alone.
  api.get('/openapi.json', async (c) => c.json((await import('./openapi.data.ts')).openapi))

  api.get('/incidents', async (c) => {
    const { status = 'open', limit: asked = String(USUAL), cursor } = c.req.query()
    const limit = Number(asked)
    if (status !== 'open' && status !== 'resolved')
      return refuse(c, 400, 'bad-status', await said((say) => say.oneOf('status', 'open, resolved')))
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
      return refuse(c, 400, 'bad-limit', await said((say) => say.oneOf('limit', `1…${MOST}`)))
    const page = await viewList(status, limit, cursor, deps.io())
    if (page === undefined) return refuse(c, 400, 'bad-cursor', await said((say) => say.cursor))
    const { rights } = c.get('admitted')
    const mine = page.incidents.filter(({ project }) => rights.can('viewer', project))
    const incidents = mine.map((one) => incidentResource(one, reading()))
    return c.json({ incidents, ...(page.next !== undefined && { next: page.next }) })
  })

  api.get('/incidents/:number{[0-9]+}', async (c) => {
    const number = c.req.param('number')
    const seen = readableIncident(await viewIncident(Number(number), config, deps.io()), c.get('admitted').rights)
    return seen === undefined ? notFound(c, number) : c.json(wholeResource(seen, await vendorsLate(), reading()))
  })

  api.post('/incidents/:number{[0-9]+}/actions', async (c) => {
    if (!isOwnPage(c.req.raw.headers, deps.originFor(c.req.header('host') ?? '')))
      return refuse(
        c,
        403,
        'foreign',
        inBoth((language) => consoleWords[language].notForeign),
      )
    const { act } = await import('./schemas.ts')
    const parsed = act.safeParse(jsonIn(await c.req.text()))
    if (!parsed.success) return refuse(c, 400, 'bad-request', (await import('./mistakes.ts')).mistakesIn(parsed.error))
    const number = Number(c.req.param('number'))
    const { rights } = c.get('admitted')
    const found = readableIncident(await viewIncident(number, config, deps.io()), rights)
    if (found === undefined) return notFound(c, c.req.param('number'))
    if (!rights.can('responder', found.incident.project))
      return refuse(
        c,
        403,
        'no-role',
        inBoth((language) => signInWords[language].mayNot),
      )
    const those = await people(found.incident.project)
    const { as, seen, ...asked } = parsed.data
    c.set('action', asked.do)
    const name = Object.hasOwn(those.contacts, as) ? those.contacts[as] : undefined
    if (name === undefined)
      return refuse(c, 400, 'no-contact', await said((say) => say.nobody('as', Object.keys(those.contacts).join(', '))))
    const names = [...Object.keys(those.contacts), ...those.schedules]
    if (asked.do === 'hand-over' && !asked.to.every((one) => names.includes(one)))
      return refuse(c, 400, 'no-contact', await said((say) => say.nobody('to', names.join(', '))))
    const who = { number, by: { contact: as, name }, via: 'api' as const, ...(seen !== undefined && { seen }) }
    const { takeAction } = await import('../../../shared/engine/console/take-action.ts')
    const acted = await takeAction(asked as Action, who, deps.io())
    if (acted.result === 'unknown') return notFound(c, c.req.param('number'))
    return c.json(actedResource(acted.result, acted.incident, reading()), acted.result === 'done' ? 200 : 409)
  })

  api.get('/checks', async (c) => {
    const { rights } = c.get('admitted')
    const all = await measured()
    return c.json(checksResource({ ...all, checks: all.checks.filter(({ project }) => rights.can('viewer', project)) }))
  })

  api.all('*', (c) =>
    refuse(
      c,
      404,
      'not-found',
      inBoth((language) => consoleWords[language].notFound),
    ),
  )
  return api
}

function notFound(c: Context, number: string): Response {
  return refuse(
    c,
    404,
    'not-found',
    inBoth((language) => consoleWords[language].noSuchIncident(number)),
  )
}

function refuse(c: Context, status: 400 | 403 | 404, code: string, message: Bilingual): Response {
  return c.json({ error: { code, message } }, status)
}

/** Loaded when a program has asked for what cannot be. */
async function said(of: (say: ApiWords) => string): Promise<Bilingual> {
  const { apiWords } = await import('../../../shared/messages/console-api.ts')
  return inBoth((language) => of(apiWords[language]))
}
