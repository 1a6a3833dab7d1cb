import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { checkKindConfigs } from '../../shared/checks/kinds-config.ts'
import { type ConfiguredFunction, compileFor } from '../../shared/config/compile-for.ts'
import type { CompiledConfig } from '../../shared/config/compiled.ts'
import { filesBeside } from '../../shared/config/files.ts'
import { loadConfig } from '../../shared/config/load.ts'
import { formatProblems } from '../../shared/config/problem.ts'
import { references } from '../../shared/config/references.ts'
import { ENVIRONMENT_BYTES, type Environment, environmentBytes, withVariables } from './environment.ts'

interface FunctionDefinition {
  environment: Environment & { FENGHUO_CONFIG: string; VANTAGE?: string }
  package?: { patterns?: string[] }
}

/** What this plugin uses of the Serverless Framework. */
interface Serverless {
  serviceDir: string
  processedInput: { commands: string[] }
  service: {
    functions: Partial<Record<ConfiguredFunction, FunctionDefinition>>
    custom: { config: string; connectInstanceArn?: string; esbuild?: { exclude?: string[] } }
  }
  classes: { Error: new (message: string, code: string) => Error }
}

interface Writers {
  log: { warning(text: string): void }
}

const configured: ConfiguredFunction[] = ['probe', 'evaluate', 'page', 'acknowledge', 'watch']

/** Stands for the Connect instance as long as nobody names one, so that packaging needs nothing. */
const NO_INSTANCE = 'instance/00000000-0000-0000-0000-000000000000'

/**
 * Compiles the configuration before anything is packaged: each function gets the part that it needs as a file in its zip, at
 * the path that its `FENGHUO_CONFIG` names, and the environment variables which that part refers to. A mistake in the
 * configuration stops packaging with all mistakes told; a variable without a value stops a deployment, and is a warning
 * when only packaging.
 */
export default class ConfigPlugin {
  readonly hooks: Record<string, () => Promise<void>>

  constructor(serverless: Serverless, _options: unknown, { log }: Writers) {
    const deploys = serverless.processedInput.commands[0] === 'deploy'
    const run = async () => {
      const unset = await compileInto(serverless, process.env)
      if (unset.length === 0) return
      if (deploys) throw fault(serverless, `Not deployed:\n${unset.join('\n')}`)
      log.warning(`This package can't be deployed:\n${unset.join('\n')}`)
    }
    this.hooks = { 'before:package:initialize': run, 'before:deploy:function:initialize': run }
  }
}

/** Resolves to what has no value yet, one line each. */
async function compileInto(serverless: Serverless, env: Record<string, string | undefined>): Promise<string[]> {
  const { functions, custom } = serverless.service
  const config = await load(serverless)
  const unset = custom.connectInstanceArn?.endsWith(NO_INSTANCE)
    ? ['the Connect instance is not named: set CONNECT_INSTANCE_ID']
    : []
  for (const name of configured) {
    const fn = functions[name]
    if (!fn) continue
    const part = partFor(serverless, name, config, fn.environment.VANTAGE)
    await write(join(serverless.serviceDir, fn.environment.FENGHUO_CONFIG), part)
    if (name === 'probe') leaveOut(unneededPackages(part), custom)
    fn.package = { ...fn.package, patterns: [...(fn.package?.patterns ?? []), fn.environment.FENGHUO_CONFIG] }

    const { environment, missing } = withVariables(fn.environment, references(part), env)
    fn.environment = { ...fn.environment, ...environment }
    unset.push(...missing.map((variable) => `${variable} is not set, and ${custom.config} needs it for ${name}`))
    const bytes = environmentBytes(environment)
    if (bytes > ENVIRONMENT_BYTES) {
      throw fault(serverless, `The environment of ${name} has ${bytes} bytes, and may have ${ENVIRONMENT_BYTES}`)
    }
  }
  return unset
}

/** What only kinds of checks need that this probe has none of. */
function unneededPackages({ checks }: CompiledConfig): string[] {
  const kinds = new Set(checks.map(({ kind }) => kind))
  return checkKindConfigs.flatMap(({ kind, packages = [] }) => (kinds.has(kind) ? [] : packages))
}

/** A probe carries no library that its checks don't use. The bundler has read its options by now, so its own list is added to. */
function leaveOut(packages: string[], custom: Serverless['service']['custom']): void {
  custom.esbuild?.exclude?.push(...packages)
}

async function load(serverless: Serverless): Promise<CompiledConfig> {
  const { config: file } = serverless.service.custom
  let text: string
  try {
    text = await readFile(join(serverless.serviceDir, file), 'utf8')
  } catch (error) {
    throw fault(serverless, `${file} can't be read: ${error instanceof Error ? error.message : error}`)
  }
  const { config, problems } = loadConfig(text, file, undefined, filesBeside(join(serverless.serviceDir, file)))
  if (!config) throw fault(serverless, `Mistakes in ${file}:\n${formatProblems(problems, text)}`)
  return config
}

function partFor(
  serverless: Serverless,
  name: ConfiguredFunction,
  config: CompiledConfig,
  vantage: string | undefined,
) {
  try {
    return compileFor(name, config, vantage)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw fault(serverless, `${name}: ${error.message}`)
  }
}

async function write(file: string, config: CompiledConfig): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(config))
}

function fault(serverless: Serverless, message: string): Error {
  return new serverless.classes.Error(message, 'FENGHUO_CONFIG')
}
