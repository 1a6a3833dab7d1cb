import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Terminal, terminal } from './terminal.ts'

let server: Server
let status = 200
let here: Terminal
let stop: () => void
/** Milliseconds that have passed on the clock. */
let passed: number
/** Requests that were answered, and their connections closed by both sides. */
let answered: number

const yml = `vantages: { sg: aws/ap-southeast-1 }
channels: { wecom: { type: wecom-robot, key: "\${WECOM_KEY}" } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
defaults: { chat: [wecom], interval: 10s }
projects:
  pay:
    checks:
      web: { http: "\${PAY_URL}/" }
      api: { http: "\${PAY_URL}/api", interval: 20s }
      nightly: { heartbeat: 1d }
`

/** What happens at so many seconds, on a clock that a wait moves on once what was due has been looked at. */
let script: Record<number, () => void>

beforeEach(async () => {
  status = 200
  passed = 0
  answered = 0
  script = {}
  server = createServer((request, response) => {
    response.statusCode = request.url === '/api' ? 200 : status
    response.end('ok')
  })
  server.on('connection', (socket) => socket.on('close', () => answered++))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const started = Date.now()
  here = terminal({
    env: { PAY_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    now: () => started + passed,
    onInterrupt(told) {
      stop = told
      return () => {}
    },
    async wait() {
      // `web` is due every ten seconds, `api` every twenty, each for the first time at once.
      const due = Math.floor(passed / 10_000) + Math.floor(passed / 20_000) + 2
      await vi.waitUntil(() => answered === due, { timeout: 10_000, interval: 1 })
      await wait(5)
      passed += 5_000
      script[passed / 1_000]?.()
    },
  })
  here.write('fenghuo.yml', yml)
})
afterEach(() => {
  here.remove()
  server.close()
})

const fails = () => {
  status = 500
}
const recovers = () => {
  status = 200
}

describe('fenghuo check --watch', () => {
  it('writes a line for each change, and ends by Ctrl-C with how it stands', async () => {
    script = { 15: fails, 35: recovers, 50: fails, 65: () => stop() }
    const { code, out, err } = await here.run('check', '--watch')
    expect({ code, err }).toEqual({ code: 1, err: 'watching 2 checks, Ctrl-C ends' })
    const lines = out.split('\n').map((line) => line.replace(/^\S+T\S+Z /, ''))
    expect(lines.slice(0, 2).sort()).toEqual(['pay/api UP', 'pay/web UP'])
    expect(lines.slice(2)).toEqual([
      'pay/web DOWN (was UP) HTTP 500',
      'pay/web UP (was DOWN)',
      'pay/web DOWN (was UP) HTTP 500',
    ])
    expect(out).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /)
  })

  it('writes an object for each round, each check at its own interval', async () => {
    script = { 45: () => stop() }
    const { code, out } = await here.run('check', '--watch', '--json')
    expect(code).toBe(0)
    const rounds = out.split('\n').map((line) => JSON.parse(line))
    const names = rounds.map(({ observations }) => observations.map(({ check }: { check: string }) => check).join())
    expect(names).toEqual(['pay/web,pay/api', 'pay/web', 'pay/web,pay/api', 'pay/web', 'pay/web,pay/api'])
    expect(rounds[0]).toMatchObject({ ok: true, counts: { up: 2 }, at: expect.any(Number) })
  })

  it('draws the table anew on a terminal, within its size, and leaves the last one behind', async () => {
    const drawn: string[][] = []
    let left = 0
    here.io.screen = {
      size: () => ({ columns: 60, rows: 5 }),
      draw: (lines) => void drawn.push(lines),
      leave: () => void left++,
    }
    script = { 15: fails, 35: () => stop() }
    const { code, out, err } = await here.run('check', '--watch')
    expect({ code, err, left }).toEqual({ code: 1, err: '', left: 1 })
    expect(drawn[0]?.[0]).toBe('looking at 2 checks. Ctrl-C ends.')
    for (const lines of drawn) expect(lines.length).toBeLessThanOrEqual(5)
    const last = drawn.at(-1) ?? []
    expect(last[0]).toMatch(/^1 up, 1 down, last run \d\d:\d\d:\d\d\. Ctrl-C ends\.$/)
    // What is worst stands first.
    expect(last[3]).toMatch(/^DOWN +pay\/web /)
    expect(last[4]).toMatch(/^… \d+ lines more/)
    expect(out).toMatch(/^STATE +CHECK[\s\S]*DOWN +pay\/web [\s\S]*- +pay\/nightly[\s\S]*\n1 up, 1 down$/)
  })

  it('leaves the terminal as it was when something breaks', async () => {
    let left = 0
    here.io.screen = {
      size: () => ({ columns: 60, rows: 24 }),
      draw() {
        throw new Error('the terminal is gone')
      },
      leave: () => void left++,
    }
    const { code, err } = await here.run('check', '--watch')
    expect({ code, left }).toEqual({ code: 2, left: 1 })
    expect(err).toContain('the terminal is gone')
  })
})
