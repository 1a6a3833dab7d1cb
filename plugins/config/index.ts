import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { withHashedKeys } from '../../shared/config/hash-keys.ts'
import { toldOutOfReach } from '../../shared/config/out-of-reach.ts'
import { sourceVersion } from '../../shared/config/source-version.ts'
import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { isFailoverFunction } from '../../shared/contracts/functions.ts'
import { isUsed } from '../../shared/contracts/queues.ts'
import type { ReceiptQueue } from '../../shared/contracts/receipt-queue.ts'
import { references } from '../../shared/contracts/references.ts'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import { type Bilingual, inLines, type Language, languageOf } from '../../shared/contracts/words.ts'
import { writeAssets } from '../console/assets.ts'
import { awsRules, pollIfHeard } from './aws-rules.ts'
import { isBesideProbes, prepare } from './beside-probes.ts'
import {
  ENVIRONMENT_BYTES,
  type Environment,
  emptyIn,
  environmentBytes,
  withoutUnused,
  withRecipients,
  withVariables,
} from './environment.ts'
import { failoverResources, placeFailover } from './failover.ts'
import {
  checkGroups,
  type FunctionDefinition,
  isConfigured,
  kindsIn,
  partOf,
  readingBundle,
  switchOn,
  zipPatterns,
} from './functions.ts'
import { load } from './load.ts'
import { placeIn } from './network.ts'
import { copyStatements, probeStatements } from './permissions.ts'
import { placeRegions, probeStatement } from './regions.ts'
import { type Deploying, notThere, readingStatement, type SecretStore, storeOf } from './secrets.ts'
import { faults, heads, type Lack, type Note, told } from './words.ts'

/** What this plugin uses of the Serverless Framework. */
interface Serverless extends Deploying {
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
      mailDomain?: string
      lacks?: Lack[]
      secrets?: string
      secretsPath?: string
      secretArn?: string
      primaryQueue?: string
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

/**
 * `checks` of a function: it runs the kinds of checks whose `runsIn` is this; absent: all kinds. `relays`: it passes on the messages of
 * channels of this type; `collects`: it reads queues of this; both are left out where no channel wants them.
 */
const schema = {
  properties: { checks: { enum: checkGroups() }, relays: { const: 'wecom-app' }, collects: { const: 'receipts' } },
}

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
      const language = languageOf(process.env)
      const { lacks, leftOut, outOfReach, stores } = await compileInto(serverless, process.env)
      const reads = Object.entries(stores).map(
        ([fn, { prefix, names }]): Note => ({ code: 'reads', args: { fn, prefix, names } }),
      )
      for (const one of [...leftOut, ...reads]) log.notice(told(one)[language])
      for (const words of outOfReach) log.warning(words[language])
      if (deploys && provider.name === 'aws') {
        const warn = (one: Note) => log.warning(told(one)[language])
        lacks.push(...(await notThere(stores, provider.region ?? '', serverless, warn)))
      }
      if (lacks.length === 0) return
      if (deploys) throw fault(serverless, listed(heads.notDeployed, lacks, language))
      log.warning(listed(heads.notDeployable, lacks, language))
      serverless.service.custom.lacks = lacks
    }
    const refuseIncomplete = async () => {
      const folder = options.package ?? serverless.service.package?.path
      const lacks = folder === undefined ? [] : await lacksOf(resolve(serverless.serviceDir, folder))
      if (lacks.length > 0) throw fault(serverless, listed(heads.packagedSo, lacks, languageOf(process.env)))
    }
    this.hooks = {
      'before:package:initialize': run,
      'before:deploy:function:initialize': run,
      'before:deploy:deploy': refuseIncomplete,
    }
  }
}

function listed(head: Bilingual, facts: (Lack | Note)[], language: Language): string {
  return inLines([head, ...facts.map(told)])[language]
}

/** What was lacking when a package was made: the framework keeps `custom` in it. Without that file others tell what is wrong. */
async function lacksOf(folder: string): Promise<Lack[]> {
  const text = await readFile(join(folder, 'serverless-state.json'), 'utf8').catch(() => '{}')
  const { service } = JSON.parse(text) as { service?: { custom?: { lacks?: Lack[] } } }
  return service?.custom?.lacks ?? []
}

/** The framework takes no notice of a parameter that nothing refers to, and so of a slip in its name. */
function refuseUnknown(serverless: Serverless, given: string[]): void {
  const { params = {} } = serverless.configurationInput
  const known = [...new Set(Object.values(params).flatMap((each) => Object.keys(each)))]
  const unknown = given.map((one) => one.split('=')[0] ?? '').filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  const language = languageOf(process.env)
  const lines = [...unknown.map((name) => faults.parameter(name, didYouMean(name, known))), faults.parameters(known)]
  throw fault(serverless, lines.map((words) => words[language]).join('\n'))
}

/** Resolves to what is lacking yet, which functions have nothing to do, what can't be looked at, and who reads secrets where. */
async function compileInto(serverless: Serverless, env: Record<string, string | undefined>) {
  const { functions, custom, provider } = serverless.service
  const config = await load(serverless)
  const version = sourceVersion(serverless.serviceDir)
  const language = languageOf(env)
  const lacks: Lack[] = custom.connectInstanceArn?.endsWith(NO_INSTANCE) ? [{ code: 'instance', args: {} }] : []
  const leftOut: Note[] = []
  const outOfReach: Bilingual[] = []
  const stores: Record<string, SecretStore> = {}
  refusing(serverless, 'regions', () => placeRegions(serverless.service, config))
  for (const [name, fn] of Object.entries(functions)) {
    if (isBesideProbes(fn)) {
      const prepared = prepare(name, fn, provider.environment?.VANTAGE, config, env, custom.config)
      if (prepared === undefined) delete functions[name]
      else lacks.push(...prepared.lacks)
      if (prepared?.file) await write(join(serverless.serviceDir, prepared.file.path), prepared.file.queues)
      continue
    }
    fn.environment = { ...provider.environment, ...fn.environment }
    if (!isConfigured(fn)) continue
    const part = refusing(serverless, name, () => withHashedKeys(partOf(name, fn, config), env))
    if (fn.checks !== undefined && part.checks.length === 0) {
      const vantage = String(fn.environment.VANTAGE)
      leftOut.push({ code: 'left-out', args: { fn: name, vantage, kinds: kindsIn(fn.checks) } })
      delete functions[name]
      continue
    }
    if (isFailoverFunction(name)) {
      const failover = refusing(serverless, name, () => placeFailover(name, fn, part, env))
      if (failover.length === 0 && part.regions === undefined) {
        delete functions[name]
        continue
      }
      if (name === 'region-health') addResources(serverless, failoverResources(serverless.service, failover))
    }
    const isProbe = fn.environment.VANTAGE !== undefined
    const versioned = isProbe || (name === 'page' && config.regions !== undefined) ? { ...part, version } : part
    await write(join(serverless.serviceDir, fn.environment.FENGHUO_CONFIG), versioned)
    const pages = fn.environment.CONSOLE_ASSETS
    const beside = pages === undefined ? [] : await writeAssets(serverless.serviceDir, dirname(pages))
    fn.package = { ...fn.package, patterns: [...(fn.package?.patterns ?? []), ...zipPatterns(fn, part), ...beside] }

    const network = config.networks?.[fn.environment.VANTAGE ?? '']
    if (network) placeIn(network, fn, provider)
    if (isProbe)
      for (const { check, mistake } of toldOutOfReach({
        ...part,
        ...(config.networks && { networks: config.networks }),
      }))
        outOfReach.push({ en: `${check} ${mistake.words.en}`, zh: `${check} ${mistake.words.zh}` })
    const isOnAws = isProbe && provider.name === 'aws'
    const copies = name === 'watch' && provider.name === 'aws' ? copyStatements(part) : []
    const probing = isOnAws ? [...probeStatements(part), ...probeStatement(config, custom.primaryQueue)] : []
    const more = [...probing, ...copies]
    if (more.length > 0) fn.iamRoleStatements = [...(fn.iamRoleStatements ?? []), ...more]

    const used = references(part)
    const store = refusing(serverless, name, () => storeOf(provider.name, fn.environment ?? {}, used, custom))
    if (store !== undefined) {
      stores[name] = store
      const isAws = provider.name === 'aws'
      if (isAws) fn.iamRoleStatements = [...(fn.iamRoleStatements ?? []), readingStatement(store)]
      else if (!provider.role) lacks.push({ code: 'role', args: { fn: name } })
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
    for (const variable of missing)
      lacks.push({ code: 'variable', args: { name: variable, file: custom.config, fn: name } })
    lacks.push(...emptyIn(whole, name))
    const bytes = environmentBytes(whole)
    if (bytes > ENVIRONMENT_BYTES) {
      throw fault(serverless, faults.environment(name, bytes, ENVIRONMENT_BYTES)[language])
    }
  }
  const {
    service,
    provider: { stage },
  } = serverless.service
  if (functions.ingest !== undefined) {
    addResources(serverless, awsRules(config, `${service}-${stage}`))
    pollIfHeard(functions, config, custom.mailDomain)
  }
  if (isUsed('subscribers', config)) switchOn(functions.page)
  // Every function has all of it by now, but for what it has no use for.
  if (provider.environment) provider.environment = {}
  if (leftOut.length > 0 && Object.keys(functions).length === 0) {
    throw fault(serverless, listed(heads.nothing, leftOut, language))
  }
  return { lacks, leftOut, outOfReach, stores }
}

/** Beside the service's own. */
function addResources({ service }: Serverless, more: Record<string, object>): void {
  service.resources = { ...service.resources, Resources: { ...service.resources?.Resources, ...more } }
}

/** What is wrong with a function is told with its name. */
function refusing<T>(serverless: Serverless, name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof BilingualError)) throw error
    throw fault(serverless, `${name}: ${error.words[languageOf(process.env)]}`)
  }
}

async function write(file: string, config: CompiledConfig | ReceiptQueue[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(config))
}

function fault(serverless: Serverless, message: string): Error {
  return new serverless.classes.Error(message, 'FENGHUO_CONFIG')
}
