import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Fleet, startFleet } from './functions/fleet.ts'
import { nodeBinary } from './functions/node-binary.ts'
import { zipEntries } from './functions/zip.ts'
import { zipOf } from './functions/zip-of.ts'

const BOOTSTRAP = `
const { serve } = require(${JSON.stringify(resolve(import.meta.dirname, 'functions/serve.cjs'))})
serve({
  input: (event, context) => [JSON.parse(event.toString()), context],
  output: (value) => JSON.stringify(value ?? null),
})`

const opened: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

/** A function of one file, and a way to call it. */
async function deploy(source: string, { major = 18, handler = 'index.main', timeoutMs = 5000, startMs = 5000 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-bootstrap-'))
  opened.push(() => rm(folder, { recursive: true }))
  const bootstrap = join(folder, 'bootstrap.cjs')
  await writeFile(bootstrap, BOOTSTRAP)
  const fleet: Fleet = startFleet()
  opened.push(fleet.close)
  const options = { handler, node: nodeBinary(major), bootstrap, env: { GREETING: '你好' }, startMs }
  const process = await fleet.process('one', await zipOf({ 'index.js': source }), options)
  const invoke = async (event: unknown = {}) => {
    const { outcome, ...rest } = await process.invoke(Buffer.from(JSON.stringify(event)), { context: {}, timeoutMs })
    return { outcome: outcome.kind === 'returned' ? JSON.parse(outcome.result.toString()) : outcome, ...rest }
  }
  return { fleet, process, invoke }
}

describe('a function in a process of its own', () => {
  it('runs on its own Node, with its own environment and nothing else of this machine', async () => {
    for (const major of [18, 20]) {
      const { invoke } = await deploy('exports.main = async () => [process.version, process.env]', { major })
      const { outcome } = await invoke()
      expect(outcome).toEqual([expect.stringMatching(new RegExp(`^v${major}\\.`)), { GREETING: '你好' }])
    }
  })

  it('stays between calls with what is in its memory, and takes one call at a time', async () => {
    const { invoke } = await deploy(`
      let calls = 0, running = 0
      exports.main = async () => {
        running++
        await new Promise((resolve) => setTimeout(resolve, 5))
        return [++calls, running--]
      }`)
    const all = await Promise.all([invoke(), invoke(), invoke()])
    expect(all.map(({ outcome, coldStart }) => [outcome, coldStart])).toEqual([
      [[1, 1], true],
      [[2, 1], false],
      [[3, 1], false],
    ])
    expect(all[0]?.memoryBytes).toBeGreaterThan(1024 * 1024)
  })

  it('answers by a promise or by the callback', async () => {
    const { invoke } = await deploy(`
      exports.main = (event, context, callback) => {
        if (event.fails) callback(new RangeError('too far'))
        else callback(null, event)
      }`)
    expect((await invoke({ n: 1 })).outcome).toEqual({ n: 1 })
    expect((await invoke({ fails: true })).outcome).toMatchObject({ error: { type: 'RangeError', message: 'too far' } })
  })

  it('hands over what was printed by the call, before its end and whichever way it is printed', async () => {
    const { invoke } = await deploy(`
      console.log('loaded')
      exports.main = async ({ n }) => { console.log('call', n); console.error('to standard error'); process.stdout.write('raw\\n') }`)
    expect((await invoke({ n: 1 })).output).toBe('loaded\ncall 1\nto standard error\nraw\n')
    expect((await invoke({ n: 2 })).output).toBe('call 2\nto standard error\nraw\n')
  })

  it.each([
    ['an endless loop', 'for (;;);', { kind: 'timed-out' }],
    ['a promise that never settles', 'return new Promise(() => setInterval(() => {}, 1000))', { kind: 'timed-out' }],
    ['an exit', 'process.exit(3)', { kind: 'exited', code: 3 }],
    ['an exception', 'null.x', { kind: 'threw', error: { type: 'TypeError' } }],
    ['something thrown that is no error', 'throw "no"', { kind: 'threw', error: { type: 'string', message: 'no' } }],
    ['an answer that is no JSON', 'return 1n', { kind: 'threw', error: { type: 'TypeError' } }],
  ])('%s is told, and the next call runs', async (_what, line, outcome) => {
    const source = `let n = 0; exports.main = async ({ bad }) => { n++; if (bad) { console.log('on the way'); ${line} }; return n }`
    const { invoke } = await deploy(source, { timeoutMs: outcome.kind === 'timed-out' ? 500 : 10_000 })
    const bad = await invoke({ bad: true })
    expect(bad.outcome).toMatchObject(outcome)
    expect(bad.output).toBe('on the way\n')
    const lives = outcome.kind === 'threw'
    expect(await invoke()).toMatchObject({ outcome: lives ? 2 : 1, coldStart: !lives })
  })

  it('an error after the answer ends the instance, not the next call', async () => {
    const { invoke } = await deploy(
      'exports.main = async () => { setImmediate(() => { throw new Error("late") }); return 1 }',
    )
    expect((await invoke()).outcome).toBe(1)
    await expect.poll(async () => (await invoke()).coldStart).toBe(true)
  })

  it.each([
    ['no such file', 'other.main', 'exports.main = 1', { type: 'Error', message: expect.stringContaining('other') }],
    ['no such function', 'index.other', 'exports.main = 1', { message: 'index exports no function other' }],
    ['a syntax error', 'index.main', 'exports.main = (', { type: 'SyntaxError' }],
    ['an exit while loading', 'index.main', 'process.exit(1)', { message: 'the process ended while loading' }],
    ['an endless loop while loading', 'index.main', 'for (;;);', { message: 'not loaded within 300 ms' }],
  ])('%s: not loaded', async (_what, handler, source, error) => {
    const { invoke } = await deploy(source, { handler, startMs: source.includes('for') ? 300 : 10_000 })
    expect((await invoke()).outcome).toMatchObject({ kind: 'not-loaded', error })
  })

  it('is let finish when it is retired, and is cut off when everything closes', async () => {
    const source =
      'exports.main = async ({ ms }) => { await new Promise((resolve) => setTimeout(resolve, ms)); return "done" }'
    const first = await deploy(source)
    const running = first.invoke({ ms: 50 })
    await first.fleet.retire('one')
    expect((await running).outcome).toBe('done')

    const second = await deploy(source, { timeoutMs: 60_000 })
    await second.invoke({ ms: 0 })
    const cut = second.invoke({ ms: 60_000 })
    await new Promise((resolve) => setImmediate(resolve))
    await second.fleet.close()
    expect((await cut).outcome).toEqual({ kind: 'exited', code: null })
    expect((await second.invoke()).outcome).toEqual({ kind: 'exited', code: null })
  })

  it('a package that cannot be unpacked leaves nothing behind', async () => {
    const fleet = startFleet()
    const options = { handler: 'index.main', node: nodeBinary(18), bootstrap: '', env: {}, startMs: 1000 }
    await expect(fleet.process('one', Buffer.from('no zip'), options)).rejects.toThrow()
    await fleet.close()
  })

  it('needs a Node that is here', () => {
    expect(() => nodeBinary(16)).toThrow('there is no Node 16 here, only 18, 20')
  })
})

it('a zip is read with its sizes, and the same files make the same bytes', async () => {
  const files = { 'index.js': 'exports.main = 1', 'lib/深.js': '' }
  expect(await zipEntries(await zipOf(files))).toEqual(
    new Map([
      ['index.js', 16],
      ['lib/深.js', 0],
    ]),
  )
  expect(await zipOf(files)).toEqual(await zipOf(files))
  await expect(zipEntries(Buffer.from('no zip'))).rejects.toThrow()
})
