import { describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { httpTarget } from '../targets.ts'
import { run } from './run.ts'

describe('the expected status', () => {
  const cases: [reason: string, keys: Record<string, unknown>, status: number, outcome: string, fault?: Fact][] = [
    ['200 to 299 by default', {}, 299, 'up'],
    ['an error is not', {}, 502, 'down', fact('http-status', { status: 502 })],
    ['a not found is not', {}, 404, 'down', fact('http-status', { status: 404 })],
    ['one status takes the place of the default', { status: 404 }, 404, 'up'],
    [
      'and 200 is then none',
      { status: 404 },
      200,
      'down',
      fact('http-status', { status: 200, expected: [[404, 404]] }),
    ],
    ['a list', { status: [200, 401] }, 401, 'up'],
    ['a range, its ends included', { status: '400-404' }, 404, 'up'],
    ['a list with a range', { status: [200, '400-404'] }, 405, 'down', fact('http-status', { status: 405 })],
    [
      'a redirect that leads nowhere is a status',
      {},
      302,
      'down',
      fact('http-status', { status: 302, expected: [[200, 299]] }),
    ],
  ]
  it.each(cases)('%s', async (_reason, keys, status, outcome, fault) => {
    const url = await httpTarget((_request, response) => void response.writeHead(status).end())
    const seen = await run({ http: url, ...keys })
    expect([seen.outcome, seen.fault]).toEqual([outcome, fault])
    expect(seen.latencyMs).toBeGreaterThan(0)
  })
})
