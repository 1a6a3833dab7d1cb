import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Serverless } from './framework.ts'
import { packageFault as fault } from './package-fault.ts'
import type { FunctionDefinition, ProviderDefinition, Service } from './service.ts'
import { say } from './words.ts'

/** Beside the zips, under the name and in the form that the framework has for packages of AWS. */
export const STATE_FILE = 'serverless-state.json'

/** What a deployment needs beside the zips: the configuration as it stood when packaging was through. */
export interface PackageState {
  service: {
    service: string
    provider: ProviderDefinition & { stage: string; region: string }
    functions: Record<string, FunctionDefinition>
    custom?: object
  }
}

/** Writes it for its owner's eyes only: the functions' environment is in it. */
export async function saveState(
  serverless: Serverless,
  { name, stage, region }: Service,
  folder: string,
): Promise<void> {
  const { provider, functions, custom } = serverless.service
  // Where a zip lay while packaging says nothing to whoever deploys it elsewhere.
  const own = Object.entries(functions).map(([key, { package: _, ...definition }]) => [key, definition])
  const state: PackageState = {
    service: {
      service: name,
      provider: { ...provider, stage, region },
      functions: Object.fromEntries(own),
      ...(custom === undefined ? {} : { custom }),
    },
  }
  await writeFile(join(folder, STATE_FILE), JSON.stringify(state, null, 2), { mode: 0o600 })
}

/** Puts what was packaged in place of what the configuration says here and now. Throws an error that the framework shows. */
export async function restoreState(
  serverless: Serverless,
  folder: string,
  given: { stage?: string; region?: string },
): Promise<void> {
  const { service } = await read(serverless, folder)
  for (const key of ['stage', 'region'] as const) {
    const made = service.provider[key]
    if (given[key] === undefined || given[key] === made) continue
    throw fault(serverless, say.madeFor(folder, key, made, given[key] ?? ''))
  }
  Object.assign(serverless.service, service)
}

async function read(serverless: Serverless, folder: string): Promise<PackageState> {
  const file = join(folder, STATE_FILE)
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw fault(serverless, say.noState(file, reason))
  }
}
