import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { serveNames } from '../dns/server.ts'
import { overLimit } from '../records.ts'
import { httpsTarget, httpTarget, trustTargets } from '../targets.ts'
import { run } from './run.ts'

beforeAll(trustTargets)

describe('time', () => {
  it('is told by phases: dns, connect, TLS, first byte, download', async () => {
    await serveNames({ 'pay.example': ['127.0.0.1'] })
    const url = await httpTarget(async (_request, response) => {
      await wait(60)
      response.writeHead(200)
      response.write('begin')
      await wait(120)
      response.end('end')
    })
    const seen = await run({ http: url.replace('127.0.0.1', 'pay.example') })
    expect(seen.outcome).toBe('up')
    const { dns = -1, connect = -1, tls, firstByte = -1, download = -1 } = seen.phases ?? {}
    expect(tls).toBeUndefined()
    for (const phase of [dns, connect]) expect(phase).toBeGreaterThanOrEqual(0)
    // A timer of the target may fire a millisecond early, and a busy machine hears late that the body has begun.
    expect(firstByte).toBeGreaterThanOrEqual(59)
    expect(download).toBeGreaterThan(20)
    expect(firstByte + download).toBeGreaterThanOrEqual(178)
    expect(seen.latencyMs).toBeGreaterThanOrEqual(firstByte + download)
  })

  it('has a TLS phase for https, and no dns phase for an address', async () => {
    const url = await httpsTarget('good', (_request, response) => void response.end('safe'))
    const seen = await run({ http: url, contains: 'safe' })
    expect(seen.outcome).toBe('up')
    expect(Object.keys(seen.phases ?? {})).toEqual(['connect', 'tls', 'firstByte', 'download'])
    expect(seen.phases?.tls).toBeGreaterThan(0)
  })

  it('is summed over redirects', async () => {
    const url = await httpTarget(async (request, response) => {
      await wait(40)
      if (request.url === '/') response.writeHead(302, { location: '/next' }).end()
      else response.end()
    })
    const seen = await run({ http: url })
    expect(seen.phases?.firstByte).toBeGreaterThanOrEqual(78)
  })

  it('over the limit is degraded', async () => {
    const url = await httpTarget((_request, response) => void setTimeout(() => response.end(), 60))
    const slow = await run({ http: url, degraded: '20ms' })
    expect(slow).toMatchObject({ outcome: 'degraded', fault: overLimit(20) })
    const fine = await run({ http: url, degraded: '10s' })
    expect(fine.outcome).toBe('up')
    expect(fine.fault).toBeUndefined()
  })
})
