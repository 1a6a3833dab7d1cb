import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Bilingual, type Language, languageOf } from '../../shared/contracts/words.ts'
import type { Backend } from './backend.ts'
import { CALLING, commands, MISSING, MISSING_OPTIONS } from './commands.ts'
import { deployService, wantedUnits } from './deploy-service.ts'
import { explained } from './errors.ts'
import type { Execution } from './execute.ts'
import type { BilingualWriters, Options, Serverless, Writers } from './framework.ts'
import { showInfo } from './info.ts'
import { invokeFunction } from './invoke.ts'
import { showLogs } from './logs.ts'
import { restoreState, saveState } from './package-state.ts'
import { cleanUp, pack, packaged, packageFolder, teachEsbuild } from './packaging.ts'
import { removeService } from './remove.ts'
import { rollBack, rollBackFunction } from './rollback.ts'
import { configurationSchema } from './schema.ts'
import { type Cloud, concealed, type Service, type Surroundings, secretsOf } from './service.ts'
import type { Session } from './session.ts'
import { say } from './words.ts'

type Hooks = Record<string, () => Promise<void> | void>

/** What makes a cloud a provider of the Serverless Framework: its commands, on one cloud's backend. */
export class ProviderPlugin {
  readonly commands = commands
  readonly hooks: Hooks
  /** The framework runs a plugin's hooks if it has no provider, or the service's. */
  readonly provider: ProviderPlugin
  readonly #serverless: Serverless
  readonly #options: Options
  readonly #writers: Writers
  readonly #cloud: Cloud
  readonly #language: Language
  #backend: Backend | undefined

  constructor(cloud: Cloud, serverless: Serverless, options: Options, writers: Writers) {
    this.#serverless = serverless
    this.#options = options
    this.#writers = writers
    this.#cloud = cloud
    this.#language = languageOf(process.env)
    this.provider = this
    serverless.setProvider(cloud.provider, this)
    serverless.configSchemaHandler.defineProvider(cloud.provider, configurationSchema(cloud.schema))
    this.hooks = this.#hooks()
  }

  #hooks(): Hooks {
    const missing = Object.entries(MISSING).map(([event, command]) => [
      event,
      () => {
        throw this.#fault(say.noCommand(this.#cloud.title, command))
      },
    ])
    return {
      initialize: () => this.#initialize(),
      'package:cleanup': () => cleanUp(this.#serverless),
      'package:finalize': () => this.#finishPackage(),
      'deploy:deploy': () => this.#run((session) => this.#deploy(session)),
      'deploy:function:packageFunction': () => this.#serverless.pluginManager.spawn('package:function'),
      'deploy:function:deploy': () => this.#run((session) => this.#deployFunction(session)),
      'info:info': () => this.#run(showInfo),
      'invoke:invoke': () => this.#run(invokeFunction),
      'logs:logs': () => this.#run(showLogs),
      'remove:remove': () => this.#run(removeService),
      'rollback:rollback': () => this.#run(rollBack),
      'rollback:function:rollback': () => this.#run(rollBackFunction),
      ...Object.fromEntries(missing),
    }
  }

  /** Without credentials a command ends here, before anything is packaged; what is packaged already is deployed as it was then. */
  async #initialize(): Promise<void> {
    const option = MISSING_OPTIONS.find((name) => Object.hasOwn(this.#options, name))
    if (option !== undefined) throw this.#fault(say.noOption(this.#cloud.title, option))
    teachEsbuild(this.#serverless)
    const command = this.#serverless.processedInput.commands.join(' ')
    if (!CALLING.includes(command)) return
    const isPackaged = this.#options.package !== undefined || this.#serverless.service.package.path !== undefined
    if (command === 'deploy' && isPackaged) await restoreState(this.#serverless, this.#folder(), this.#options)
    try {
      this.#backend = await this.#cloud.connect(this.#service(), this.#surroundings(), this.#secrets())
    } catch (error) {
      throw this.#fault(explained(error))
    }
  }

  /** Also says what the vendor would refuse, as long as nothing is called. */
  async #finishPackage(): Promise<void> {
    const keys = Object.keys(this.#serverless.service.functions)
    await pack(this.#serverless, this.#cloud, this.#folder(), keys)
    wantedUnits(this.#checking(), await packaged(this.#serverless, this.#folder(), keys), false)
    await saveState(this.#serverless, this.#service(), this.#folder())
    if (this.#serverless.processedInput.commands[0] === 'package')
      this.#writers.log.success(say.packaged()[this.#language])
  }

  async #deploy(session: Session): Promise<void> {
    const keys = Object.keys(session.functions)
    await deployService(session, await packaged(this.#serverless, this.#folder(), keys), { partial: false })
  }

  async #deployFunction(session: Session): Promise<void> {
    const keys = [this.#options.function ?? '']
    await pack(this.#serverless, this.#cloud, this.#folder(), keys)
    await deployService(session, await packaged(this.#serverless, this.#folder(), keys), { partial: true })
  }

  async #run(command: (session: Session) => Promise<void>): Promise<void> {
    const backend = this.#backend
    if (!backend) throw this.#fault(say.noConnection(this.#cloud.title))
    const progress = new Map<string, ReturnType<Writers['progress']['get']>>()
    const io: Session['io'] & Execution = {
      ...this.#surroundings(),
      doing: (name, what) => {
        const line = progress.get(name) ?? this.#writers.progress.get(name)
        progress.set(name, line)
        const words = say.of(name, what)[this.#language]
        line.notice(words)
        this.#writers.log.info(words)
      },
    }
    try {
      await command({
        ...this.#checking(),
        functions: this.#serverless.service.functions,
        backend,
        options: this.#options,
        writers: inLanguage(this.#writers, this.#language),
        io,
        readText: (path) => readText(resolve(this.#serverless.serviceDir, path)),
      })
    } catch (error) {
      throw this.#fault(explained(error))
    } finally {
      for (const line of progress.values()) line.remove()
    }
  }

  #checking(): Pick<Session, 'cloud' | 'service' | 'fault'> {
    return { cloud: this.#cloud, service: this.#service(), fault: (words) => this.#fault(words) }
  }

  #service(): Service {
    const { service: name, provider } = this.#serverless.service
    return {
      name,
      stage: this.#options.stage ?? provider.stage ?? 'dev',
      region: this.#options.region ?? provider.region ?? this.#cloud.defaultRegion,
      provider,
    }
  }

  #secrets(): string[] {
    return secretsOf(this.#service(), Object.values(this.#serverless.service.functions))
  }

  #surroundings(): Surroundings {
    return {
      env: process.env,
      home: homedir(),
      now: Date.now,
      readText,
      wait: async (ms) => wait(ms),
      random: Math.random,
    }
  }

  #folder(): string {
    return packageFolder(this.#serverless, this.#options.package)
  }

  #fault(words: Bilingual): Error {
    return new this.#serverless.classes.Error(concealed(words[this.#language], this.#secrets()), 'PROVIDER')
  }
}

function inLanguage({ log, writeText }: Writers, language: Language): BilingualWriters {
  return {
    log: {
      notice: (words) => log.notice(words[language]),
      info: (words) => log.info(words[language]),
      warning: (words) => log.warning(words[language]),
      success: (words) => log.success(words[language]),
    },
    writeText: (words) => writeText(words[language]),
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
