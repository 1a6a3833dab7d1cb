import { afterEach, expect, it, vi } from 'vitest'
import { writeLog } from '../../../shared/clouds/aws/write-log.ts'

const methods = ['log', 'info', 'warn', 'error'] as const
const spies = methods.map((method) => [method, vi.spyOn(console, method).mockReturnValue()] as const)
afterEach(() => {
  for (const [, spy] of spies) spy.mockClear()
  vi.unstubAllEnvs()
})

const written = () => spies.flatMap(([method, spy]) => spy.mock.calls.map((call) => [method, ...call]))

it('a line is JSON wherever nobody makes it', () => {
  writeLog({ level: 'error', event: 'lost' })
  expect(written()).toEqual([['log', '{"level":"error","event":"lost"}']])
})

it.each([
  ['error', 'error'],
  ['warn', 'warn'],
  ['info', 'info'],
] as const)('Lambda makes it of an object where its format is JSON, with the level that was meant: %s', (level, method) => {
  vi.stubEnv('AWS_LAMBDA_LOG_FORMAT', 'JSON')
  writeLog({ level, event: 'lost' })
  expect(written()).toEqual([[method, { event: 'lost' }]])
})
