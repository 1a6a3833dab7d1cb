import { describe, expect, it } from 'vitest'
import { http } from '../../../shared/checks/http/run.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { serveNames } from '../dns/server.ts'
import { httpCheck, someIo } from '../records.ts'
import { itHasItsOwnWords, redirectTo } from './bad-target.ts'

itHasItsOwnWords([
  {
    reason: "a redirect to a cloud's metadata",
    target: redirectTo('http://169.254.169.254/latest/meta-data/'),
    outcome: 'down',
    fault: fact('metadata-refused', { address: '169.254.169.254' }),
  },
  {
    reason: 'the same in IPv6',
    target: redirectTo('http://[fd00:ec2::254]/'),
    outcome: 'down',
    fault: fact('metadata-refused', { address: 'fd00:ec2::254' }),
  },
  {
    reason: 'the same in IPv4 within IPv6',
    target: redirectTo('http://[::ffff:169.254.169.254]/'),
    outcome: 'down',
    fault: fact('metadata-refused', { address: '::ffff:a9fe:a9fe' }),
  },
  {
    reason: 'the same as a number',
    target: redirectTo('http://2852039166/'),
    outcome: 'down',
    fault: fact('metadata-refused', { address: '169.254.169.254' }),
  },
])

describe('names', () => {
  const run = (url: string, timeoutMs = 1_000) => http.run(httpCheck({ http: url }), someIo(), Date.now() + timeoutMs)

  it("that lead to a cloud's metadata", async () => {
    await serveNames({ 'sly.example': ['100.100.100.200'] })
    const fault = fact('metadata-refused', { address: '100.100.100.200' })
    expect(await run('http://sly.example/')).toMatchObject({ outcome: 'down', fault })
  })
})

it('reaches metadata addresses for a check that says so', async () => {
  await serveNames({ 'meta.example': ['169.254.169.254'] })
  const check = httpCheck({ http: 'http://meta.example/', allowMetadata: true })
  const seen = await http.run(check, someIo(), Date.now() + 300)
  // On a machine of a cloud something answers there.
  expect(seen.fault?.code).not.toBe('metadata-refused')
  expect(seen.phases).toHaveProperty('connect')
})
