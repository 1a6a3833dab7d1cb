import { describe, expect, it } from 'vitest'
import { runChecks } from '../../../shared/checks/run/run-checks.ts'
import { httpCheck, someIo } from '../records.ts'
import { httpTarget } from '../targets.ts'

interface BadCase {
  reason: string
  target: () => Promise<string>
  keys?: Record<string, unknown>
  timeoutMs?: number
  env?: Record<string, string>
  outcome: 'up' | 'down' | 'unknown'
  fault: object | undefined
}

/** Each of these is told by its outcome and its fault, and the check that runs beside it is up. */
export function itHasItsOwnWords(cases: BadCase[]): void {
  describe('a bad target has its own words, and harms no other check', () => {
    it.each(cases)('$reason', async ({ target, keys, timeoutMs = 2_000, env, outcome, fault }) => {
      const bad = httpCheck({ http: await target(), ...keys }, { name: 'bad', timeoutMs })
      const goodUrl = await httpTarget((_request, response) => void setTimeout(() => response.end('ok'), 30))
      const good = httpCheck({ http: goodUrl, contains: 'ok' }, { name: 'good' })
      const [seen, beside] = await runChecks([bad, good], someIo(env))
      expect(beside).toMatchObject({ check: 'pay/good', outcome: 'up' })
      expect(seen).toMatchObject({ check: 'pay/bad', outcome })
      expect(seen?.fault).toEqual(fault)
    })
  })
}

/** Answers every request by a redirect. */
export const redirectTo = (location: string) => () =>
  httpTarget((_request, response) => void response.writeHead(302, { location }).end())

/** For a target that no request may reach. */
export function unasked(): void {
  expect.unreachable('the target was sent a request')
}
