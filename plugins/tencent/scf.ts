import { readFile } from 'node:fs/promises'
import { portions } from '../../shared/contracts/portions.ts'
import { asWritten } from '../../shared/contracts/words.ts'
import {
  type Backend,
  type Content,
  type Fields,
  type FoundFunction,
  type FoundTimer,
  type FoundUnit,
  type FoundUrl,
  type Invocation,
  LIVE,
  type LogLine,
  type LogQuery,
  type State,
  type WantedFunction,
  type WantedTimer,
  type WantedUnit,
} from '../provider/backend.ts'
import type { Api } from './api.ts'
import { isMissing, unclear } from './errors.ts'
import {
  configurationOf,
  contentOf,
  egressOf,
  isOurs,
  markedHash,
  stateOf,
  tagsOf,
  timerOf,
  urlOf,
  versionOf,
} from './found.ts'
import { searchLogs, topicOf } from './logs.ts'
import { Reads, type ScfAnswer } from './reads.ts'
import { aliasMark, cleared, settings, triggerOf, urlTriggerOf } from './request.ts'

/** TagResources, UnTagResources: their lists go from 0 to 9. */
const TAGS_AT_ONCE = 10

export interface Namespace {
  region: string
  namespace: string
  /** The tags that ours carry. */
  mark: Record<string, string>
}

/** SCF, where a unit is one function: versions and the alias are its own. */
export class ScfBackend implements Backend {
  readonly codeFields = ['Handler']
  readonly fixedFields = ['Runtime', 'AsyncRunEnable']
  readonly secretFields = ['Environment']
  readonly changeMs = 1000

  readonly #api: Api
  readonly #reads: Reads
  readonly #place: Namespace
  /** What was published in this run: version → code hash, by function. */
  readonly #published = new Map<string, { version: string; codeHash: string }>()
  /** The last answer about a version that was looked at, so that its content needs no further call. */
  readonly #looked = new Map<string, ScfAnswer>()

  constructor(api: Api, place: Namespace) {
    this.#api = api
    this.#place = place
    this.#reads = new Reads(api, place.namespace)
  }

  list(): Promise<string[]> {
    return this.#reads.functionsWith(this.#place.mark)
  }

  async read(unit: string): Promise<FoundUnit | undefined> {
    const latest = await this.#reads.function(unit)
    if (!latest) return undefined
    const ours = isOurs(latest, this.#place.mark)
    const found: FoundFunction = {
      name: unit,
      ours,
      state: stateOf(latest),
      latest: contentOf(latest),
      timers: [],
      tags: tagsOf(latest),
    }
    if (!ours) return { name: unit, versions: [], functions: [found] }

    const [{ live: alias, held }, versions, { timers, urls }, asyncInvocation, reservedConcurrency] = await Promise.all(
      [
        this.#reads.aliases(unit),
        this.#reads.versions(unit),
        this.#reads.triggers(unit),
        this.#reads.asyncInvocation(unit),
        this.#reads.reservedConcurrency(unit),
      ],
    )
    const live = alias && (await this.#reads.function(unit, alias.FunctionVersion))
    const egress = live && egressOf(live)
    // One of the working copy, or of a version, is somebody else's.
    const address = urls.find(({ Qualifier }) => Qualifier === LIVE)
    return {
      name: unit,
      versions: versions.map(versionOf),
      held,
      ...(live ? { live: alias.FunctionVersion } : {}),
      functions: [
        {
          ...found,
          ...(live ? { live: contentOf(live, markedHash(alias.Description)) } : {}),
          timers: timers.map(timerOf),
          ...(address ? { url: urlOf(address) } : {}),
          ...(egress ? { egress } : {}),
          ...(asyncInvocation ? { asyncInvocation } : {}),
          ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
        },
      ],
    }
  }

  async state(_unit: string, name: string, version?: string): Promise<State | undefined> {
    const answer = await this.#reads.function(name, version)
    if (!answer) return undefined
    if (version !== undefined) this.#looked.set(`${name}:${version}`, answer)
    return stateOf(answer)
  }

  /** Where the vendor does not show the entry, the code can't be compared and is taken for what was published. */
  async content(_unit: string, name: string, version: string): Promise<Content | undefined> {
    const answer = this.#looked.get(`${name}:${version}`) ?? (await this.#reads.function(name, version))
    const published = this.#published.get(name)
    return answer && contentOf(answer, published?.version === version ? published.codeHash : undefined)
  }

  async create(_unit: string, wanted: WantedFunction): Promise<void> {
    const { Handler, Runtime, AsyncRunEnable } = wanted.configuration
    await this.#change('CreateFunction', wanted.name, {
      Type: 'Event',
      Handler,
      Runtime,
      AsyncRunEnable,
      CodeSource: 'ZipFile',
      Code: { ZipFile: await base64(wanted.zip) },
      ...settings(wanted.configuration),
      Tags: Object.entries(wanted.tags).map(([Key, Value]) => ({ Key, Value })),
    })
  }

  async updateCode(_unit: string, { name, zip, configuration }: WantedFunction): Promise<void> {
    const { Handler } = configuration
    await this.#change('UpdateFunctionCode', name, { Handler, CodeSource: 'ZipFile', ZipFile: await base64(zip) })
  }

  async updateConfiguration(_unit: string, wanted: WantedFunction, differing: readonly string[]): Promise<void> {
    const { name, configuration } = wanted
    await this.#change('UpdateFunctionConfiguration', name, {
      ...cleared(configuration, differing),
      ...settings(configuration),
    })
  }

  /** Tags belong to another product, which makes those that are missing. */
  async updateTags(_unit: string, { name, tags }: WantedFunction, found: FoundFunction): Promise<void> {
    const { region, namespace } = this.#place
    const ResourceList = [`qcs::scf:${region}::namespace/${namespace}/function/${name}`]
    const Tags = Object.entries(tags)
      .filter(([key, value]) => found.tags[key] !== value)
      .map(([TagKey, TagValue]) => ({ TagKey, TagValue }))
    const TagKeys = Object.keys(found.tags).filter((key) => !(key in tags))
    for (const some of portions(Tags, TAGS_AT_ONCE, () => 1))
      await this.#tag('TagResources', { ResourceList, Tags: some })
    for (const some of portions(TagKeys, TAGS_AT_ONCE, () => 1))
      await this.#tag('UnTagResources', { ResourceList, TagKeys: some })
  }

  async publish({ name, functions }: WantedUnit): Promise<string> {
    const wanted = functions.find((one) => one.name === name)
    const { FunctionVersion: version } = await this.#change<{ FunctionVersion?: string }>('PublishVersion', name, {
      Description: wanted?.configuration.Description ?? '',
    })
    if (version === undefined)
      throw unclear('PublishVersion', { en: 'the answer names no version', zh: '应答里没有版本' })
    this.#published.set(name, { version, codeHash: wanted?.codeHash ?? '' })
    return version
  }

  /** The alias says in its description which code its version holds, for vendors' answers that do not show it. */
  async pointLive(unit: string, version: string): Promise<void> {
    const published = this.#published.get(unit)
    const request = {
      Name: LIVE,
      FunctionVersion: version,
      Description: published?.version === version ? aliasMark(published.codeHash) : '',
    }
    try {
      await this.#change('UpdateAlias', unit, { ...request, RoutingConfig: { AdditionalVersionWeights: [] } })
    } catch (error) {
      if (!isMissing(error)) throw error
      await this.#change('CreateAlias', unit, request)
    }
  }

  deleteVersion(unit: string, version: string): Promise<void> {
    return this.#gone('DeleteFunctionVersion', unit, { Qualifier: version })
  }

  async createTimer(_unit: string, name: string, timer: WantedTimer): Promise<void> {
    await this.#change('CreateTrigger', name, triggerOf(timer, LIVE))
  }

  async updateTimer(_unit: string, name: string, timer: WantedTimer): Promise<void> {
    await this.#change('UpdateTrigger', name, triggerOf(timer, LIVE))
  }

  deleteTimer(_unit: string, name: string, timer: FoundTimer): Promise<void> {
    const request = { TriggerName: timer.name, Type: 'timer', Qualifier: timer.qualifier }
    return this.#gone('DeleteTrigger', name, request)
  }

  async openUrl(_unit: string, name: string, fields: Fields, found?: FoundUrl): Promise<void> {
    const action = found === undefined ? 'CreateTrigger' : 'UpdateTrigger'
    await this.#change(action, name, urlTriggerOf(fields, found?.name ?? 'url', LIVE))
  }

  closeUrl(_unit: string, name: string, found: FoundUrl): Promise<void> {
    const request = { TriggerName: found.name, Type: 'http', Qualifier: LIVE }
    return this.#gone('DeleteTrigger', name, request)
  }

  async putAsyncInvocation(_unit: string, name: string, { RetryNum, MsgTTL }: Fields): Promise<void> {
    const AsyncTriggerConfig = { RetryConfig: [{ RetryNum }], MsgTTL }
    await this.#change('UpdateFunctionEventInvokeConfig', name, { AsyncTriggerConfig })
  }

  /** SCF always has one: what it takes if nothing is said is wanted as such. */
  async deleteAsyncInvocation(): Promise<void> {}

  async putReservedConcurrency(_unit: string, name: string, value: number): Promise<void> {
    await this.#change('PutReservedConcurrencyConfig', name, { ReservedConcurrencyMem: value })
  }

  deleteReservedConcurrency(_unit: string, name: string): Promise<void> {
    return this.#gone('DeleteReservedConcurrencyConfig', name, {})
  }

  remove(_unit: string, name: string): Promise<void> {
    return this.#gone('DeleteFunction', name, {})
  }

  async invoke(_unit: string, name: string, payload: string, { log }: { log: boolean }): Promise<Invocation> {
    const { Result = {} } = await this.#api.invoke<{ Result?: Record<string, unknown> }>('Invoke', {
      FunctionName: name,
      Namespace: this.#place.namespace,
      Qualifier: LIVE,
      InvocationType: 'RequestResponse',
      ClientContext: payload,
      LogType: log ? 'Tail' : 'None',
    })
    const { RetMsg = '', ErrMsg = '', Log = '', FunctionRequestId = '' } = Result
    const failed = ErrMsg !== '' && ErrMsg !== null
    return {
      result: String(failed ? ErrMsg : RetMsg),
      failed,
      ...(log ? { log: String(Log) } : {}),
      requestId: String(FunctionRequestId),
    }
  }

  async logs(_unit: string, name: string, query: LogQuery): Promise<LogLine[]> {
    const answer = await this.#reads.function(name)
    return searchLogs(this.#api, topicOf(name, answer && configurationOf(answer)), name, query)
  }

  #change<T = unknown>(action: string, name: string, request: object): Promise<T> {
    return this.#api.scf<T>(action, { FunctionName: name, Namespace: this.#place.namespace, ...request })
  }

  /** Deletes what may be gone already. */
  async #gone(action: string, name: string, request: object): Promise<void> {
    try {
      await this.#change(action, name, request)
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }

  /** This product answers without an error and lists what it could not do. */
  async #tag(action: string, request: object): Promise<void> {
    const { FailedResources } = await this.#api.tag<{ FailedResources?: { Code?: string; Message?: string }[] }>(
      action,
      request,
    )
    const [failed] = FailedResources ?? []
    if (failed) throw unclear(action, asWritten(`${failed.Code}: ${failed.Message}`))
  }
}

async function base64(file: string): Promise<string> {
  return (await readFile(file)).toString('base64')
}
