import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, type Plugin, transform } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { get, pageIn, startConsole } from '../../bench/console-lambda.ts'
import { CONSOLE_START_KB, CONSOLE_ZIP_KB, sizesOf } from '../../bench/console-size.ts'
import { type Harness, inHarness, root } from '../../bench/harness.ts'
import { bundleFunction, packaging } from '../../bench/lambda.ts'
import { MOST_KB, packages } from '../../bench/probe-bundle.ts'
import { fenghuoFile, makeTenants } from '../../bench/tenants.ts'
import { readSource } from '../../local/place.ts'
import { dataModules } from '../../plugins/bundles/data.ts'
import { buildAssets, filesOfAssets } from '../../plugins/console/assets.ts'

/** What is loaded late is a bundle of its own, and need not be made to weigh the main one. */
const late: Plugin = {
  name: 'late',
  setup({ onResolve }) {
    onResolve({ filter: /^[.]/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    )
  },
}

const read = new Map<string, Promise<string[]>>()

/** The files of which what a function loads first holds something: built once, for all that is asked of them. */
function filesIn(fn: string): Promise<string[]> {
  const files = read.get(fn) ?? readFiles(fn)
  read.set(fn, files)
  return files
}

async function readFiles(fn: string): Promise<string[]> {
  const plugins = [dataModules(), late]
  const { metafile } = await build({ ...(await packaging(root, fn)), plugins, write: false, metafile: true })
  const held = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs))
  return held.flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []))
}

// Whoever meets this limit loads late what few checks need: docs/decisions/0012-bundles-loaded-late.md.
test.each(packages)('the main bundle of a probe on $cloud stays small', async ({ file, fn }) => {
  const { outputFiles } = await build({ ...(await packaging(root, fn, file)), plugins: [late], write: false })
  const kB = outputFiles.reduce((sum, { contents }) => sum + contents.length, 0) / 1000
  expect(kB).toBeGreaterThan(MOST_KB / 2)
  expect(kB).toBeLessThanOrEqual(MOST_KB)
})

const definitions = ['serverless.yml', ...['tencent', 'aliyun', 'probe', 'tell'].map((one) => `serverless.${one}.yml`)]

test.each(definitions)('by %s a sentence is packaged in three bytes a character, and not in six', async (file) => {
  const { custom } = readSource(join(root, file)).data as { custom: { esbuild: { charset?: 'utf8' } } }
  const { charset } = custom.esbuild
  expect((await transform("say('烽火')", charset === undefined ? {} : { charset })).code).toContain('烽火')
})

// Somebody waits for their cold start: schemas as methods (`zod`) would be half of what `ingest` loads, and a tenth of `page`.
test.each([
  'ingest',
  'evaluate',
  'watch',
  'acknowledge',
  'page',
])('the bundle of %s has schemas as functions only', async (fn) => {
  const schemas = (await filesIn(fn)).filter((file) => file.includes('node_modules/zod/v4/'))
  expect(schemas).toContainEqual(expect.stringContaining('/mini/'))
  expect(schemas.filter((file) => file.includes('/classic/'))).toEqual([])
})

test.each(['heartbeat', 'console'])('the bundle of %s has no schemas at all', async (fn) => {
  expect((await filesIn(fn)).filter((file) => file.includes('node_modules/zod/'))).toEqual([])
})

// Each a tenth of what these load, and for patterns of matchers, windows and rotations: for a storm, a silence, an hour, a page that is asked for.
test.each(['evaluate', 'watch', 'acknowledge'])('the bundle of %s has no patterns and no calendars', async (fn) => {
  const inputs = await filesIn(fn)
  expect(inputs).toContainEqual(expect.stringContaining('shared/incidents/'))
  expect(inputs.filter((file) => /node_modules\/(re2js|temporal-polyfill)\//.test(file))).toEqual([])
})

const shape = { name: 'tenant', from: 1, layers: 1, projects: 1, channels: ['chat' as const], ackTimeout: '1h' }

const rooms = {
  '/': '收银台',
  '/incidents/1001': '收银台',
  '/incidents/1001/post-mortem.md': '收银台',
  '/checks': '</main>',
  '/oncall': '</main>',
  '/silences': '</main>',
  '/inbound': '</main>',
  '/system/queues': '</main>',
  '/metrics': 'fenghuo_',
  '/api/v1/incidents': '收银台',
  '/api/v1/openapi.json': '"openapi"',
}

/** On a machine that is busy with other things. */
const BUILD_MS = 180_000

/** So much may the console's function be before it is compressed, with what browsers get of it as they get it: each module once, or nearly. */
const CONSOLE_RAW_KB = 1160

describe('the packaged console', () => {
  let folder: string
  /** What each request loads, beside what is loaded late. */
  let start: string
  let assets: ReturnType<typeof filesOfAssets>
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fenghuo-bundles-'))
    start = await bundleFunction(root, 'console', folder)
    assets = filesOfAssets(await buildAssets())
  }, BUILD_MS)
  afterAll(() => rm(folder, { recursive: true }))

  test('is small where each request loads it, and holds no module again and again', async () => {
    const { startKB, zipKB, rawKB } = await sizesOf(start, assets)
    // Somebody who was just woken waits for it.
    expect(startKB).toBeGreaterThan(100)
    expect(startKB).toBeLessThanOrEqual(CONSOLE_START_KB)
    // What is uploaded, and fetched by each instance that begins.
    expect(zipKB).toBeGreaterThan(200)
    expect(zipKB).toBeLessThanOrEqual(CONSOLE_ZIP_KB)
    expect(rawKB).toBeGreaterThan(2 * zipKB)
    expect(rawKB).toBeLessThanOrEqual(CONSOLE_RAW_KB)
  })

  // From the sources each room is there; what is packaged is put together from files that import one another.
  test('opens each room', async () => {
    const tenants = makeTenants(1, shape)
    const works = async (harness: Harness) => {
      await harness.alert(tenants[0]?.projects[0] ?? '', 'key-1')
      await harness.idle()
      const { lambda } = await startConsole(harness, { bundle: start, assets, fenghuo: fenghuoFile(tenants) })
      // On a machine that is busy with other things a table does not answer in time at first, and the page says so.
      const opened = async (path: string) => pageIn((await lambda.invoke(get(path))).answer).text
      for (const [path, text] of Object.entries(rooms))
        await expect.poll(() => opened(path), { timeout: 30_000, message: path }).toContain(text)
      lambda.stop()
    }
    await inHarness(tenants, 0, works, { apart: true })
  })
})
