import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AsyncConfigs } from './async-configs.ts'
import type { Code } from './code.ts'
import { checkLogs, type Facilities, logPlace } from './facilities.ts'
import { Fault, invalid } from './fault.ts'
import {
  code,
  description,
  functionFields,
  functionName,
  logConfig,
  role,
  serviceName,
  sizeFault,
  vpcConfig,
} from './rules.ts'
import type { Deployed, Target } from './runner.ts'
import type { BoundTrigger } from './timers.ts'
import { Triggers } from './triggers.ts'
import { Versions } from './versions.ts'
import { timestamp } from './words.ts'

const serviceFields = {
  description: description.exactOptional(),
  role: role.exactOptional(),
  logConfig: logConfig.exactOptional(),
  vpcConfig: vpcConfig.exactOptional(),
  internetAccess: z.boolean().exactOptional(),
}
/** "CreateService" and "UpdateService" of 2016-08-15. */
export const newService = z.strictObject({ ...serviceFields, serviceName })
export const changedService = z.strictObject(serviceFields)

const fields = {
  ...functionFields,
  initializer: z.string().exactOptional(),
  initializationTimeout: z.int().min(1).max(300).exactOptional(),
}
/** "CreateFunction" and "UpdateFunction" of 2016-08-15. The SDK repeats the name when it updates. */
export const newFunction2 = z.strictObject({ ...fields, functionName, code: code.exactOptional() })
export const changedFunction2 = z.strictObject({
  ...fields,
  runtime: fields.runtime.exactOptional(),
  handler: fields.handler.exactOptional(),
  functionName: functionName.exactOptional(),
  code: code.exactOptional(),
})

const SERVICE_DEFAULTS = { description: '', role: '', internetAccess: true }
type ServiceConfiguration = z.infer<typeof changedService> & typeof SERVICE_DEFAULTS

type Given = Omit<z.infer<typeof newFunction2>, 'functionName' | 'code'>
const DEFAULTS = {
  description: '',
  memorySize: 128,
  timeout: 3,
  instanceConcurrency: 1,
  environmentVariables: {},
} satisfies Partial<Given>
type Configuration = Given & Required<Pick<Given, keyof typeof DEFAULTS>>

/** What LATEST of a function holds, and each version of the service. */
export interface State2 {
  functionId: string
  functionName: string
  configuration: Configuration
  code: Code
  createdTime: string
  lastModifiedTime: string
}

/** One function of a service, without what is versioned with the service. */
export class Function2 {
  readonly triggers = new Triggers()
  readonly asyncConfigs = new AsyncConfigs()
  latest: State2
  deployed: Deployed

  constructor(latest: State2, deployed: Deployed) {
    this.latest = latest
    this.deployed = deployed
  }
}

/** What a version of a service holds. */
export interface Snapshot {
  configuration: ServiceConfiguration
  functions: Map<string, { state: State2; deployed: Deployed }>
}

/** A service of 2.0: versions and aliases are its own, and hold all its functions. */
export class Service {
  readonly id = randomUUID()
  readonly name: string
  readonly functions = new Map<string, Function2>()
  readonly versions: Versions<Snapshot>
  readonly createdTime: string
  readonly tags = new Map<string, string>()
  configuration: ServiceConfiguration
  lastModifiedTime: string
  readonly #account: Facilities

  constructor(account: Facilities, { serviceName: name, ...given }: z.infer<typeof newService>) {
    checkLogs(account, given.logConfig)
    this.#account = account
    this.name = name
    this.versions = new Versions(`service '${name}'`)
    this.configuration = { ...SERVICE_DEFAULTS, ...given }
    this.createdTime = timestamp(account.now())
    this.lastModifiedTime = this.createdTime
  }

  update(change: z.infer<typeof changedService>): void {
    checkLogs(this.#account, change.logConfig)
    this.configuration = { ...this.configuration, ...change }
    this.lastModifiedTime = timestamp(this.#account.now())
    // Role and logs are the service's, and what runs carries them.
    for (const owned of this.functions.values()) this.#deploy(owned, owned.latest)
  }

  createFunction({ functionName: name, code: _, ...given }: z.infer<typeof newFunction2>, taken: Code): Function2 {
    if (this.functions.has(name)) {
      throw new Fault(409, 'FunctionAlreadyExists', `function '${name}' already exists in service '${this.name}'`)
    }
    const at = timestamp(this.#account.now())
    const configuration = { ...DEFAULTS, ...given }
    checkSize(configuration)
    const state = {
      functionId: randomUUID(),
      functionName: name,
      configuration,
      code: taken,
      createdTime: at,
      lastModifiedTime: at,
    }
    const created = new Function2(state, this.#deployed(state))
    this.functions.set(name, created)
    return created
  }

  updateFunction(name: string, change: z.infer<typeof changedFunction2>, taken: Code | undefined): Function2 {
    const owned = this.function(name)
    const { functionName: _, code: __, ...given } = change
    const configuration = { ...owned.latest.configuration, ...given }
    checkSize(configuration)
    const code = taken ?? owned.latest.code
    this.#deploy(owned, { ...owned.latest, configuration, code, lastModifiedTime: timestamp(this.#account.now()) })
    return owned
  }

  function(name: string): Function2 {
    const owned = this.functions.get(name)
    if (owned) return owned
    throw this.#noFunction(name, 'LATEST')
  }

  publish(text: string) {
    const functions = new Map(
      [...this.functions].map(([name, { latest }]) => [name, { state: latest, deployed: this.#deployed(latest) }]),
    )
    const content = JSON.stringify([
      this.configuration,
      [...functions]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, { state }]) => [name, state.configuration, state.code.checksum]),
    ])
    return this.versions.publish({ configuration: this.configuration, functions }, content, text, this.#account.now())
  }

  removeFunction(name: string): void {
    this.#account.runner.retire(this.function(name).deployed)
    this.functions.delete(name)
  }

  /** Ends what runs of a version; called when it is no more. */
  retire({ functions }: Snapshot): void {
    for (const { deployed } of functions.values()) this.#account.runner.retire(deployed)
  }

  /** What the service is at `qualifier`. */
  at(qualifier: string): Snapshot {
    const resolved = this.versions.resolve(qualifier, 1)
    return 'snapshot' in resolved ? resolved.snapshot : this.#latest()
  }

  /** What a function is at `qualifier`. */
  functionAt(name: string, qualifier: string): State2 {
    const found = this.at(qualifier).functions.get(name)
    if (found) return found.state
    throw this.#noFunction(name, qualifier)
  }

  /** What a call of a function at `qualifier` runs. */
  target(name: string, qualifier: string): Target {
    const resolved = this.versions.resolve(qualifier, this.#account.random())
    const { functions } = 'snapshot' in resolved ? resolved.snapshot : this.#latest()
    const found = functions.get(name)
    if (!found) throw this.#noFunction(name, qualifier)
    return { deployed: found.deployed, qualifier, versionId: resolved.versionId, serviceName: this.name }
  }

  /** Everything that may be running. */
  deployments(): Deployed[] {
    const published = [...this.versions.versions.values()].map(({ snapshot }) => snapshot)
    return [this.#latest(), ...published].flatMap(({ functions }) =>
      [...functions.values()].map(({ deployed }) => deployed),
    )
  }

  boundTriggers(): BoundTrigger[] {
    return [...this.functions].flatMap(([name, { triggers, asyncConfigs }]) =>
      [...triggers.all.values()].map((trigger) => ({
        trigger,
        target: () => this.target(name, trigger.qualifier),
        asyncConfig: asyncConfigs.all.get(trigger.qualifier) ?? {},
      })),
    )
  }

  #noFunction(name: string, qualifier: string): Fault {
    return new Fault(
      404,
      'FunctionNotFound',
      `function '${name}' does not exist in service '${this.name}.${qualifier}'`,
    )
  }

  #latest(): Snapshot {
    const functions = new Map(
      [...this.functions].map(([name, { latest, deployed }]) => [name, { state: latest, deployed }]),
    )
    return { configuration: this.configuration, functions }
  }

  #deploy(owned: Function2, state: State2): void {
    this.#account.runner.retire(owned.deployed)
    owned.latest = state
    owned.deployed = this.#deployed(state)
  }

  #deployed({ functionName: name, configuration, code: taken }: State2): Deployed {
    const { runtime, handler, memorySize, timeout, environmentVariables } = configuration
    const { role: roleArn, logConfig: logs } = this.configuration
    const run = { runtime, handler, memorySize, timeout, environmentVariables, role: roleArn, code: taken }
    return { id: randomUUID(), functionName: name, ...run, ...logPlace(logs) }
  }
}

/** In 2.0 memory goes alone; with cpu the two must fit. */
function checkSize(configuration: { cpu?: number; memorySize: number }): void {
  const fault = configuration.cpu === undefined ? undefined : sizeFault(configuration)
  if (fault) throw invalid(fault)
}
