import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { contract } from '../../services/console/api/contract.ts'
import { openapi } from '../../services/console/api/openapi.data.ts'
import type { QueueDesk } from '../../shared/contracts/queue-desk.ts'
import { someCheck } from '../checks/records.ts'
import { orders, vantage } from '../engine/kafka-samples.ts'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const desk: QueueDesk = {
  depths: async () => ({}),
  look: async () => ({ letters: [{ id: 'm-1', body: 'secret', sentAt: 5_000, reason: 'x', redrives: 0 }], all: true }),
  sendBack: async () => ({ sent: 1 }),
}

const operations = Object.entries(openapi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation: operation as Described })),
)

interface Described {
  operationId: string
  parameters: { name: string; in: string; required: boolean }[]
  responses: Record<string, { content: { 'application/json': { schema: object } } }>
}

describe('the description of the API', () => {
  it('is OpenAPI 3.1, by its own schema', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(openapi))
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)

    const broken = { ...structuredClone(openapi), info: {} }
    expect((await new Validator().validate(broken)).valid).toBe(false)
  })

  it('has every operation, and leads to nothing that is not there', () => {
    expect(operations.map(({ operation }) => operation.operationId).toSorted()).toEqual(
      Object.keys(contract).toSorted(),
    )
    const led = [...JSON.stringify(openapi).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    )
    expect(led.length).toBeGreaterThan(30)
    expect(led.filter((name) => name === undefined || !Object.hasOwn(openapi.components.schemas, name))).toEqual([])
  })

  it.each(operations)('names each part of $path, $method', ({ path, operation }) => {
    const inPath = operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name)
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
  })

  it.each(operations.filter(({ method }) => method === 'get'))('is kept to by $path', async ({ path, operation }) => {
    const world = new PathWorld({ checks: [someCheck({ name: 'web' }), { ...orders, from: [vantage] }] })
    await world.alert('trigger', {})
    await world.settle()
    const program = new Visitor(world, { queueDesk: async () => desk })
    await program.json('/api/v1/incidents/1001/actions', { do: 'silence', as: 'lin' })
    const [{ id = '' } = {}] = (
      JSON.parse((await program.get('/api/v1/silences')).text) as { silences: { id: string }[] }
    ).silences
    const values: Record<string, string> = {
      number: '1001',
      id,
      project: 'pay',
      name: 'web',
      queue: 'events',
      key: 'web',
      check: orders.id,
      vantage,
      group: 'order-consumer',
      since: new Date(world.now - 60_000).toISOString(),
    }
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '')
    const asked = operation.parameters.filter((one) => one.in === 'query' && one.required)
    const query = new URLSearchParams(Object.fromEntries(asked.map(({ name }) => [name, values[name] ?? ''])))
    const { status, text } = await program.get(`/api/v1${filled}?${query}`)
    expect(status).toBe(200)

    const schema = operation.responses[200]?.content['application/json'].schema ?? {}
    const isOurs = new Ajv2020({ strict: false, validateFormats: false }).compile({
      ...schema,
      components: openapi.components,
    })
    isOurs(JSON.parse(text))
    expect(isOurs.errors).toBeNull()
  })
})
