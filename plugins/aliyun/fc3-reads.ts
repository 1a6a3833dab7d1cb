import type { Content, Fields, FoundVersion, State } from '../provider/backend.ts'
import { LIVE } from '../provider/backend.ts'
import { type Call, ifThere } from './call.ts'
import { type Fc3Client, type Fc3Sdk, rawGet } from './fc3-client.ts'
import { type AliasAnswer, asyncInvocationOf, configurationOf, type FunctionAnswer, ownTags } from './fields.ts'
import { all } from './paging.ts'

/** The most that a list gives at once ("ListFunctions"). */
const PAGE = 100

/** A function as GetFunction and ListFunctions give it. */
export interface Fc3Function extends FunctionAnswer {
  functionName: string
  codeChecksum?: string
  state?: string
  stateReason?: string
  lastUpdateStatus?: string
  lastUpdateStatusReason?: string
  tags?: { key?: string; value?: string; Key?: string; Value?: string }[]
}

/** What Function Compute 3.0 can be asked about a function. */
export class Fc3Reads {
  readonly #sdk: Fc3Sdk
  readonly #client: Fc3Client
  readonly #call: Call

  constructor(sdk: Fc3Sdk, client: Fc3Client, call: Call) {
    this.#sdk = sdk
    this.#client = client
    this.#call = call
  }

  functionsWith(tags: Record<string, string>): Promise<Fc3Function[]> {
    const filter = JSON.stringify(Object.entries(tags).map(([Key, Value]) => ({ Key, Value })))
    return all(async (nextToken) => {
      const query = { fcVersion: 'v3', limit: String(PAGE), tags: filter, nextToken }
      const list = () => rawGet(this.#client, 'ListFunctions', '/functions', query)
      const answer: { functions?: Fc3Function[]; nextToken?: string } = await this.#call('ListFunctions', list)
      return { items: answer.functions ?? [], nextToken: answer.nextToken }
    })
  }

  /** Its working copy, or what a version or an alias of it holds; undefined if there is none. */
  function(name: string, qualifier?: string): Promise<Fc3Function | undefined> {
    const path = `/functions/${encodeURIComponent(name)}`
    return ifThere(
      this.#call('GetFunction', async () => {
        const answer: Record<string, unknown> = await rawGet(this.#client, 'GetFunction', path, { qualifier })
        return answer as unknown as Fc3Function
      }),
    )
  }

  /** Newest first. */
  versions(name: string): Promise<FoundVersion[]> {
    return all(async (nextToken) => {
      const request = new this.#sdk.ListFunctionVersionsRequest({ limit: PAGE, nextToken, direction: 'BACKWARD' })
      const list = () => this.#client.listFunctionVersions(name, request)
      const { body } = await this.#call('ListFunctionVersions', list)
      return { items: (body?.versions ?? []).map(versionOf), nextToken: body?.nextToken }
    })
  }

  aliases(name: string): Promise<AliasAnswer[]> {
    return all(async (nextToken) => {
      const request = new this.#sdk.ListAliasesRequest({ limit: PAGE, nextToken })
      const { body } = await this.#call('ListAliases', () => this.#client.listAliases(name, request))
      return { items: body?.aliases ?? [], nextToken: body?.nextToken }
    })
  }

  /** Of every type, whatever they call. */
  triggers(name: string) {
    return all(async (nextToken) => {
      const request = new this.#sdk.ListTriggersRequest({ limit: PAGE, nextToken })
      const { body } = await this.#call('ListTriggers', () => this.#client.listTriggers(name, request))
      return { items: body?.triggers ?? [], nextToken: body?.nextToken }
    })
  }

  /** Of what `live` points to. */
  async asyncInvocation(name: string): Promise<Fields | undefined> {
    const request = new this.#sdk.GetAsyncInvokeConfigRequest({ qualifier: LIVE })
    const get = () => this.#client.getAsyncInvokeConfig(name, request)
    const answer = await ifThere(this.#call('GetAsyncInvokeConfig', get))
    return answer?.body && asyncInvocationOf(answer.body)
  }

  /** Undefined if nothing is reserved. */
  async reservedConcurrency(name: string): Promise<number | undefined> {
    const answer = await ifThere(this.#call('GetConcurrencyConfig', () => this.#client.getConcurrencyConfig(name)))
    return answer?.body?.reservedConcurrency || undefined
  }
}

/** An idle function becomes active by being called or changed ("Function states"). A zip function may tell no state. */
export function stateOf(answer: Fc3Function): State {
  const { state = 'Active', stateReason = state, lastUpdateStatus = 'Successful' } = answer
  const { lastUpdateStatusReason: updateReason = lastUpdateStatus } = answer
  if (state === 'Pending') return { is: 'busy', reason: stateReason || state }
  if (lastUpdateStatus === 'InProgress') return { is: 'busy', reason: updateReason || lastUpdateStatus }
  if (state === 'Failed') return { is: 'failed', reason: stateReason || state }
  if (lastUpdateStatus === 'Failed') return { is: 'failed', reason: updateReason || lastUpdateStatus }
  return { is: 'ready' }
}

export function contentOf(answer: Fc3Function): Content {
  return {
    ...(answer.codeChecksum ? { codeHash: answer.codeChecksum } : {}),
    configuration: configurationOf(answer),
  }
}

export function tagsOf({ tags = [] }: Fc3Function): Record<string, string> {
  return ownTags(Object.fromEntries(tags.map(({ key = '', value = '', Key = key, Value = value }) => [Key, Value])))
}

function versionOf({ versionId = '', createdTime }: { versionId?: string; createdTime?: string }): FoundVersion {
  return {
    version: versionId,
    ...(createdTime ? { publishedAt: Date.parse(createdTime) } : {}),
    state: { is: 'ready' },
  }
}
