import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readZip, writeZip } from './artifact.ts'
import type { Serverless } from './framework.ts'
import { packageFault as fault } from './package-fault.ts'
import { STATE_FILE } from './package-state.ts'
import type { Cloud, Files, PackagedFunction } from './service.ts'
import { say } from './words.ts'

/** The framework's own folder, where it makes its zips. */
const OWN_FOLDER = '.serverless'

/** Where zips are: `--package`, `package.path`, or the framework's own folder. */
export function packageFolder({ serviceDir, service }: Serverless, option: string | undefined): string {
  return resolve(serviceDir, option ?? service.package.path ?? OWN_FOLDER)
}

/** Takes away the package of an earlier run. In a folder that somebody has named there may be zips of somebody else. */
export async function cleanUp({ serviceDir }: Pick<Serverless, 'serviceDir'>): Promise<void> {
  const folder = resolve(serviceDir, OWN_FOLDER)
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((one) => one.endsWith('.zip') || one === STATE_FILE)) await rm(join(folder, name))
}

/**
 * Makes serverless-esbuild bundle functions of this provider too: it knows only a few providers by name. Does nothing where that
 * plugin is not used.
 */
export function teachEsbuild({ pluginManager, service }: Serverless): void {
  const plugin = pluginManager.plugins.find((one) => one.constructor.name === 'EsbuildServerlessPlugin')
  if (!plugin) return
  Object.assign(plugin, {
    isNodeFunction: ({ runtime = service.provider.runtime }: { runtime?: string }) => /^nodejs/.test(runtime ?? ''),
  })
}

/** Writes each function's zip, `key.zip`, as the vendor needs it, in place of what the framework has made. */
export async function pack(serverless: Serverless, cloud: Cloud, folder: string, keys: string[]): Promise<void> {
  const { functions, package: whole } = serverless.service
  await mkdir(folder, { recursive: true })
  for (const key of keys) {
    const definition = functions[key]
    const artifact = definition?.package?.artifact ?? whole.artifact
    if (!definition || artifact === undefined) throw fault(serverless, say.noArtifact(key))
    const { files } = await zipAt(serverless, key, resolve(serverless.serviceDir, artifact))
    const path = zipOf(folder, key)
    await writeFile(path, writeZip(cloud.pack(files, definition.handler)))
    definition.package = { ...definition.package, artifact: path }
  }
}

/** The functions with the zips that `pack` wrote. */
export async function packaged(serverless: Serverless, folder: string, keys: string[]): Promise<PackagedFunction[]> {
  const all = keys.map(async (key) => {
    const definition = serverless.service.functions[key]
    if (!definition) throw fault(serverless, say.noFunction(key, Object.keys(serverless.service.functions)))
    const zip = zipOf(folder, key)
    return { key, definition, zip, ...(await zipAt(serverless, key, zip)) }
  })
  return Promise.all(all)
}

async function zipAt(serverless: Serverless, key: string, path: string): Promise<{ bytes: Buffer; files: Files }> {
  try {
    const bytes = await readFile(path)
    return { bytes, files: readZip(bytes) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw fault(serverless, say.badZip(key, path, reason))
  }
}

function zipOf(folder: string, key: string): string {
  return join(folder, `${key}.zip`)
}
