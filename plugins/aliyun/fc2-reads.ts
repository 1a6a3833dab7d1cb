import type FC from '@alicloud/fc2'
import type { AsyncConfig, FunctionAnswer, Service, Trigger } from '@alicloud/fc2'
import { type Fields, type FoundVersion, LIVE } from '../provider/backend.ts'
import { type Call, ifThere } from './call.ts'
import { type AliasAnswer, asyncInvocationOf, ownTags } from './fields.ts'
import { all } from './paging.ts'

/** The most that a list gives at once ("ListFunctions"). */
const PAGE = 100

/** What Function Compute 2.0 can be asked about a service and its functions. */
export class Fc2Reads {
  readonly #client: FC
  readonly #call: Call

  constructor(client: FC, call: Call) {
    this.#client = client
    this.#call = call
  }

  services(): Promise<Service[]> {
    return all(async (nextToken) => {
      const { data } = await this.#call('ListServices', () => this.#client.listServices(pageOf(nextToken)))
      return { items: data.services ?? [], nextToken: data.nextToken }
    })
  }

  /** Its working copy, or what a version or an alias of it holds; undefined if there is none. */
  async service(service: string, qualifier?: string): Promise<Service | undefined> {
    const get = () => this.#client.getService(service, {}, qualifier)
    return (await ifThere(this.#call('GetService', get)))?.data
  }

  async function(service: string, name: string, qualifier?: string): Promise<FunctionAnswer | undefined> {
    const get = () => this.#client.getFunction(service, name, {}, qualifier)
    return (await ifThere(this.#call('GetFunction', get)))?.data
  }

  functions(service: string): Promise<FunctionAnswer[]> {
    return all(async (nextToken) => {
      const list = () => this.#client.listFunctions(service, pageOf(nextToken))
      const { data } = await this.#call('ListFunctions', list)
      return { items: data.functions ?? [], nextToken: data.nextToken }
    })
  }

  aliases(service: string): Promise<AliasAnswer[]> {
    return all(async (nextToken) => {
      const list = () => this.#client.listAliases(service, pageOf(nextToken))
      const { data } = await this.#call('ListAliases', list)
      return { items: data.aliases ?? [], nextToken: data.nextToken }
    })
  }

  /** Newest first. */
  versions(service: string): Promise<FoundVersion[]> {
    return all(async (nextToken) => {
      const list = () => this.#client.listVersions(service, { ...pageOf(nextToken), direction: 'BACKWARD' })
      const { data } = await this.#call('ListVersions', list)
      const items = (data.versions ?? []).map(
        ({ versionId, createdTime }): FoundVersion => ({
          version: versionId,
          ...(createdTime ? { publishedAt: Date.parse(createdTime) } : {}),
          state: { is: 'ready' },
        }),
      )
      return { items, nextToken: data.nextToken }
    })
  }

  /** Of every type, whatever they call. */
  triggers(service: string, name: string): Promise<Trigger[]> {
    return all(async (nextToken) => {
      const list = () => this.#client.listTriggers(service, name, pageOf(nextToken))
      const { data } = await this.#call('ListTriggers', list)
      return { items: data.triggers ?? [], nextToken: data.nextToken }
    })
  }

  /** Of what `live` points to. */
  async asyncInvocation(service: string, name: string): Promise<Fields | undefined> {
    const get = () => this.#client.getFunctionAsyncConfig(service, name, LIVE)
    const answer: { data: AsyncConfig } | undefined = await ifThere(this.#call('GetFunctionAsyncConfig', get))
    return answer && asyncInvocationOf(answer.data)
  }

  /** Only services carry tags. */
  async tags(service: string): Promise<Record<string, string>> {
    const get = () => this.#client.getResourceTags({ resourceArn: `services/${service}` })
    return ownTags((await this.#call('GetResourceTags', get)).data.tags ?? {})
  }
}

function pageOf(nextToken: string | undefined): Record<string, unknown> {
  return { limit: PAGE, ...(nextToken === undefined ? {} : { nextToken }) }
}
