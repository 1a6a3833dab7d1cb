import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { filesBeside } from '../../shared/config/files.ts'
import { loadConfig } from '../../shared/config/load.ts'
import { formatProblems } from '../../shared/config/problem.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { type Bilingual, languageOf } from '../../shared/contracts/words.ts'
import { faults, heads } from './words.ts'

/** What the plugins of this service have of the Serverless Framework to find its configuration, and to stop. */
export interface Configured {
  serviceDir: string
  service: { custom: { config: string } }
  classes: { Error: new (message: string, code: string) => Error }
}

/** The configuration of a service. Throws, as the framework wants it, with all mistakes in it. */
export async function load({ serviceDir, service, classes }: Configured): Promise<CompiledConfig> {
  const { config: file } = service.custom
  const path = join(serviceDir, file)
  const fault = (words: Bilingual, more = '') =>
    new classes.Error(`${words[languageOf(process.env)]}${more}`, 'FENGHUO_CONFIG')
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw fault(faults.unreadable(file, error.message))
  })
  const { config, problems } = loadConfig(text, file, undefined, filesBeside(path))
  if (!config) throw fault(heads.mistakes(file), `\n${formatProblems(problems, languageOf(process.env), text)}`)
  return config
}
