import { join } from 'node:path'
import { build, type Plugin, transform } from 'esbuild'
import { expect, test } from 'vitest'
import { root } from '../../bench/harness.ts'
import { packaging } from '../../bench/lambda.ts'
import { MOST_KB, packages } from '../../bench/probe-bundle.ts'
import { readSource } from '../../local/place.ts'
import { dataModules } from '../../plugins/bundles/data.ts'

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
