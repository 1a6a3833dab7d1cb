import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AsyncConfigs } from './async-configs.ts'
import type { Code } from './code.ts'
import { checkLogs, type Facilities, logPlace } from './facilities.ts'
import { Fault, invalid } from './fault.ts'
import { code, functionFields, functionName, logConfig, role, sizeFault, tagList, vpcConfig } from './rules.ts'
import type { Deployed, Target } from './runner.ts'
import type { BoundTrigger } from './timers.ts'
import { Triggers } from './triggers.ts'
import { Versions } from './versions.ts'
import { timestamp } from './words.ts'

const configurable = {
  ...functionFields,
  code: code.exactOptional(),
  role: role.exactOptional(),
  internetAccess: z.boolean().exactOptional(),
  logConfig: logConfig.exactOptional(),
  vpcConfig: vpcConfig.exactOptional(),
}

/** "CreateFunction" and "UpdateFunction" of 2023-03-30, for functions that come as a zip. */
export const newFunction = z.strictObject({ ...configurable, functionName, tags: tagList.exactOptional() })
export const changedFunction = z.strictObject({
  ...configurable,
  runtime: configurable.runtime.exactOptional(),
  handler: configurable.handler.exactOptional(),
})

type Given = Omit<z.infer<typeof newFunction>, 'functionName' | 'tags' | 'code'>

// What the vendor fills in ("CreateFunction"). Without cpu and memorySize it is 0.35 vCPU and 512 MB.
const DEFAULTS = {
  description: '',
  cpu: 0.35,
  memorySize: 512,
  diskSize: 512,
  timeout: 3,
  instanceConcurrency: 1,
  environmentVariables: {},
  role: '',
  internetAccess: true,
  layers: [],
} satisfies Partial<Given>
type Configuration = Given & Required<Pick<Given, keyof typeof DEFAULTS>>

/** What LATEST holds, and each version. */
export interface State3 {
  configuration: Configuration
  code: Code
  deployed: Deployed
}

export type Readiness =
  | { is: 'ready' }
  | { is: 'preparing'; what: 'create' | 'update'; until: number; fault: string | undefined }
  | { is: 'failed'; what: 'create' | 'update'; reason: string }

/** One function of 3.0 with all that belongs to it. */
export class Function3 {
  readonly id = randomUUID()
  readonly name: string
  readonly versions: Versions<State3>
  readonly triggers = new Triggers()
  readonly asyncConfigs = new AsyncConfigs()
  readonly createdTime: string
  tags: { key: string; value: string }[]
  reservedConcurrency: number | undefined
  /** What LATEST shows. */
  latest: State3
  lastModifiedTime: string
  readonly #account: Facilities
  /** What calls of LATEST run while an update is being prepared, or after it failed. */
  #serving: State3
  #readiness: Readiness

  constructor(account: Facilities, input: z.infer<typeof newFunction>, taken: Code) {
    const { functionName: name, tags = [], code: _, ...given } = input
    this.#account = account
    this.name = name
    this.tags = tags
    this.versions = new Versions(`function '${name}'`)
    const size = sizeFault(given)
    if (size) throw invalid(size)
    this.latest = this.#state({ ...DEFAULTS, ...given }, taken)
    this.#serving = this.latest
    this.createdTime = timestamp(account.now())
    this.lastModifiedTime = this.createdTime
    this.#readiness = this.#prepare('create')
  }

  /** Of fields left out the old values stay; `taken` is new code, if any. */
  update(change: z.infer<typeof changedFunction>, taken: Code | undefined): void {
    this.checkIdle()
    const { code: _, ...given } = change
    const configuration = { ...this.latest.configuration, ...given }
    const size = sizeFault(configuration)
    if (size) throw invalid(size)
    const before = this.#serving
    this.latest = this.#state(configuration, taken ?? this.latest.code)
    this.lastModifiedTime = timestamp(this.#account.now())
    this.#readiness = this.#prepare(this.readiness().is === 'failed' && !this.#callable() ? 'create' : 'update')
    if (this.#readiness.is === 'ready') this.#serve(this.latest)
    else this.#serving = before
  }

  /** Where the preparation has come to by now. */
  readiness(): Readiness {
    const { is } = this.#readiness
    if (is !== 'preparing' || this.#account.now() < this.#readiness.until) return this.#readiness
    const { what, fault } = this.#readiness
    this.#readiness = fault === undefined ? { is: 'ready' } : { is: 'failed', what, reason: fault }
    if (fault === undefined) this.#serve(this.latest)
    return this.#readiness
  }

  /** @throws {Fault} ConcurrentUpdateError while the last change is being prepared */
  checkIdle(): void {
    if (this.readiness().is !== 'preparing') return
    throw new Fault(409, 'ConcurrentUpdateError', `function '${this.name}' is being updated`)
  }

  /**
   * A version of LATEST. @throws {Fault} while it is being prepared, after that failed, and when nothing was changed
   */
  publish(description: string) {
    this.checkIdle()
    const readiness = this.readiness()
    if (readiness.is === 'failed') throw invalid(`function '${this.name}' is not active: ${readiness.reason}`)
    const { configuration, code: taken } = this.latest
    const content = JSON.stringify([configuration, taken.checksum])
    const published = { ...this.latest, deployed: { ...this.latest.deployed, id: randomUUID() } }
    return this.versions.publish(published, content, description, this.#account.now())
  }

  /** What `qualifier` shows. */
  at(qualifier: string): State3 {
    const resolved = this.versions.resolve(qualifier, 1)
    return 'snapshot' in resolved ? resolved.snapshot : this.latest
  }

  /** What a call of `qualifier` runs. @throws {Fault} when LATEST was never ready */
  target(qualifier: string): Target {
    const resolved = this.versions.resolve(qualifier, this.#account.random())
    const { versionId } = resolved
    this.readiness()
    if (!('snapshot' in resolved) && !this.#callable()) {
      throw new Fault(412, 'PreconditionFailed', `function '${this.name}' is ${this.states().state}`)
    }
    const { deployed } = 'snapshot' in resolved ? resolved.snapshot : this.#serving
    return { deployed, qualifier, versionId, serviceName: '' }
  }

  /** state, lastUpdateStatus and their reasons ("Function states"). */
  states() {
    const readiness = this.readiness()
    const creating = readiness.is !== 'ready' && readiness.what === 'create'
    const reason = readiness.is === 'failed' ? readiness.reason : ''
    const code = readiness.is === 'preparing' ? 'Creating' : 'InternalError'
    const state = { preparing: 'Pending', failed: 'Failed', ready: 'Active' }[creating ? readiness.is : 'ready']
    const status = { preparing: 'InProgress', failed: 'Failed', ready: 'Successful' }[creating ? 'ready' : readiness.is]
    return {
      state,
      stateReason: creating ? reason : '',
      stateReasonCode: creating ? code : '',
      lastUpdateStatus: status,
      lastUpdateStatusReason: creating ? '' : reason,
      lastUpdateStatusReasonCode: creating || readiness.is === 'ready' ? '' : code,
    }
  }

  /** Ends what runs of a version; called when it is no more. */
  retire({ deployed }: State3): void {
    this.#account.runner.retire(deployed)
  }

  /** Everything that may be running. */
  deployments(): Deployed[] {
    const published = [...this.versions.versions.values()].map(({ snapshot }) => snapshot)
    return [this.latest, this.#serving, ...published].map(({ deployed }) => deployed)
  }

  boundTriggers(): BoundTrigger[] {
    return [...this.triggers.all.values()].map((trigger) => ({
      trigger,
      target: () => this.target(trigger.qualifier),
      asyncConfig: this.asyncConfigs.all.get(trigger.qualifier) ?? {},
    }))
  }

  #callable(): boolean {
    return this.#readiness.is === 'ready' || this.#readiness.what === 'update'
  }

  #prepare(what: 'create' | 'update'): Readiness {
    const { preparation, preparationFaults, now } = this.#account
    const ms = what === 'create' ? preparation.createMs : preparation.updateMs
    const fault = preparationFaults.shift()
    return ms === 0 && fault === undefined ? { is: 'ready' } : { is: 'preparing', what, until: now() + ms, fault }
  }

  #serve(state: State3): void {
    if (this.#serving !== state) this.#account.runner.retire(this.#serving.deployed)
    this.#serving = state
  }

  #state(configuration: Configuration, taken: Code): State3 {
    checkLogs(this.#account, configuration.logConfig)
    const { runtime, handler, memorySize, timeout, environmentVariables, role: roleArn } = configuration
    const deployed: Deployed = {
      id: randomUUID(),
      functionName: this.name,
      ...{ runtime, handler, memorySize, timeout, environmentVariables, role: roleArn, code: taken },
      ...logPlace(configuration.logConfig),
    }
    return { configuration, code: taken, deployed }
  }
}
