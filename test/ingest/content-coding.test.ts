import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { beforeEach, expect, it } from 'vitest'
import { KEY, request, sample, WayIn } from './requests.ts'

let way: WayIn
beforeEach(() => {
  way = new WayIn()
})

const event = JSON.stringify(sample('pagerduty-trigger'))
const send = (coding: string, body: Buffer | string, path = '/v2/enqueue') =>
  way.take(request(path, body, { headers: { 'content-encoding': coding } }))

it.each<[string, string, Buffer | string]>([
  ['gzip', 'gzip', gzipSync(event)],
  ['gzip by its old name', 'X-GZIP', gzipSync(event)],
  ['deflate', 'deflate', deflateSync(event)],
  ['nothing, and says so', 'identity', event],
  ['gzip by what it says, and was unpacked on its way', 'gzip', event],
])('a body that is packed by %s is taken', async (_, coding, body) => {
  expect((await send(coding, body)).status).toBe(202)
  expect(way.alerts).toHaveLength(1)
})

const notUnpacked = 'not to be unpacked by gzip: send it as it is, without Content-Encoding'
it.each<[string, number, string, Buffer, string]>([
  [
    'by what we don’t unpack',
    415,
    'br',
    brotliCompressSync(event),
    'Content-Encoding may be gzip or deflate, and not br',
  ],
  ['and broken', 415, 'gzip', gzipSync(event).subarray(0, -20), notUnpacked],
  ['and was taken for a text on its way', 415, 'gzip', Buffer.from(String(gzipSync(event))), notUnpacked],
  [
    'and would be enormous',
    413,
    'gzip',
    gzipSync(Buffer.alloc(30_000_000, ' ')),
    'more than 20000000 bytes when it is unpacked',
  ],
])('a body that is packed %s is answered %d', async (_, status, coding, body, error) => {
  for (const path of ['/v2/enqueue', `/alertmanager/${KEY}`])
    expect(await send(coding, body, path)).toMatchObject({ status, body: { errors: [error] } })
  expect(way.alerts).toEqual([])
})
