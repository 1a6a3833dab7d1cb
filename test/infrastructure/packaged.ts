import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readZip } from '../../plugins/provider/artifact.ts'
import type { Template } from './template.ts'

const root = resolve(import.meta.dirname, '../..')
/** Where the framework keeps the validators it makes of its schemas, which is a third of its work, and Node what it has compiled. */
const caches = { SLS_SCHEMA_CACHE_BASE_DIR: cache('serverless'), NODE_COMPILE_CACHE: cache('node') }
const parts = ['package.json', 'tsconfig.json', 'infrastructure', 'plugins', 'services', 'shared']

/** What `sls package` did. */
export interface Packaged {
  /** 0 when it went well. */
  code: number
  /** Everything it printed. */
  output: string
  /** What it left in `.serverless`, by file name. */
  files: Map<string, Buffer>
}

/**
 * Packages a copy of the service, as in a fresh tree, with its own `fenghuo.yml` and nothing in its environment but `env`:
 * no credentials, no region, and a proxy that refuses whatever would reach for the network.
 */
export async function packageService(
  fenghuoYml: string,
  env: Record<string, string> = {},
  { config = 'serverless.yml', options = [] }: { config?: string; options?: string[] } = {},
): Promise<Packaged> {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-package-'))
  for (const part of [...parts, config]) await cp(join(root, part), join(folder, part), { recursive: true })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'fenghuo.yml'), fenghuoYml)

  const command = join(root, 'node_modules/serverless/bin/serverless.js')
  // The plugin that bundles leaves a folder of each function wherever temporary ones are.
  const alone = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, HTTPS_PROXY: 'http://127.0.0.1:1' }
  const environment = { ...alone, ...caches, ...env }
  const result = await run(process.execPath, [command, 'package', '--config', config, ...options], folder, environment)
  const files = await readFolder(join(folder, '.serverless'))
  await rm(folder, { recursive: true })
  return { ...result, files }
}

/** The template that a deployment would bring into force. */
export function templateOf({ files }: Packaged): Template {
  return JSON.parse(String(files.get('cloudformation-template-update-stack.json')))
}

/** The files in a function's zip, by path. */
export function zipOf({ files }: Packaged, name: string): Map<string, Buffer> {
  const zip = files.get(`${name}.zip`)
  if (!zip) throw new Error(`there is no ${name}.zip`)
  return new Map(Object.entries(readZip(zip)).map(([path, bytes]) => [path, Buffer.from(bytes)]))
}

function cache(name: string): string {
  return join(root, 'node_modules/.cache', name)
}

async function readFolder(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)))
}

function run(file: string, args: string[], cwd: string, env: NodeJS.ProcessEnv) {
  return new Promise<{ code: number; output: string }>((done) => {
    execFile(file, args, { cwd, env, timeout: 150_000 }, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr })
    })
  })
}
