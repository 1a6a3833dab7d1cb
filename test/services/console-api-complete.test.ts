import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { linkRoutes } from '../../services/console/access/link.tsx'
import { signInRoutes } from '../../services/console/access/sign-in.tsx'
import { signOutRoutes } from '../../services/console/access/sign-out.tsx'
import { doneWords } from '../../services/console/action-form.ts'
import { contract, type OperationId } from '../../services/console/api/contract.ts'
import { openapi } from '../../services/console/api/openapi.data.ts'
import { rooms } from '../../services/console/app.tsx'
import { statusRoutes } from '../../services/console/status.ts'
import { overrideDoings } from '../../services/console/take-override.ts'
import { swapDoings } from '../../services/console/take-swap.ts'
import { PathWorld } from '../engine/world.ts'
import { consoleOf, depsOf } from './console-visitor.ts'

/** By which operations programs do what a page shows or takes; or why that is for people alone. */
type Answer = OperationId[] | { people: string }

const OWN = { people: 'what this browser shows, and to whom: a program says so in each request' }
const SIGN_IN = { people: 'how people sign in and out: a program has its token' }
const OUTSIDERS = { people: 'for outsiders, who have no token: as JSON and RSS beside it' }

/** Every address of the console. */
const pages: Record<string, Answer> = {
  'GET /': ['listIncidents', 'readProofs'],
  'GET /assets/:name': { people: 'styles, scripts and pictures of pages' },
  'GET /incidents/:number': ['readIncident', 'readStrips'],
  'POST /incidents/:number': ['takeAction'],
  'GET /incidents/:number/:file': ['readPostMortem', 'readIncident'],
  'GET /incidents/:number/outsiders': ['readTold'],
  'POST /incidents/:number/outsiders': ['tellOutsiders'],
  'GET /incidents/:number/why': ['whyIncident'],
  'GET /silences': ['listSilences', 'readSilence'],
  'POST /silences/:id': ['changeSilence'],
  'GET /checks': ['listChecks', 'readHistory'],
  'GET /checks/kafka': ['listGroups', 'readGroup'],
  'GET /checks/:id': ['readCheck', 'readHistory'],
  'GET /inbound': ['listSenders'],
  'GET /inbound/:project': ['listSenders'],
  'GET /inbound/:project/:format': ['listSenders'],
  'POST /inbound/:project/:format': ['testInbound'],
  'GET /oncall': ['listSchedules', 'listOverrides', 'listSwaps'],
  'POST /oncall': ['makeOverride', 'removeOverride', 'askSwap', 'answerSwap'],
  'GET /oncall/reach': ['readLedger'],
  'GET /system': { people: 'leads to the queues' },
  'GET /system/queues': ['listQueues'],
  // What a letter says is for people alone: a token may lie around, and secrets are left out as far as they are known.
  'GET /system/queues/:queue': ['listLetters'],
  'POST /system/queues/:queue': ['sendBack'],
  'GET /system/regions': ['readRegions'],
  'GET /system/subscribers': ['listSubscribers'],
  'POST /system/subscribers': ['removeSubscriber'],
  'GET /system/audit': ['listDeeds'],
  'GET /metrics': { people: 'for Prometheus, with the same token' },
  'GET /language': OWN,
  'GET /not-me': OWN,
  'GET /sign-in': SIGN_IN,
  'GET /sign-in/:name': SIGN_IN,
  'GET /sign-in/:name/callback': SIGN_IN,
  'POST /sign-out': ['endSessions'],
  'GET /sign-in/link': SIGN_IN,
  'POST /sign-in/link': SIGN_IN,
  'GET /sign-in/link/open': SIGN_IN,
  'POST /sign-in/link/open': SIGN_IN,
  'GET /status/:file': OUTSIDERS,
}

/** What the forms of who is on call do. */
const onCall: Record<string, Answer> = {
  look: {
    people:
      'what it would change is shown before: to a program the answer says what it has changed, and its id takes it away',
  },
  make: ['makeOverride'],
  remove: ['removeOverride'],
  restore: ['makeOverride'],
  ask: ['askSwap'],
  accept: ['answerSwap'],
  decline: ['answerSwap'],
  withdraw: ['answerSwap'],
}

const access = { access: [] }

/** `GET /checks/:id`, without the patterns of parts. */
async function addresses(): Promise<string[]> {
  const world = new PathWorld()
  const deps = depsOf(world, { access })
  const named = (prefix: string, routes: { method: string; path: string }[]) =>
    routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${(prefix + path).replace(/\{[^/]*\}/g, '').replace(/(.)\/$/, '$1')}`)
  const lates = await Promise.all(
    Object.entries(rooms).map(async ([path, load]) => named(path, (await load(deps)).routes)),
  )
  const jar = { name: (name: string) => name, options: () => ({}) }
  return [
    ...named('', consoleOf(world, { access }).routes),
    ...lates.flat(),
    ...named('/sign-in', signInRoutes(deps, access, jar).routes),
    ...named('/sign-in/link', linkRoutes(deps, access, jar).routes),
    ...named('/sign-out', signOutRoutes(deps, jar).routes),
    ...named('/status', statusRoutes(deps).routes),
  ]
}

describe('what the console shows and does, the API does', () => {
  it('at every address, or for a reason not', async () => {
    const all = [...new Set(await addresses())]
    expect(all.toSorted()).toEqual(Object.keys(pages).toSorted())
    expect(all.length).toBeGreaterThan(30)
  })

  it('by every button of who is on call', () => {
    expect(Object.keys({ ...overrideDoings, ...swapDoings }).toSorted()).toEqual(Object.keys(onCall).toSorted())
  })

  it('by every button of an incident', () => {
    const { requestBody } = openapi.paths['/incidents/{number}/actions']?.post as never as {
      requestBody: {
        content: { 'application/json': { schema: { oneOf: { properties: { do: { const: string } } }[] } } }
      }
    }
    const taken = requestBody.content['application/json'].schema.oneOf.map(({ properties }) => properties.do.const)
    expect(taken.toSorted()).toEqual(Object.keys(doneWords).toSorted())
  })

  it('by operations that there are', () => {
    const named = [...Object.values(pages), ...Object.values(onCall)].flatMap((one) => ('people' in one ? [] : one))
    expect(named.filter((id) => !Object.hasOwn(contract, id))).toEqual([])
  })

  it('so that a project’s page asks for no more than a role in it, and its operation neither', () => {
    const everywhere = Object.entries(contract).flatMap(([id, { scope }]) => (scope.where === 'everywhere' ? [id] : []))
    expect(everywhere.toSorted()).toEqual([
      ...['announceWork', 'endSessions', 'endTold', 'listDeeds', 'listLetters', 'listQueues', 'listSubscribers'],
      ...['listTold', 'readLedger', 'readRegions', 'removeSubscriber', 'sendBack'],
    ])
  })
})

it.each(['docs/console.md', 'docs/console.zh-CN.md'])('%s has each operation of the API', (document) => {
  const known = Object.values(contract).map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  const rows =
    readFileSync(join(import.meta.dirname, '../..', document), 'utf8').match(/^\| `(?:GET|POST) .*?` \|/gm) ?? []
  const told = rows.flatMap((row) => {
    const names = [...row.matchAll(/`(?:([A-Z]+) )?([^`?]+)[^`]*`/g)]
    return names.map(([, method = 'GET', path = '']) => `${method} ${path}`)
  })
  const isTold = (operation: string) => {
    const pattern = new RegExp(`^${operation.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
    return told.some((one) => pattern.test(one))
  }
  expect(known.filter((operation) => !isTold(operation))).toEqual([])
})
