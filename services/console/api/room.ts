import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import * as z from 'zod/mini'
import { jsonIn } from '../../../shared/contracts/json-in.ts'
import { inBoth } from '../../../shared/contracts/words.ts'
import type { PersonName } from '../../../shared/engine/console/action.ts'
import { consoleWords } from '../../../shared/messages/console/words.ts'
import { answeredOnce } from '../../../shared/store/kept-answers.ts'
import { perMinute } from '../access/limit.ts'
import type { Env } from '../deps.ts'
import { isOwnPage } from '../guard.ts'
import { historyReader } from '../history-reader.ts'
import { proofsReader } from '../proofs-reader.ts'
import { groupsReader, ledgerReader } from '../readers.ts'
import { recordedReader } from '../recorded-reader.ts'
import type { Answered, ApiDeps, Asked } from './asked.ts'
import { contract, type OperationId } from './contract.ts'
import { handlers } from './handlers.ts'
import { mistakesIn } from './mistakes.ts'
import type { Operation } from './operation.ts'
import { Refusal, refusal } from './refusal.ts'
import { mayNot } from './who.ts'

/** Requests of one program in a minute, by one instance of the function. */
const MOST_REQUESTS = 600

/** Of a request, in characters: the longest that anything takes is a tenth. */
const MOST_CHARACTERS = 100_000

const MINUTE_S = 60

/** Makes what programs ask below `/api/v1`: what the pages show and do, by the operations of the contract. */
export function apiRoom(shared: Omit<ApiDeps, 'groups' | 'ledger' | 'histories' | 'proofs' | 'recorded'>): Hono<Env> {
  const deps: ApiDeps = {
    ...shared,
    groups: groupsReader(shared),
    ledger: ledgerReader(shared),
    proofs: proofsReader(shared),
    recorded: recordedReader(shared),
    histories: historyReader(shared),
  }
  const api = new Hono<Env>()
  const mayAsk = perMinute(MOST_REQUESTS, () => deps.io().now())

  api.use(async (c, next) => {
    if (deps.access === 'open' || mayAsk(askerOf(c))) return next()
    c.header('retry-after', String(MINUTE_S))
    return refuse(
      c,
      refusal(429, 'too-many', (say) => say.tooMany),
    )
  })

  api.get('/openapi.json', async (c) => c.json((await import('./openapi.data.ts')).openapi))

  for (const id of Object.keys(contract) as OperationId[]) {
    const { method, path } = contract[id]
    api.on(method.toUpperCase(), path.replace(/\{(\w+)\}/g, ':$1'), async (c) => {
      try {
        return await carryOut(id, c, deps)
      } catch (error) {
        if (error instanceof Refusal) return refuse(c, error)
        throw error
      }
    })
  }

  api.all('*', (c) =>
    refuse(
      c,
      new Refusal(
        404,
        'not-found',
        inBoth((language) => consoleWords[language].notFound),
      ),
    ),
  )
  return api
}

async function carryOut<Id extends OperationId>(id: Id, c: Context<Env>, deps: ApiDeps): Promise<Response> {
  const operation: Operation = contract[id]
  const { rights } = c.get('admitted')
  const { role, where } = operation.scope
  if (where === 'everywhere' ? !rights.can(role) : !rights.some(role)) throw mayNot()
  const text = operation.method === 'get' ? '' : await changing(c, deps)
  const io = deps.io()
  const asked = {
    params: readFields(operation.params ?? {}, c.req.param() as Record<string, string>),
    query: operation.query && read(operation.query, c.req.query()),
    body: operation.body && read(operation.body, jsonIn(text)),
    rights,
    io,
    origin: originOf(c, deps),
    reading: { timezone: deps.config.timezone, now: io.now() },
    note: (action: string, by?: PersonName, changes?: string[]) => {
      Object.assign(c.get('noted'), { action, ...(by && { by }), ...(changes?.length && { changes }) })
    },
  } as Asked<Id>
  const work = async (once?: string, isAgain = false) => {
    const { status = 200, body } = await (handlers[id] as (asked: Asked<Id>, deps: ApiDeps) => Promise<Answered<Id>>)(
      { ...asked, isAgain, ...(once !== undefined && { once }) },
      deps,
    )
    return { status: status as 200 | 409, body: JSON.stringify(body) }
  }
  const key = operation.method === 'get' ? undefined : c.req.header('idempotency-key')
  const answer = key === undefined ? await work() : await repeatable(key, text, c, work, io)
  return c.body(answer.body, answer.status as 200 | 409, { 'content-type': 'application/json' })
}

/** The body of a request that changes something, which no other site's page may send. */
async function changing(c: Context<Env>, deps: ApiDeps): Promise<string> {
  if (!isOwnPage(c.req.raw.headers, originOf(c, deps)))
    throw new Refusal(
      403,
      'foreign',
      inBoth((language) => consoleWords[language].notForeign),
    )
  const text = await c.req.text()
  if (text.length > MOST_CHARACTERS) throw refusal(413, 'too-long', (say) => say.tooLong)
  return text
}

function originOf(c: Context<Env>, { originFor }: ApiDeps): string {
  return originFor(c.req.header('host') ?? '')
}

async function repeatable(
  key: string,
  text: string,
  c: Context<Env>,
  work: (once: string, isAgain: boolean) => ReturnType<Parameters<typeof answeredOnce>[1]>,
  io: Parameters<typeof answeredOnce>[2],
) {
  if (!/^[\x21-\x7e]{8,128}$/.test(key)) throw refusal(400, 'bad-idempotency-key', (say) => say.badKey)
  const name = digest(askerOf(c), key)
  const request = digest(c.req.method, c.req.path, text)
  const answer = await answeredOnce({ name, request }, (isAgain) => work(name, isAgain), io)
  if (answer === 'another') throw refusal(422, 'idempotency-key-reused', (say) => say.otherRequest)
  if (answer !== 'busy') return answer
  c.header('retry-after', '1')
  throw refusal(409, 'in-progress', (say) => say.inProgress)
}

/** Whose request it is. */
function askerOf(c: Context<Env>): string {
  const { program, person } = c.get('admitted')
  return program ?? person?.id ?? ''
}

function digest(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

function read<T extends z.core.$ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = z.safeParse(schema, value)
  if (parsed.success) return parsed.data
  throw new Refusal(400, 'bad-request', mistakesIn(parsed.error))
}

function readFields(params: NonNullable<Operation['params']>, values: Record<string, string>): Record<string, unknown> {
  const shape = Object.entries(params).map(([name, { schema }]) => [name, schema])
  return read(z.object(Object.fromEntries(shape)), values)
}

function refuse(c: Context<Env>, { status, code, words: message }: Refusal): Response {
  return c.json({ error: { code, message } }, status)
}
