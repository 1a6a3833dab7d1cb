import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fenghuoYml, type Terminal, terminal } from './terminal.ts'

let server: Server
let url: string
let here: Terminal

beforeAll(async () => {
  server = createServer((request, response) => {
    response.statusCode = request.url === '/api' ? 503 : 200
    response.end('ok')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

beforeEach(() => {
  here = terminal({ env: { PAY_URL: url }, now: Date.now })
  here.write('fenghuo.yml', fenghuoYml)
})
afterEach(() => here.remove())

describe('fenghuo check', () => {
  it('runs all checks, and is unhappy when one is down', async () => {
    const { code, out, err } = await here.run('check')
    expect({ code, err }).toEqual({ code: 1, err: 'running 3 checks' })
    const lines = out.split('\n')
    expect(lines[0]).toMatch(/^STATE +CHECK +TIME +DETAIL +PHASES$/)
    expect(lines.slice(1, 4).map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
      ['UP', 'pay/web'],
      ['DOWN', 'pay/api'],
      ['UP', 'shop/home'],
    ])
    expect(lines[2]).toContain('HTTP 503')
    expect(lines[1]).toMatch(/connect \d+ms firstByte \d+ms download \d+ms$/)
    expect(lines[4]).toMatch(/^2 up, 1 down, in /)
  })

  it.each([
    { name: 'pay/web', checks: ['pay/web'], code: 0, reason: 'one check' },
    { name: 'pay', checks: ['pay/web', 'pay/api'], code: 1, reason: 'a project' },
    { name: 'shop', checks: ['shop/home'], code: 0, reason: 'another project' },
  ])('runs $reason', async ({ name, checks, code }) => {
    const result = await here.run('check', name, '--json')
    expect(result.code).toBe(code)
    const { ok, counts, observations } = JSON.parse(result.out)
    expect(ok).toBe(code === 0)
    expect(counts).toEqual({ up: 1, degraded: 0, down: checks.length - 1, unknown: 0 })
    expect(observations.map((one: { check: string }) => one.check)).toEqual(checks)
  })

  it('shows how far it is on a terminal, and takes that away in the end', async () => {
    const shown: string[] = []
    here.io.progress = (line) => void shown.push(line)
    const { err } = await here.run('check', 'pay')
    expect(err).toBe('')
    expect([shown[0], ...shown.slice(-2)]).toEqual(['0 of 2 checks', '2 of 2 checks, 1 down', ''])
  })

  it('calls it no success when a check could not be run', async () => {
    here.io.env = {}
    const { code, out } = await here.run('check', 'shop')
    expect(code).toBe(2)
    expect(out).toMatch(/UNKNOWN .*PAY_URL/)
  })

  it.each([
    {
      args: ['pya'],
      err: 'fenghuo: no check or project with checks is named `pya` (did you mean `pay`?)',
      reason: 'a name that is not there',
    },
    { args: ['a', 'b'], err: /too many arguments/, reason: 'two names' },
    { args: ['--config', 'none.yml'], err: 'fenghuo: none.yml: there is no such file', reason: 'no configuration' },
  ])('could not do it: $reason', async ({ args, err }) => {
    const result = await here.run('check', ...args)
    expect(result).toMatchObject({ code: 2, out: '' })
    expect(result.err).toMatch(err)
  })

  it('tells what is wrong with the configuration in place of running half of it', async () => {
    here.write('fenghuo.yml', fenghuoYml.replace(/http: (?=.*api)/, 'htp: '))
    const { code, out, err } = await here.run('check')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('fenghuo.yml:24:27 projects.pay.checks.api.htp: ')
  })
})
