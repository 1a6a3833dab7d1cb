import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import { readResult } from '../../../shared/checks/vantage-points/globalping-result.ts'
import { failedResult, httpResult, pingResult } from '../../simulators/globalping-results.ts'

const results: [result: unknown, seen: ReturnType<typeof readResult>, reason: string][] = [
  [httpResult(301, { total: 90 }), { outcome: 'up', latencyMs: 90 }, 'redirects are not followed'],
  [
    httpResult(404, { total: 90 }),
    { outcome: 'down', fault: fact('node-status', { status: 404 }), latencyMs: 90 },
    'an error of the target',
  ],
  [
    httpResult(200, { total: 90 }, { authorized: false, error: 'CERT_HAS_EXPIRED' }),
    { outcome: 'down', fault: fact('certificate-not-trusted', { said: 'CERT_HAS_EXPIRED' }), latencyMs: 90 },
    'a certificate that does not hold',
  ],
  [httpResult(200, { total: 90 }, { authorized: true }), { outcome: 'up', latencyMs: 90 }, 'one that does'],
  [pingResult(undefined, undefined), { outcome: 'down', fault: fact('packet-loss', { percent: 100 }) }, 'all lost'],
  [
    failedResult('target', 'connect ECONNREFUSED 203.0.113.10:443\nmore'),
    { outcome: 'down', fault: fact('node-says', { said: 'connect ECONNREFUSED 203.0.113.10:443' }) },
    'the target failed',
  ],
  [
    failedResult('resolver', 'SERVFAIL'),
    { outcome: 'down', fault: fact('node-resolver-says', { said: 'SERVFAIL' }) },
    'its name cannot be resolved there',
  ],
  [
    failedResult('internal', 'probe crashed'),
    {
      outcome: 'unknown',
      fault: fact('third-party', { who: 'globalping', fault: fact('api-probe-failed', { said: 'probe crashed' }) }),
    },
    'Globalping failed',
  ],
  [{ status: 'failed', rawOutput: '' }, { outcome: 'down', fault: fact('node-failed') }, 'no reason'],
  [
    { status: 'offline', rawOutput: '' },
    { outcome: 'unknown', fault: fact('third-party', { who: 'globalping', fault: fact('api-probe-offline') }) },
    'a probe that left',
  ],
  [
    { status: 'finished', rawOutput: '' },
    { outcome: 'unknown', fault: fact('third-party', { who: 'globalping', fault: fact('api-result-malformed') }) },
    'nothing in it',
  ],
  [
    { status: 'in-progress' },
    { outcome: 'unknown', fault: fact('third-party', { who: 'globalping', fault: fact('api-result-malformed') }) },
    'not over',
  ],
  [
    null,
    { outcome: 'unknown', fault: fact('third-party', { who: 'globalping', fault: fact('api-result-malformed') }) },
    'nothing at all',
  ],
]
it.each(results)('%j is %j: %s', (result, seen) => {
  expect(readResult(result)).toEqual(seen)
})

it('reads an answer of the API', () => {
  const text = readFileSync(new URL('../../samples/globalping-get-http-response.json', import.meta.url), 'utf8')
  expect(JSON.parse(text).results.map(({ result }: { result: unknown }) => readResult(result))).toEqual([
    { outcome: 'up', latencyMs: 212, phases: { dns: 18, connect: 40, tls: 60, firstByte: 80, download: 14 } },
    { outcome: 'down', fault: fact('node-says', { said: 'connect ECONNREFUSED' }) },
  ])
})
