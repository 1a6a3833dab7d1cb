import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build, type Plugin } from 'esbuild'
import { onTestFinished } from 'vitest'

/** Bundles `services/probe/aws.ts` of a small tree as packaging does. */
export async function bundled(plugin: Plugin, files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-bundles-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [path, text] of Object.entries({ 'package.json': '{"sideEffects":false}', ...files })) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const outdir = join(folder, 'out')
  const shared = { bundle: true, minify: true, platform: 'node', target: 'node18', format: 'cjs' } as const
  const built = build({
    ...shared,
    absWorkingDir: folder,
    entryPoints: ['services/probe/aws.ts'],
    outdir,
    plugins: [plugin],
    logLevel: 'silent',
  })
  const names = async () => (await readdir(outdir)).sort()
  const text = (name: string) => readFile(join(outdir, name), 'utf8')
  /** In how many of the files that is. */
  const times = async (sought: string) =>
    (await Promise.all((await names()).map(text))).filter((each) => each.includes(sought)).length
  const load = () => createRequire(join(outdir, 'x.js'))(join(outdir, 'aws.js'))
  /** What that function of the entry answers in a process of its own. */
  const loaded = async (name: string) => {
    const asks = `require('./aws.js').${name}().then((answer) => console.log(JSON.stringify(answer)))`
    return JSON.parse((await promisify(execFile)(process.execPath, ['-e', asks], { cwd: outdir })).stdout)
  }
  return { built, text, load, loaded, names, times }
}
