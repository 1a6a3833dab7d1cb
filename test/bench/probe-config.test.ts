import { expect, it } from 'vitest'
import { probeConfig } from '../../bench/probe-config.ts'

it('is what the probe of its one vantage carries', () => {
  const { checks } = probeConfig([{ http: 'http://127.0.0.1/' }, { tcp: '127.0.0.1:80', timeout: '1s' }], '/nowhere')
  expect(checks.map(({ id, kind, timeoutMs }) => [id, kind, timeoutMs])).toEqual([
    ['bench/c0', 'http', 5000],
    ['bench/c1', 'tcp', 1000],
  ])
})

it('with a mistake says which', () => {
  expect(() => probeConfig([{ http: 'ftp://127.0.0.1/' }], '/nowhere')).toThrow('is not an http or https URL')
})
