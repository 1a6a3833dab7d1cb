import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { filesBeside } from '../../shared/config/files.ts'
import { withHashedKeys } from '../../shared/config/hash-keys.ts'
import { loadConfig } from '../../shared/config/load.ts'
import { toldOutOfReach } from '../../shared/config/out-of-reach.ts'
import { formatProblems } from '../../shared/config/problem.ts'
import { sourceVersion } from '../../shared/config/source-version.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { references } from '../../shared/contracts/references.ts'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import { languageOf } from '../../shared/contracts/words.ts'
import { awsRules } from './aws-rules.ts'
import {
  ENVIRONMENT_BYTES,
  type Environment,
  emptyIn,
  environmentBytes,
  withoutUnused,
  withRecipients,
  withVariables,
} from './environment.ts'
import {
  checkGroups,
  type FunctionDefinition,
  isConfigured,
  kindsIn,
  partOf,
  readingBundle,
  zipPatterns,
} from './functions.ts'
import { placeIn } from './network.ts'
import { probeStatements } from './permissions.ts'
import { notThere, readingStatement, type SecretStore, storeOf, toldStores } from './secrets.ts'

/** What this plugin uses of the Serverless Framework. */
interface Serverless {
  serviceDir: string
  processedInput: { commands: string[] }
  /** The configuration as it stands in its file. */
  configurationInput: { params?: Record<string, object> }
  service: {
    service: string
    resources?: { Resources?: Record<string, object> }
    provider: {
      name: string
      region?: string
      stage?: string
      api?: string
      environment?: Environment
      role?: string
      vpc?: object
      internetAccess?: boolean
    }
    functions: Record<string, FunctionDefinition>
    custom: {
      config: string
      connectInstanceArn?: string
      unset?: string[]
      secrets?: string
      secretsPath?: string
    }
    package?: { path?: string }
  }
  configSchemaHandler: { defineFunctionProperties(provider: string, schema: object): void }
  classes: { Error: new (message: string, code: string) => Error }
}

interface Writers {
  log: { warning(text: string): void; notice(text: string): void }
}

/** Stands for the Connect instance as long as nobody names one, so that packaging needs nothing. */
const NO_INSTANCE = 'instance/00000000-0000-0000-0000-000000000000'

/** `checks` of a function: it runs the kinds of checks whose `runsIn` is this; absent: all kinds. */
const schema = { properties: { checks: { enum: checkGroups() } } }

/**
 * Compiles the configuration before anything is packaged: each function that names `FENGHUO_CONFIG` gets the part that it needs
 * as that file in its zip, and the environment variables which that part refers to. One with a `VANTAGE` is a probe: it gets the
 * checks of that vantage, of the kinds that its `checks` stands for, with the modules that they load and what its role needs for them, and the
 * last-resort recipients; without any check it is left out. A mistake in the configuration stops packaging with all mistakes told; a variable without a value
 * stops a deployment, and is a warning when only packaging: the package says what it lacks, and its deployment is stopped too.
 */
export default class ConfigPlugin {
  readonly hooks: Record<string, () => Promise<void>>

  constructor(serverless: Serverless, options: { param?: string[]; package?: string }, { log }: Writers) {
    const { provider } = serverless.service
    refuseUnknown(serverless, options.param ?? [])
    serverless.configSchemaHandler.defineFunctionProperties(provider.name, schema)
    const deploys = serverless.processedInput.commands[0] === 'deploy'
    const run = async () => {
      const { unset, leftOut, outOfReach, stores } = await compileInto(serverless, process.env)
      for (const line of [...leftOut, ...toldStores(stores)]) log.notice(line)
      for (const line of outOfReach) log.warning(line)
      if (deploys && provider.name === 'aws')
        unset.push(...(await notThere(stores, provider.region ?? '', process.env, (line) => log.warning(line))))
      if (unset.length === 0) return
      if (deploys) throw fault(serverless, `Not deployed:\n${unset.join('\n')}`)
      log.warning(`This package can't be deployed:\n${unset.join('\n')}`)
      serverless.service.custom.unset = unset
    }
    const refuseIncomplete = async () => {
      const folder = options.package ?? serverless.service.package?.path
      const unset = folder === undefined ? [] : await unsetIn(resolve(serverless.serviceDir, folder))
      if (unset.length > 0) throw fault(serverless, `Not deployed, for when this was packaged\n${unset.join('\n')}`)
    }
    this.hooks = {
      'before:package:initialize': run,
      'before:deploy:function:initialize': run,
      'before:deploy:deploy': refuseIncomplete,
    }
  }
}

/** What had no value when a package was made: the framework keeps `custom` in it. Without that file others tell what is wrong. */
async function unsetIn(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'serverless-state.json'), 'utf8').catch(() => '{}')
  const { service } = JSON.parse(text) as { service?: { custom?: { unset?: string[] } } }
  return service?.custom?.unset ?? []
}

/** The framework takes no notice of a parameter that nothing refers to, and so of a slip in its name. */
function refuseUnknown(serverless: Serverless, given: string[]): void {
  const { params = {} } = serverless.configurationInput
  const known = [...new Set(Object.values(params).flatMap((each) => Object.keys(each)))]
  const unknown = given.map((one) => one.split('=')[0] ?? '').filter((name) => !known.includes(name))
  const told = unknown.map((name) => `there is no parameter ${name}${didYouMean(name, known).en}`)
  if (told.length > 0) throw fault(serverless, `${told.join('\n')}\nThere are ${known.join(', ')}`)
}

/** Resolves to what has no value yet, what has nothing to do, and what can't be looked at, one line each. */
async function compileInto(serverless: Serverless, env: Record<string, string | undefined>) {
  const { functions, custom, provider } = serverless.service
  const config = await load(serverless)
  const version = sourceVersion(serverless.serviceDir)
  const unset = custom.connectInstanceArn?.endsWith(NO_INSTANCE)
    ? ['the Connect instance is not named: set CONNECT_INSTANCE_ID']
    : []
  const leftOut: string[] = []
  const outOfReach: string[] = []
  const stores: Record<string, SecretStore> = {}
  for (const [name, fn] of Object.entries(functions)) {
    fn.environment = { ...provider.environment, ...fn.environment }
    if (!isConfigured(fn)) continue
    const part = refusing(serverless, name, () => withHashedKeys(partOf(name, fn, config), env))
    if (fn.checks !== undefined && part.checks.length === 0) {
      leftOut.push(`${name} is left out: ${fn.environment.VANTAGE} has no check of ${kindsIn(fn.checks).join(', ')}`)
      delete functions[name]
      continue
    }
    const isProbe = fn.environment.VANTAGE !== undefined
    const versioned = isProbe ? { ...part, version } : part
    await write(join(serverless.serviceDir, fn.environment.FENGHUO_CONFIG), versioned)
    fn.package = { ...fn.package, patterns: [...(fn.package?.patterns ?? []), ...zipPatterns(fn, part)] }

    const network = config.networks?.[fn.environment.VANTAGE ?? '']
    if (network) placeIn(network, fn, provider)
    if (isProbe)
      for (const { check, mistake } of toldOutOfReach({
        ...part,
        ...(config.networks && { networks: config.networks }),
      }))
        outOfReach.push(`${check} ${mistake.words[languageOf(env)]}`)
    const more = isProbe && provider.name === 'aws' ? probeStatements(part) : []
    if (more.length > 0) fn.iamRoleStatements = [...(fn.iamRoleStatements ?? []), ...more]

    const used = references(part)
    const store = refusing(serverless, name, () => storeOf(provider.name, fn.environment ?? {}, used, custom))
    if (store !== undefined) {
      stores[name] = store
      const isAws = provider.name === 'aws'
      if (isAws) fn.iamRoleStatements = [...(fn.iamRoleStatements ?? []), readingStatement(store)]
      else if (!provider.role) unset.push(`${name} reads secrets and has no role: set --param="role=…"`)
      if (!isAws) fn.package.patterns?.push(readingBundle(fn))
      fn.environment.FENGHUO_SECRETS = isAws ? store.path : store.prefix
      for (const read of store.names) delete fn.environment[read]
    }
    const kept = store === undefined ? used : used.filter((one) => !store.names.includes(one))
    const { environment, missing } = withVariables(
      withoutUnused(fn.environment, part.reportKeys !== undefined),
      kept,
      env,
    )
    const whole = isProbe
      ? refusing(serverless, name, () => withRecipients(environment, env, provider.name))
      : environment
    fn.environment = whole as typeof fn.environment
    unset.push(...missing.map((variable) => `${variable} is not set, and ${custom.config} needs it for ${name}`))
    unset.push(...emptyIn(whole, name))
    const bytes = environmentBytes(whole)
    if (bytes > ENVIRONMENT_BYTES) {
      throw fault(serverless, `The environment of ${name} has ${bytes} bytes, and may have ${ENVIRONMENT_BYTES}`)
    }
  }
  if (functions.ingest !== undefined) addRules(serverless, config)
  // Every function has all of it by now, but for what it has no use for.
  if (provider.environment) provider.environment = {}
  if (leftOut.length > 0 && Object.keys(functions).length === 0) {
    throw fault(serverless, `There is nothing to run:\n${leftOut.join('\n')}`)
  }
  return { unset, leftOut, outOfReach, stores }
}

/** What projects want to hear of AWS: rules beside the service's own resources. */
function addRules({ service }: Serverless, config: CompiledConfig): void {
  const rules = awsRules(config, `${service.service}-${service.provider.stage}`)
  service.resources = { ...service.resources, Resources: { ...service.resources?.Resources, ...rules } }
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
  const language = languageOf(process.env)
  const head = { en: `Mistakes in ${file}:`, zh: `${file} 有误：` }[language]
  if (!config) throw fault(serverless, `${head}\n${formatProblems(problems, language, text)}`)
  return config
}

/** What is wrong with a function is told with its name. */
function refusing<T>(serverless: Serverless, name: string, work: () => T): T {
  try {
    return work()
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
