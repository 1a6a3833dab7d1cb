import { expect, it } from 'vitest'
import { urlAnswerOf } from '../../services/ingest/web.ts'
import type { InboundRequest } from '../../shared/ingest/format.ts'
import { guides } from '../../shared/ingest/registered/guides.ts'
import { KEY, request, sample, WayIn } from '../ingest/requests.ts'

/** Of a format whose key stands in the body, and whose sender is told of a wrong one by 400 (PagerDuty, Events API). */
const inBody = guides.filter(({ format }) => format.keyOf !== undefined)
const ways: [string, string, (path: string, body: unknown) => InboundRequest, number][] = [
  ['a method that it does not take', KEY, (path, body) => request(path, body, { method: 'DELETE' }), 405],
  ['a type that it can’t read', KEY, (path) => request(path, '<a/>', { headers: { 'content-type': 'text/xml' } }), 415],
  ['no JSON', KEY, (path) => request(path, '{"a":'), 400],
  [
    'a key that nobody has',
    'nobody',
    (path, body) => request(path, Array.isArray(body) ? body : { ...Object(body), routing_key: 'x', service_key: 'x' }),
    401,
  ],
]

it.each(
  guides.flatMap((guide) => ways.map(([what, ...way]) => [guide.format.format, what, guide, ...way] as const)),
)('%s answers %s with a JSON error', async (_, __, guide, key, sent, expected) => {
  const { format, samples } = guide
  const body = sample(samples[0] ?? '')
  const path = format.routes[0].replace('{key}', key)
  const reply = await new WayIn().take(sent(path, body))
  expect(reply.status).toBe(expected === 401 && inBody.includes(guide) ? 400 : expected)
  const { headers, body: text } = urlAnswerOf(reply)
  expect(headers['content-type']).toMatch(/^application\/json/)
  expect(JSON.parse(text)).toMatchObject({ errors: [expect.any(String)] })
})

it.each(guides)('$format.format says in its own words what it can’t understand', async ({ format }) => {
  for (const body of [null, 1, 'x', [], [1], {}, { hash: '' }, [{ hash: '' }], { event_id: 1, action: 3 }]) {
    const read = format.schema.safeParse(body)
    const told = read.error?.issues.map(({ message }) => message) ?? []
    expect(told.filter((message) => /^(?:Invalid|Too)\b/.test(message))).toEqual([])
  }
})
