import { describe, expect, it } from 'vitest'
import { http } from '../../../shared/checks/http/run.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { serveNames } from '../dns/server.ts'
import { httpCheck, someIo } from '../records.ts'
import { httpTarget } from '../targets.ts'

describe('names', () => {
  const run = (url: string, timeoutMs = 1_000) => http.run(httpCheck({ http: url }), someIo(), Date.now() + timeoutMs)

  it('that do not exist', async () => {
    await serveNames({})
    expect(await run('http://nowhere.example/')).toMatchObject({
      outcome: 'down',
      fault: fact('dns-failed', { why: 'no-such-host' }),
    })
  })

  it('whose servers fail', async () => {
    await serveNames({ 'broken.example': 'SERVFAIL' })
    expect(await run('http://broken.example/')).toMatchObject({
      outcome: 'down',
      fault: fact('dns-failed', { why: 'server-failed' }),
    })
  })

  it('whose servers are silent', async () => {
    await serveNames({ 'silent.example': 'silence' })
    const seen = await run('http://silent.example/', 100)
    expect(seen).toMatchObject({ outcome: 'down', fault: fact('timeout', { limitMs: 100, waitingFor: 'dns' }) })
    expect(Object.keys(seen.phases ?? {})).toEqual(['dns'])
  })
})

it('tries the next address of a name when one refuses', async () => {
  const url = await httpTarget((_request, response) => void response.end())
  await serveNames({ 'two.example': ['127.0.0.2', '127.0.0.1'] })
  const check = httpCheck({ http: url.replace('127.0.0.1', 'two.example') })
  expect(await http.run(check, someIo(), Date.now() + 5_000)).toMatchObject({ outcome: 'up' })
})
