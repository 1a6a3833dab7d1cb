import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fenghuoYml, type Terminal, terminal } from './terminal.ts'

let server: Server
let url: string
let here: Terminal

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/hang') return
    response.statusCode = request.url === '/api' ? 503 : 200
    setTimeout(() => response.end('ok'), request.url === '/slow' ? 10 : 0)
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
    expect(lines[0]).toMatch(/^STATE +CHECK +LATENCY +CONNECT +FIRST BYTE +DOWNLOAD +DETAIL$/)
    expect(lines.slice(1, 4).map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
      ['UP', 'pay/web'],
      ['DOWN', 'pay/api'],
      ['UP', 'shop/home'],
    ])
    expect(lines[2]).toContain('HTTP 503')
    expect(lines[1]).toMatch(/^UP +pay\/web +\d+ms +\d+ms +\d+ms +\d+ms$/)
    expect(lines[4]).toMatch(/^2 up, 1 down, in /)
  })

  it.each([
    { names: ['pay/web'], checks: ['pay/web'], code: 0, reason: 'one check' },
    { names: ['pay'], checks: ['pay/web', 'pay/api'], code: 1, reason: 'a project' },
    { names: ['shop'], checks: ['shop/home'], code: 0, reason: 'another project' },
    { names: ['shop', 'pay/web', 'pay/web'], checks: ['pay/web', 'shop/home'], code: 0, reason: 'several, each once' },
    { names: ['*/*e*'], checks: ['pay/web', 'shop/home'], code: 0, reason: 'a pattern' },
  ])('runs $reason', async ({ names, checks, code }) => {
    const result = await here.run('check', ...names, '--json')
    expect(result.code).toBe(code)
    const { ok, counts, observations, passive } = JSON.parse(result.out)
    expect({ ok, passive }).toEqual({ ok: code === 0, passive: [] })
    expect(counts).toEqual({ up: checks.length - code, degraded: 0, down: code, unknown: 0 })
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
      err: 'error: no check or project with checks is named `pya` (did you mean `pay`?)',
      reason: 'a name that is not there',
    },
    {
      args: ['pay', 'none*'],
      err: /^error: no check or project with checks is named `none\*`$/,
      reason: 'a vain pattern',
    },
    { args: ['--from', 'hk'], err: 'error: no vantage is named `hk`; there are: sg', reason: 'no such vantage' },
    { args: ['--config', 'none.yml'], err: 'error: none.yml: there is no such file', reason: 'no configuration' },
  ])('could not do it: $reason', async ({ args, err }) => {
    const result = await here.run('check', ...args)
    expect(result).toMatchObject({ code: 2, out: '' })
    expect(result.err).toMatch(err)
  })

  it('has a bar for many', async () => {
    const shown: string[] = []
    here.io.progress = (line) => void shown.push(line)
    const checks = Array.from({ length: 12 }, (_, index) => `      c${index}: { title: 网站, http: "${url}/" }`)
    here.write('fenghuo.yml', `${fenghuoYml}${checks.join('\n')}\n`)
    expect((await here.run('check', 'shop')).code).toBe(0)
    expect(shown[0]).toBe('[------------------------] 0 of 13 checks')
    expect(shown.slice(-2)).toEqual(['[########################] 13 of 13 checks', ''])
  })

  it('looks from a vantage as that does, and only at what runs there', async () => {
    here.write(
      'fenghuo.yml',
      fenghuoYml
        .replace('sg: aws/ap-southeast-1', '$&\n  gz: tencent/ap-guangzhou')
        .replace('/web" }', '/slow", at: { gz: { down: 5ms } } }')
        .replace('/api" }', '/api", from: [sg] }'),
    )
    const idOf = ({ check, outcome }: { check: string; outcome: string }) => `${check} ${outcome}`
    const from = async (name: string) => JSON.parse((await here.run('check', '--from', name, '--json')).out)
    for (const name of ['gz', 'tencent/ap-guangzhou'])
      expect((await from(name)).observations.map(idOf)).toEqual(['pay/web down', 'shop/home up'])
    expect((await from('sg')).observations.map(idOf)).toEqual(['pay/web up', 'pay/api down', 'shop/home up'])
  })

  it('names heartbeats, and runs none', async () => {
    here.write('fenghuo.yml', `${fenghuoYml}      nightly: { title: 夜间跑批, heartbeat: 1d }\n`)
    const all = await here.run('check', 'shop')
    expect(all.code).toBe(0)
    expect(all.out).toMatch(/^- +shop\/nightly +heartbeat: its job reports every 1d, nothing to run$/m)
    expect(JSON.parse((await here.run('check', 'shop', '--json')).out).passive).toEqual(['shop/nightly'])
    expect(await here.run('check', 'shop/nightly')).toEqual({
      code: 2,
      out: '',
      err: 'error: nothing to run: shop/nightly waits for reports of its job, which nobody else can give',
    })
  })

  it('tells what it has seen when it is stopped, and that this is not all', async () => {
    let stop = () => {}
    here.io.onInterrupt = (told) => {
      stop = told
      return () => {}
    }
    here.write('fenghuo.yml', fenghuoYml.replace('/api"', '/hang"'))
    here.io.progress = (line) => {
      if (line.startsWith('2 of 3')) stop()
    }
    const { code, out, err } = await here.run('check')
    expect({ code, err }).toEqual({ code: 2, err: 'stopped: 2 of 3 checks had been run' })
    expect(
      out
        .split('\n')
        .slice(1, 3)
        .map((line) => line.split(/ {2,}/)[1]),
    ).toEqual(['pay/web', 'shop/home'])
  })

  it('tells what is wrong with the configuration in place of running half of it', async () => {
    here.write('fenghuo.yml', fenghuoYml.replace(/http: (?=.*api)/, 'htp: '))
    const { code, out, err } = await here.run('check')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('fenghuo.yml:24:27 projects.pay.checks.api.htp: ')
  })
})
