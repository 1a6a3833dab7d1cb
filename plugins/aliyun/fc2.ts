import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type FC from '@alicloud/fc2'
import type { FunctionAnswer, Service } from '@alicloud/fc2'
import type { Patience } from '../provider/attempts.ts'
import {
  type Backend,
  type Content,
  type Fields,
  type FoundFunction,
  type FoundTimer,
  type FoundUnit,
  type Invocation,
  LIVE,
  type LogLine,
  type LogQuery,
  type State,
  type WantedFunction,
  type WantedTimer,
  type WantedUnit,
} from '../provider/backend.ts'
import { type Call, caller, ifThere, once, publishedOr } from './call.ts'
import { type Connection, functionComputeUrl, READ_TIMEOUT_MS } from './connection.ts'
import { absent, lacking } from './errors.ts'
import { isMarked, marked, markText, unmarked } from './fc2-mark.ts'
import { Fc2Reads } from './fc2-reads.ts'
import { Fc2Services, partOf } from './fc2-services.ts'
import { aliasesOf, asyncChangeOf, changeOf, configurationOf, creationOf, timerOf, triggerConfigOf } from './fields.ts'
import { invocationOf } from './invocation.ts'
import { readLogs } from './logs.ts'

const READY: State = { is: 'ready' }

/**
 * Function Compute 2.0: a service holds the functions, and has the versions and the alias. `mark` stands in the description
 * of the service and of each function of ours, for tags can't be set while creating, and functions have none.
 */
export function fc2Backend(connection: Connection, mark: Record<string, string>, patience: Patience): Backend {
  const Client: typeof FC = createRequire(import.meta.url)('@alicloud/fc2')
  const { accountId, accessKeyId, accessKeySecret, securityToken } = connection.credentials
  const client = (timeout: number) =>
    new Client(accountId, {
      accessKeyID: accessKeyId,
      accessKeySecret,
      region: connection.region,
      // Named, for the SDK's own address is without TLS.
      endpoint: functionComputeUrl(connection).origin,
      timeout,
      // The SDK refuses keys whose names begin with STS without a token, and ignores the token of all others: those get it as a
      // header, which is signed in either case.
      ...(securityToken === undefined ? {} : { securityToken, headers: { 'x-fc-security-token': securityToken } }),
    })
  return new Fc2Backend(client, connection, markText(mark), patience)
}

class Fc2Backend implements Backend {
  readonly codeFields = []
  readonly fixedFields = []
  readonly secretFields = ['environmentVariables']

  readonly #clientFor: (timeoutMs: number) => FC
  readonly #client: FC
  readonly #connection: Connection
  readonly #mark: string
  readonly #call: Call
  readonly #reads: Fc2Reads
  readonly #services: Fc2Services

  constructor(clientFor: (timeoutMs: number) => FC, connection: Connection, mark: string, patience: Patience) {
    this.#clientFor = clientFor
    this.#client = clientFor(READ_TIMEOUT_MS)
    this.#connection = connection
    this.#mark = mark
    this.#call = caller(connection.secrets, patience)
    this.#reads = new Fc2Reads(this.#client, this.#call)
    this.#services = new Fc2Services(this.#client, this.#call, this.#reads, mark)
  }

  async list(): Promise<string[]> {
    const services = await this.#reads.services()
    return services.filter(({ description }) => description === this.#mark).map(({ serviceName }) => serviceName)
  }

  async read(unit: string, functions: readonly string[]): Promise<FoundUnit | undefined> {
    const service = await this.#reads.service(unit)
    if (!service) return undefined
    if (service.description !== this.#mark) return { name: unit, versions: [], functions: functions.map(notOurs) }

    const [aliases, versions, tags, there] = await Promise.all([
      this.#reads.aliases(unit),
      this.#reads.versions(unit),
      this.#reads.tags(unit),
      this.#reads.functions(unit),
    ])
    const { live, held } = aliasesOf(aliases)
    const liveService = live === undefined ? undefined : await this.#reads.service(unit, live)
    const looked = there.filter((answer) => functions.includes(answer.functionName) || this.#isOurs(answer))
    const found = await Promise.all(
      looked.map(async (listed): Promise<FoundFunction> => {
        const name = listed.functionName
        const [latest = listed, liveAnswer, timers, asyncInvocation] = await Promise.all([
          this.#reads.function(unit, name),
          live === undefined ? undefined : this.#reads.function(unit, name, live),
          this.#timers(unit, name),
          this.#reads.asyncInvocation(unit, name),
        ])
        return {
          name,
          ours: this.#isOurs(latest),
          state: READY,
          latest: this.#contentOf(service, latest),
          ...(liveService && liveAnswer ? { live: this.#contentOf(liveService, liveAnswer) } : {}),
          timers,
          ...(asyncInvocation ? { asyncInvocation } : {}),
          tags,
        }
      }),
    )
    return { name: unit, versions, ...(live === undefined ? {} : { live }), held, functions: found }
  }

  async state(unit: string, name: string, version?: string): Promise<State | undefined> {
    return (await this.#reads.function(unit, name, version)) && READY
  }

  async content(unit: string, name: string, version: string): Promise<Content | undefined> {
    const [service, answer] = await Promise.all([
      this.#reads.service(unit, version),
      this.#reads.function(unit, name, version),
    ])
    return service && answer && this.#contentOf(service, answer)
  }

  async create(unit: string, { name, zip, configuration, tags }: WantedFunction): Promise<void> {
    await this.#services.create(unit, configuration, tags)
    const code = { zipFile: await readFile(zip, 'base64') }
    const fields = {
      ...creationOf(partOf(configuration, 'function')),
      description: marked(configuration.description, this.#mark),
    }
    await this.#call('CreateFunction', () => this.#client.createFunction(unit, { functionName: name, ...fields, code }))
  }

  async updateCode(unit: string, { name, zip }: WantedFunction): Promise<void> {
    const code = { zipFile: await readFile(zip, 'base64') }
    await this.#call('UpdateFunction', () => this.#client.updateFunction(unit, name, { code }))
  }

  async updateConfiguration(unit: string, { name, configuration }: WantedFunction): Promise<void> {
    await this.#services.configure(unit, configuration)
    const fields = {
      ...changeOf(partOf(configuration, 'function')),
      description: marked(configuration.description, this.#mark),
    }
    await this.#call('UpdateFunction', () => this.#client.updateFunction(unit, name, fields))
  }

  async updateTags(unit: string, { tags }: WantedFunction, found: FoundFunction): Promise<void> {
    const superfluous = Object.keys(found.tags).filter((key) => tags[key] === undefined)
    await this.#services.setTags(unit, tags, superfluous)
  }

  async publish({ name }: WantedUnit): Promise<string> {
    const version = await publishedOr(
      this.#call('PublishVersion', () => this.#client.publishVersion(name)).then(({ data }) => data.versionId),
      () => this.#reads.versions(name),
    )
    if (!version) throw lacking('PublishVersion', 'version')
    return version
  }

  /** Weights would send a share of the calls to another version: someone may have set them by hand. */
  async pointLive(unit: string, version: string): Promise<void> {
    const change = () => this.#client.updateAlias(unit, LIVE, version, { additionalVersionWeight: {} })
    const updated = await ifThere(this.#call('UpdateAlias', change))
    if (!updated) await this.#call('CreateAlias', () => this.#client.createAlias(unit, LIVE, version))
  }

  async deleteVersion(unit: string, version: string): Promise<void> {
    await ifThere(this.#call('DeleteVersion', () => this.#client.deleteVersion(unit, version)))
  }

  async createTimer(unit: string, name: string, { name: triggerName, fields }: WantedTimer): Promise<void> {
    const triggerConfig = triggerConfigOf(fields)
    const trigger = () => ({ triggerName, triggerType: 'timer', triggerConfig, qualifier: LIVE })
    await this.#call('CreateTrigger', () => this.#client.createTrigger(unit, name, trigger()))
  }

  async updateTimer(unit: string, name: string, { name: trigger, fields }: WantedTimer): Promise<void> {
    const change = () => ({ triggerConfig: triggerConfigOf(fields), qualifier: LIVE })
    await this.#call('UpdateTrigger', () => this.#client.updateTrigger(unit, name, trigger, change()))
  }

  async deleteTimer(unit: string, name: string, { name: trigger }: FoundTimer): Promise<void> {
    await ifThere(this.#call('DeleteTrigger', () => this.#client.deleteTrigger(unit, name, trigger)))
  }

  async putAsyncInvocation(unit: string, name: string, fields: Fields): Promise<void> {
    const put = () => this.#client.putFunctionAsyncConfig(unit, name, LIVE, asyncChangeOf(fields))
    await this.#call('PutFunctionAsyncConfig', put)
  }

  async deleteAsyncInvocation(unit: string, name: string): Promise<void> {
    const remove = () => this.#client.deleteFunctionAsyncConfig(unit, name, LIVE)
    await ifThere(this.#call('DeleteFunctionAsyncConfig', remove))
  }

  /** `wanted.ts` refuses it with its reason before anything is called. */
  putReservedConcurrency(): Promise<void> {
    throw new RangeError('Function Compute 2.0 reserves no concurrency')
  }

  deleteReservedConcurrency(): Promise<void> {
    throw new RangeError('Function Compute 2.0 reserves no concurrency')
  }

  async remove(unit: string, name: string): Promise<void> {
    const triggers = await ifThere(this.#reads.triggers(unit, name))
    if (triggers) {
      await this.deleteAsyncInvocation(unit, name)
      for (const { triggerName } of triggers) {
        await ifThere(this.#call('DeleteTrigger', () => this.#client.deleteTrigger(unit, name, triggerName)))
      }
      await ifThere(this.#call('DeleteFunction', () => this.#client.deleteFunction(unit, name)))
    }
    await this.#services.removeIfEmpty(unit)
  }

  async removeUnit(unit: string): Promise<void> {
    await this.#services.removeIfEmpty(unit)
  }

  /** Not repeated after a failure: the function may have run. */
  async invoke(unit: string, name: string, payload: string, { log }: { log: boolean }): Promise<Invocation> {
    const answer = await this.#reads.function(unit, name, LIVE)
    if (!answer) throw absent(name)
    const client = this.#clientFor((answer.timeout ?? 0) * 1000 + READ_TIMEOUT_MS)
    const headers = { 'x-fc-invocation-type': 'Sync', 'x-fc-log-type': log ? 'Tail' : 'None' }
    const send = async () => {
      const result = await client.invokeFunction(unit, name, payload, headers, LIVE, { rawBuf: true })
      return invocationOf(result.headers, textOf(result.data))
    }
    return once('InvokeFunction', send, this.#connection.secrets)
  }

  async logs(unit: string, name: string, query: LogQuery): Promise<LogLine[]> {
    const service = (await this.#reads.service(unit, LIVE)) ?? (await this.#reads.service(unit))
    if (!service) throw absent(name)
    return readLogs(this.#connection, this.#call, service.logConfig, { topic: unit, functionName: name }, query)
  }

  #isOurs({ description }: FunctionAnswer): boolean {
    return isMarked(description, this.#mark)
  }

  #contentOf(service: Service, answer: FunctionAnswer): Content {
    const description = unmarked(answer.description, this.#mark)
    return {
      ...(answer.codeChecksum ? { codeHash: answer.codeChecksum } : {}),
      configuration: {
        ...configurationOf({ ...answer, description }),
        ...partOf(configurationOf(service), 'service'),
      },
    }
  }

  async #timers(unit: string, name: string): Promise<FoundTimer[]> {
    const triggers = await this.#reads.triggers(unit, name)
    return triggers.filter(({ triggerType }) => triggerType === 'timer').map(timerOf)
  }
}

/** In someone else's service nothing is ours, and nothing may be added. */
function notOurs(name: string): FoundFunction {
  return { name, ours: false, state: READY, latest: { configuration: {} }, timers: [], tags: {} }
}

/** A function's result as text; the SDK has parsed what is called JSON. */
function textOf(data: unknown): string {
  if (Buffer.isBuffer(data)) return data.toString()
  return typeof data === 'string' ? data : JSON.stringify(data)
}
