import { build, type Plugin } from 'esbuild'
import { expect, test } from 'vitest'
import { CONSOLE_START_KB } from '../../bench/console.ts'
import { root } from '../../bench/harness.ts'
import { packaging } from '../../bench/lambda.ts'
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

// Somebody who was just woken waits for it.
test('what each request of the console loads stays small', async () => {
  const { outputFiles } = await build({
    ...(await packaging(root, 'console')),
    plugins: [dataModules(), late],
    write: false,
  })
  const bundle = outputFiles.reduce((sum, { contents }) => sum + contents.length, 0)
  const names = Buffer.byteLength(filesOfAssets(await buildAssets())[NAMES_FILE] ?? '')
  expect(bundle).toBeGreaterThan(100_000)
  expect((bundle + names) / 1000).toBeLessThanOrEqual(CONSOLE_START_KB)
})
