import type {
  Alias,
  FunctionVersion,
  GetFunctionEventInvokeConfigResponse,
  GetFunctionResponse,
  GetReservedConcurrencyConfigResponse,
  ListAliasesResponse,
  ListFunctionsResponse,
  ListTriggersResponse,
  ListVersionByFunctionResponse,
  TriggerInfo,
} from 'tencentcloud-sdk-nodejs/tencentcloud/services/scf/v20180416/scf_models.js'
import { type Fields, LIVE } from '../provider/backend.ts'
import type { Api } from './api.ts'
import { isMissing } from './errors.ts'

export type ScfAnswer = GetFunctionResponse
export type ScfVersion = FunctionVersion
export type ScfTrigger = TriggerInfo

/** Most entries of a page. */
const PAGE = 100

/** What SCF tells of one namespace. What is not there is undefined. */
export class Reads {
  readonly #api: Api
  readonly #namespace: string

  constructor(api: Api, namespace: string) {
    this.#api = api
    this.#namespace = namespace
  }

  /** With the text of the entry file, where the vendor shows it. */
  function(name: string, qualifier = '$LATEST'): Promise<ScfAnswer | undefined> {
    return this.#ifThere('GetFunction', { FunctionName: name, Qualifier: qualifier, ShowCode: 'TRUE' })
  }

  /** The alias `live`, and the versions that others lead to. The numbers of this one list are texts. */
  async aliases(name: string): Promise<{ live?: Alias; held: string[] }> {
    const all = await this.#pages<ListAliasesResponse, Alias>(
      'ListAliases',
      { FunctionName: name },
      ({ Aliases }) => Aliases,
      String,
    )
    const live = all.find(({ Name }) => Name === LIVE)
    const held = all.flatMap((alias) => [
      ...(alias === live ? [] : [alias.FunctionVersion]),
      ...(alias.RoutingConfig?.AdditionalVersionWeights ?? []).map(({ Version }) => Version),
    ])
    return { ...(live ? { live } : {}), held }
  }

  /** The names of functions with these tags. */
  async functionsWith(tags: Record<string, string>): Promise<string[]> {
    const Filters = Object.entries(tags).map(([key, value]) => ({ Name: `tag-${key}`, Values: [value] }))
    const request = { Filters, Orderby: 'FunctionName', Order: 'ASC' }
    const functions = await this.#pages<ListFunctionsResponse, { FunctionName?: string }>(
      'ListFunctions',
      request,
      ({ Functions }) => Functions,
    )
    return functions.flatMap(({ FunctionName }) => FunctionName ?? [])
  }

  /** Newest first, without $LATEST. */
  async versions(name: string): Promise<ScfVersion[]> {
    const request = { FunctionName: name, OrderBy: 'AddTime', Order: 'DESC' }
    const versions = await this.#pages<ListVersionByFunctionResponse, ScfVersion>(
      'ListVersionByFunction',
      request,
      ({ Versions }) => Versions,
    )
    return versions.filter(({ Version }) => Version !== '$LATEST').sort((a, b) => Number(b.Version) - Number(a.Version))
  }

  /** Timers, and addresses, of which each version and alias may have one. */
  async triggers(name: string): Promise<{ timers: ScfTrigger[]; urls: ScfTrigger[] }> {
    const request = { FunctionName: name, OrderBy: 'add_time', Order: 'ASC' }
    const triggers = await this.#pages<ListTriggersResponse, ScfTrigger>(
      'ListTriggers',
      request,
      ({ Triggers }) => Triggers,
    )
    const of = (type: string) => triggers.filter(({ Type }) => Type === type)
    return { timers: of('timer'), urls: of('http') }
  }

  async asyncInvocation(name: string): Promise<Fields | undefined> {
    const answer = await this.#ifThere<GetFunctionEventInvokeConfigResponse>('GetFunctionEventInvokeConfig', {
      FunctionName: name,
    })
    const config = answer?.AsyncTriggerConfig
    if (!config) return undefined
    return { RetryNum: config.RetryConfig?.[0]?.RetryNum ?? null, MsgTTL: config.MsgTTL ?? null }
  }

  /** In MB. */
  async reservedConcurrency(name: string): Promise<number | undefined> {
    const answer = await this.#ifThere<GetReservedConcurrencyConfigResponse>('GetReservedConcurrencyConfig', {
      FunctionName: name,
    })
    return answer?.ReservedMem ?? undefined
  }

  async #ifThere<T>(action: string, request: object): Promise<T | undefined> {
    try {
      return await this.#api.scf<T>(action, { Namespace: this.#namespace, ...request })
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  async #pages<R extends { TotalCount?: number }, T>(
    action: string,
    request: object,
    items: (answer: R) => T[] | undefined,
    form: (value: number) => number | string = (value) => value,
  ): Promise<T[]> {
    const all: T[] = []
    for (;;) {
      const page = { ...request, Offset: form(all.length), Limit: form(PAGE) }
      const answer = await this.#ifThere<R>(action, page)
      const found = answer ? (items(answer) ?? []) : []
      all.push(...found)
      if (found.length === 0 || all.length >= (answer?.TotalCount ?? 0)) return all
    }
  }
}
