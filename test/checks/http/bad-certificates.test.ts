import { beforeAll, expect, it } from 'vitest'
import { http } from '../../../shared/checks/http/run.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { httpCheck, someIo } from '../records.ts'
import { httpsTarget, httpTarget, trustTargets } from '../targets.ts'
import { itHasItsOwnWords, unasked } from './bad-target.ts'

beforeAll(trustTargets)

itHasItsOwnWords([
  {
    reason: 'an expired certificate',
    target: () => httpsTarget('expired', unasked),
    outcome: 'down',
    fault: { code: 'certificate-expired', args: { agoMs: expect.any(Number) } },
  },
  {
    reason: 'a certificate of the future',
    target: () => httpsTarget('not-yet-valid', unasked),
    outcome: 'down',
    fault: fact('certificate-not-yet-valid', { from: 'Jan  1 00:00:00 2120 GMT' }),
  },
  {
    reason: 'a certificate for another host',
    target: () => httpsTarget('elsewhere', unasked),
    outcome: 'down',
    fault: fact('certificate-of-other', { name: 'elsewhere.example', more: 1, host: '127.0.0.1' }),
  },
  {
    reason: 'a self-signed certificate',
    target: () => httpsTarget('self-signed', unasked),
    outcome: 'down',
    fault: fact('certificate-untrusted', { why: 'self-signed' }),
  },
  {
    reason: 'https to a server that speaks http',
    target: async () => (await httpTarget(unasked)).replace('http:', 'https:'),
    outcome: 'down',
    fault: fact('not-tls'),
  },
  {
    reason: 'http to a server that speaks https',
    target: async () => (await httpsTarget('good', unasked)).replace('https:', 'http:'),
    outcome: 'down',
    fault: expect.objectContaining({
      code: expect.stringMatching(/^(response-malformed|closed-without-response|connection-reset)$/),
    }),
  },
])

it('says how long ago a certificate expired', async () => {
  const url = await httpsTarget('expired', unasked)
  const threeDaysLater = Date.parse('2021-01-04T00:00:00Z')
  const io = { ...someIo(), now: () => threeDaysLater }
  const seen = await http.run(httpCheck({ http: url }), io, threeDaysLater + 2_000)
  expect(seen).toMatchObject({ outcome: 'down', fault: fact('certificate-expired', { agoMs: 259200000 }) })
})
