import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { expect, onTestFinished, test } from 'vitest'
import { CONSOLE_START_KB } from '../../bench/console.ts'
import { root } from '../../bench/harness.ts'
import { bundleFunction, packaging } from '../../bench/lambda.ts'
import { MOST_KB, packages } from '../../bench/probe-bundle.ts'
import { dataModules } from '../../plugins/bundles/data.ts'
import { buildAssets, filesOfAssets } from '../../plugins/console/assets.ts'
import { NAMES_FILE } from '../../services/console/assets.ts'

/** What is loaded late is a bundle of its own, and need not be made to weigh the main one. */
const late: Plugin = {
  name: 'late',
  setup({ onResolve }) {
    onResolve({ filter: /^[.]/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    )
  },
}

// Whoever meets this limit loads late what few checks need: docs/decisions/0012-bundles-loaded-late.md.
test.each(packages)('the main bundle of a probe on $cloud stays small', async ({ file, fn }) => {
  const { outputFiles } = await build({ ...(await packaging(root, fn, file)), plugins: [late], write: false })
  const kB = outputFiles.reduce((sum, { contents }) => sum + contents.length, 0) / 1000
  expect(kB).toBeGreaterThan(MOST_KB / 2)
  expect(kB).toBeLessThanOrEqual(MOST_KB)
})

// Somebody waits for their cold start: schemas as methods (`zod`) would be half of what the first loads, and a seventh of the last.
test.each(['ingest', 'evaluate', 'watch'])('the bundle of %s has schemas as functions only', async (fn) => {
  const { metafile } = await build({ ...(await packaging(root, fn)), plugins: [late], write: false, metafile: true })
  const schemas = Object.keys(metafile.inputs).filter((file) => file.includes('node_modules/zod/v4/'))
  expect(schemas).toContainEqual(expect.stringContaining('/mini/'))
  expect(schemas.filter((file) => file.includes('/classic/'))).toEqual([])
})

test.each(['heartbeat', 'console'])('the bundle of %s has no schemas at all', async (fn) => {
  const { metafile } = await build({
    ...(await packaging(root, fn)),
    plugins: [dataModules(), late],
    write: false,
    metafile: true,
  })
  const [output] = Object.values(metafile.outputs)
  const schemas = Object.entries(output?.inputs ?? {}).filter(([file]) => file.includes('node_modules/zod/'))
  expect(schemas.filter(([, { bytesInOutput }]) => bytesInOutput > 0)).toEqual([])
})

// Each a tenth of what these load, and for patterns of matchers, windows and rotations: for a storm, a silence, an hour, a page that is asked for.
test.each(['evaluate', 'watch', 'acknowledge'])('the bundle of %s has no patterns and no calendars', async (fn) => {
  const { metafile } = await build({ ...(await packaging(root, fn)), plugins: [late], write: false, metafile: true })
  const inputs = Object.keys(metafile.inputs)
  expect(inputs).toContainEqual(expect.stringContaining('shared/incidents/'))
  expect(inputs.filter((file) => /node_modules\/(re2js|temporal-polyfill)\//.test(file))).toEqual([])
})

/** So much may the console's function be altogether, with what browsers get of it: each module once, or nearly. */
const CONSOLE_WHOLE_KB = 1290

test('what each request of the console loads stays small, and the whole holds no module again and again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-bundles-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const start = await bundleFunction(root, 'console', folder)
  const assets = filesOfAssets(await buildAssets())
  const files = await Promise.all(
    (await readdir(dirname(start))).map(async (name) => (await stat(join(dirname(start), name))).size),
  )
  const bytes = [...files, ...Object.values(assets).map((content) => Buffer.byteLength(content))]
  // Somebody who was just woken waits for it.
  expect((await stat(start)).size).toBeGreaterThan(100_000)
  const names = Buffer.byteLength(assets[NAMES_FILE] ?? '')
  expect(((await stat(start)).size + names) / 1000).toBeLessThanOrEqual(CONSOLE_START_KB)
  expect(bytes.reduce((sum, size) => sum + size, 0) / 1000).toBeLessThanOrEqual(CONSOLE_WHOLE_KB)
})
