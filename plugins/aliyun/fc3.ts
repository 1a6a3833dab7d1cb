import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
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
import { type Connection, READ_TIMEOUT_MS } from './connection.ts'
import { absent, lacking } from './errors.ts'
import { type Fc3Client, type Fc3Sdk, fc3Client, fc3Sdk } from './fc3-client.ts'
import { contentOf, type Fc3Function, Fc3Reads, stateOf, tagsOf } from './fc3-reads.ts'
import { aliasesOf, asyncChangeOf, changeOf, creationOf, timerOf, triggerConfigOf } from './fields.ts'
import { invocationOf } from './invocation.ts'
import { readLogs } from './logs.ts'

/** Function Compute 3.0: every function has its own versions and its own alias. `mark` are the tags by which ours are known. */
export function fc3Backend(connection: Connection, mark: Record<string, string>, patience: Patience): Backend {
  return new Fc3Backend(fc3Sdk(), connection, mark, patience)
}

class Fc3Backend implements Backend {
  readonly codeFields = []
  readonly fixedFields = []
  readonly secretFields = ['environmentVariables']

  readonly #sdk: Fc3Sdk
  readonly #client: Fc3Client
  readonly #connection: Connection
  readonly #mark: Record<string, string>
  readonly #call: Call
  readonly #reads: Fc3Reads

  constructor(sdk: Fc3Sdk, connection: Connection, mark: Record<string, string>, patience: Patience) {
    this.#sdk = sdk
    this.#client = fc3Client(sdk, connection, READ_TIMEOUT_MS)
    this.#connection = connection
    this.#mark = mark
    this.#call = caller(connection.secrets, patience)
    this.#reads = new Fc3Reads(sdk, this.#client, this.#call)
  }

  async list(): Promise<string[]> {
    const functions = await this.#reads.functionsWith(this.#mark)
    return functions.filter((answer) => this.#isOurs(answer)).map(({ functionName }) => functionName)
  }

  async read(unit: string): Promise<FoundUnit | undefined> {
    const answer = await this.#reads.function(unit)
    if (!answer) return undefined
    const ours = this.#isOurs(answer)
    const found: FoundFunction = {
      name: unit,
      ours,
      state: stateOf(answer),
      latest: contentOf(answer),
      timers: [],
      tags: tagsOf(answer),
    }
    if (!ours) return { name: unit, versions: [], functions: [found] }

    const [aliases, versions, triggers, asyncInvocation, reservedConcurrency] = await Promise.all([
      this.#reads.aliases(unit),
      this.#reads.versions(unit),
      this.#reads.triggers(unit),
      this.#reads.asyncInvocation(unit),
      this.#reads.reservedConcurrency(unit),
    ])
    const { live, held } = aliasesOf(aliases)
    const liveAnswer = live === undefined ? undefined : await this.#reads.function(unit, live)
    if (liveAnswer) found.live = contentOf(liveAnswer)
    if (asyncInvocation) found.asyncInvocation = asyncInvocation
    if (reservedConcurrency !== undefined) found.reservedConcurrency = reservedConcurrency
    found.timers = triggers.filter(({ triggerType }) => triggerType === 'timer').map(timerOf)
    return { name: unit, versions, ...(live === undefined ? {} : { live }), held, functions: [found] }
  }

  async state(unit: string, _name: string, version?: string): Promise<State | undefined> {
    const answer = await this.#reads.function(unit, version)
    return answer && stateOf(answer)
  }

  async content(unit: string, _name: string, version: string): Promise<Content | undefined> {
    const answer = await this.#reads.function(unit, version)
    return answer && contentOf(answer)
  }

  async create(unit: string, { zip, codeHash, configuration, tags }: WantedFunction): Promise<void> {
    const body = new this.#sdk.CreateFunctionInput({
      functionName: unit,
      ...creationOf(configuration),
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      code: await codeOf(zip, codeHash),
    })
    const request = new this.#sdk.CreateFunctionRequest({ body })
    await this.#call('CreateFunction', () => this.#client.createFunction(request))
  }

  async updateCode(unit: string, { zip, codeHash }: WantedFunction): Promise<void> {
    await this.#update(unit, { code: await codeOf(zip, codeHash) })
  }

  async updateConfiguration(unit: string, { configuration }: WantedFunction): Promise<void> {
    await this.#update(unit, changeOf(configuration))
  }

  async updateTags(unit: string, { tags }: WantedFunction, found: FoundFunction): Promise<void> {
    const { region, credentials } = this.#connection
    const resourceId = [`acs:fc:${region}:${credentials.accountId}:functions/${unit}`]
    const tagKey = Object.keys(found.tags).filter((key) => tags[key] === undefined)
    const tag = Object.entries(tags).map(([key, value]) => ({ key, value }))
    const body = new this.#sdk.TagResourcesInput({ resourceType: 'FUNCTION', resourceId, tag })
    const request = new this.#sdk.TagResourcesRequest({ body })
    await this.#call('TagResources', () => this.#client.tagResources(request))
    if (tagKey.length === 0) return
    const superfluous = new this.#sdk.UntagResourcesRequest({ resourceType: 'FUNCTION', resourceId, tagKey })
    await this.#call('UntagResources', () => this.#client.untagResources(superfluous))
  }

  async publish({ name }: WantedUnit): Promise<string> {
    const request = new this.#sdk.PublishFunctionVersionRequest({
      body: new this.#sdk.PublishVersionInput({ description: '' }),
    })
    const publish = () => this.#client.publishFunctionVersion(name, request)
    const version = await publishedOr(
      this.#call('PublishFunctionVersion', publish).then(({ body }) => body?.versionId),
      () => this.#reads.versions(name),
    )
    if (!version) throw lacking('PublishFunctionVersion', 'version')
    return version
  }

  /** Weights would send a share of the calls to another version: someone may have set them by hand. */
  async pointLive(unit: string, versionId: string): Promise<void> {
    const weights = { additionalVersionWeight: {} }
    const change = new this.#sdk.UpdateAliasRequest({
      body: new this.#sdk.UpdateAliasInput({ versionId, ...weights }),
    })
    const updated = await ifThere(this.#call('UpdateAlias', () => this.#client.updateAlias(unit, LIVE, change)))
    if (updated) return
    const creation = new this.#sdk.CreateAliasRequest({
      body: new this.#sdk.CreateAliasInput({ aliasName: LIVE, versionId, ...weights }),
    })
    await this.#call('CreateAlias', () => this.#client.createAlias(unit, creation))
  }

  async deleteVersion(unit: string, version: string): Promise<void> {
    await ifThere(this.#call('DeleteFunctionVersion', () => this.#client.deleteFunctionVersion(unit, version)))
  }

  async createTimer(unit: string, _name: string, { name: triggerName, fields }: WantedTimer): Promise<void> {
    const body = new this.#sdk.CreateTriggerInput({
      triggerName,
      triggerType: 'timer',
      triggerConfig: JSON.stringify(triggerConfigOf(fields)),
      qualifier: LIVE,
      description: String(fields.description ?? ''),
    })
    const request = new this.#sdk.CreateTriggerRequest({ body })
    await this.#call('CreateTrigger', () => this.#client.createTrigger(unit, request))
  }

  async updateTimer(unit: string, _name: string, { name: triggerName, fields }: WantedTimer): Promise<void> {
    const body = new this.#sdk.UpdateTriggerInput({
      triggerConfig: JSON.stringify(triggerConfigOf(fields)),
      qualifier: LIVE,
      description: String(fields.description ?? ''),
    })
    const request = new this.#sdk.UpdateTriggerRequest({ body })
    await this.#call('UpdateTrigger', () => this.#client.updateTrigger(unit, triggerName, request))
  }

  async deleteTimer(unit: string, _name: string, { name: triggerName }: FoundTimer): Promise<void> {
    await ifThere(this.#call('DeleteTrigger', () => this.#client.deleteTrigger(unit, triggerName)))
  }

  async putAsyncInvocation(unit: string, _name: string, fields: Fields): Promise<void> {
    const body = new this.#sdk.PutAsyncInvokeConfigInput(asyncChangeOf(fields))
    const request = new this.#sdk.PutAsyncInvokeConfigRequest({ qualifier: LIVE, body })
    await this.#call('PutAsyncInvokeConfig', () => this.#client.putAsyncInvokeConfig(unit, request))
  }

  async deleteAsyncInvocation(unit: string): Promise<void> {
    const request = new this.#sdk.DeleteAsyncInvokeConfigRequest({ qualifier: LIVE })
    await ifThere(this.#call('DeleteAsyncInvokeConfig', () => this.#client.deleteAsyncInvokeConfig(unit, request)))
  }

  async putReservedConcurrency(unit: string, _name: string, reservedConcurrency: number): Promise<void> {
    const body = new this.#sdk.PutConcurrencyInput({ reservedConcurrency })
    const request = new this.#sdk.PutConcurrencyConfigRequest({ body })
    await this.#call('PutConcurrencyConfig', () => this.#client.putConcurrencyConfig(unit, request))
  }

  async deleteReservedConcurrency(unit: string): Promise<void> {
    await ifThere(this.#call('DeleteConcurrencyConfig', () => this.#client.deleteConcurrencyConfig(unit)))
  }

  /** In the order in which the vendor's own tool takes a function apart; triggers of any kind, for they hold it. */
  async remove(unit: string): Promise<void> {
    const triggers = await ifThere(this.#reads.triggers(unit))
    if (!triggers) return
    await this.deleteAsyncInvocation(unit)
    for (const { triggerName = '' } of triggers) {
      await ifThere(this.#call('DeleteTrigger', () => this.#client.deleteTrigger(unit, triggerName)))
    }
    await this.deleteReservedConcurrency(unit)
    for (const { aliasName = '' } of await this.#reads.aliases(unit)) {
      await ifThere(this.#call('DeleteAlias', () => this.#client.deleteAlias(unit, aliasName)))
    }
    for (const { version } of await this.#reads.versions(unit)) await this.deleteVersion(unit, version)
    await ifThere(this.#call('DeleteFunction', () => this.#client.deleteFunction(unit)))
  }

  /** Not repeated after a failure: the function may have run. */
  async invoke(unit: string, _name: string, payload: string, { log }: { log: boolean }): Promise<Invocation> {
    const answer = await this.#reads.function(unit, LIVE)
    if (!answer) throw absent(unit)
    const client = fc3Client(this.#sdk, this.#connection, (answer.timeout ?? 0) * 1000 + READ_TIMEOUT_MS)
    const headers = new this.#sdk.InvokeFunctionHeaders({
      xFcInvocationType: 'Sync',
      xFcLogType: log ? 'Tail' : 'None',
    })
    const send = async () => {
      const request = new this.#sdk.InvokeFunctionRequest({
        qualifier: LIVE,
        body: Readable.from([Buffer.from(payload)]),
      })
      const options = {} as Parameters<Fc3Client['invokeFunctionWithOptions']>[3]
      const result = await client.invokeFunctionWithOptions(unit, request, headers, options)
      return invocationOf(result.headers ?? {}, result.body ? await text(result.body) : '')
    }
    return once('InvokeFunction', send, this.#connection.secrets)
  }

  async logs(unit: string, _name: string, query: LogQuery): Promise<LogLine[]> {
    const answer = (await this.#reads.function(unit, LIVE)) ?? (await this.#reads.function(unit))
    if (!answer) throw absent(unit)
    return readLogs(this.#connection, this.#call, answer.logConfig, { topic: `FCLogs:${unit}` }, query)
  }

  #isOurs(answer: Fc3Function): boolean {
    const tags = tagsOf(answer)
    return Object.entries(this.#mark).every(([key, value]) => tags[key] === value)
  }

  async #update(unit: string, fields: object): Promise<void> {
    const request = new this.#sdk.UpdateFunctionRequest({ body: new this.#sdk.UpdateFunctionInput(fields) })
    await this.#call('UpdateFunction', () => this.#client.updateFunction(unit, request))
  }
}

/** The checksum lets the vendor refuse a zip that was damaged on its way. */
async function codeOf(zip: string, checksum: string): Promise<{ zipFile: string; checksum: string }> {
  return { zipFile: await readFile(zip, 'base64'), checksum }
}
