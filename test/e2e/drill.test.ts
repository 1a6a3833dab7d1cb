import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const program = fileURLToPath(new URL('../../bin/fenghuo.js', import.meta.url))

let temp: string
let child: ChildProcess | undefined
beforeEach(async () => {
  temp = await mkdtemp(join(tmpdir(), 'fenghuo-e2e-'))
})
afterEach(async () => {
  child?.kill('SIGKILL')
  await rm(temp, { recursive: true })
})

/** Starts `fenghuo drill` in another folder, with credentials around that must not be used. */
function drill(...options: string[]) {
  const started = spawn(process.execPath, [program, 'drill', ...options], {
    cwd: temp,
    env: { ...process.env, TMPDIR: temp, WECOM_KEY: 'real', FENGHUO_WECOM_URL: 'http://127.0.0.1:1', AWS_REGION: 'x' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child = started
  const exit = new Promise<number | null>((done) => started.once('exit', done))
  return { started, exit, out: text(started.stdout), err: text(started.stderr) }
}

describe('fenghuo drill', () => {
  it('happens once from end to end in under a minute, and leaves nothing behind', async () => {
    const begun = performance.now()
    const { exit, out, err } = drill('--json')
    const [code, result, timeline] = await Promise.all([exit, out.then(JSON.parse), err])
    expect({ code, result }, timeline).toEqual({
      code: 0,
      result: {
        ok: true,
        detectedMs: expect.any(Number),
        firstCallMs: expect.any(Number),
        escalations: [
          { layer: 2, fromEventMs: expect.any(Number) },
          { layer: 3, fromEventMs: expect.any(Number) },
        ],
        acknowledgedBy: 'chen',
        resolvedMs: expect.any(Number),
        storm: { otherCallMs: expect.any(Number), joinedMs: expect.any(Number) },
        calls: 4,
        messages: 71,
        lost: 0,
        duplicates: 0,
      },
    })
    expect(performance.now() - begun).toBeLessThan(60_000)
    expect(await readdir(temp)).toEqual([])
    expect(timeline).toMatch(
      /THE SERVER GOES DOWN[\s\S]*layer 3: Chen Tao's phone rings[\s\S]*THE SERVER IS BACK[\s\S]*A STORM[\s\S]*Zhao Min's phone rings[\s\S]*the storm is over/,
    )
    expect(timeline).not.toContain('note:')
  })

  it('loses a region in the middle of a ring, cuts two apart, and the promise holds', async () => {
    const { exit, out, err } = drill('--region', '--json')
    const [code, result, timeline] = await Promise.all([exit, out.then(JSON.parse), err])
    const [first, second] = ['ap-southeast-1', 'ap-northeast-1']
    expect({ code, result }, timeline).toEqual({
      code: 0,
      result: {
        ok: true,
        takeoverMs: expect.any(Number),
        learntMs: expect.any(Number),
        metMs: expect.any(Number),
        calls: [
          { incident: 'both-well', byRegion: { [first]: 1 } },
          { incident: 'first-killed', byRegion: { [first]: 1, [second]: 1 } },
          { incident: 'apart', byRegion: { [first]: 1, [second]: 1 } },
        ],
        broken: [],
      },
    })
    expect(await readdir(temp)).toEqual([])
    expect(timeline).toMatch(/IS KILLED[\s\S]* does not answer: paged here[\s\S]*CUT OFF[\s\S]*REACH EACH OTHER AGAIN/)
    // A layer and a guard are waited for in earnest.
  }, 300_000)

  it('prints the timeline as it happens, shows its phones, and stops cleanly when it is called off', async () => {
    const { started, exit, out, err } = drill()
    let said = ''
    const down = new Promise<void>((seen) => {
      started.stdout.on('data', (lines) => {
        said += lines
        if (/GOES DOWN/.test(said)) seen()
      })
    })
    await Promise.race([down, exit])
    const phones = await fetch(/The phones ring at (\S+)/.exec(said)?.[1] ?? '')
    expect(await phones.text()).toMatch(/<article class="phone [\s\S]*Chen Tao/)
    const calledOff = performance.now()
    // Once from the terminal, once from the Node that passes it on.
    started.kill('SIGINT')
    started.kill('SIGINT')
    expect(await exit).toBe(2)
    expect(performance.now() - calledOff).toBeLessThan(5_000)
    expect(await err).toContain('The rehearsal was called off.')
    expect(await out).not.toContain('resolved')
    expect(await readdir(temp)).toEqual([])
  })
})
