import { isDeepStrictEqual } from 'node:util'
import type FC from '@alicloud/fc2'
import type { Service } from '@alicloud/fc2'
import { CloudError, type Fields } from '../provider/backend.ts'
import { type Call, ifThere } from './call.ts'
import type { Fc2Reads } from './fc2-reads.ts'
import { changeOf, configurationOf, creationOf } from './fields.ts'

/** Fields that all functions of a service have in common. */
const SERVICE_FIELDS = ['role', 'logConfig', 'vpcConfig', 'internetAccess']

/** Those of a configuration that are the service's, or those that are the function's own. */
export function partOf(configuration: Fields, owner: 'service' | 'function'): Fields {
  const isServices = owner === 'service'
  return Object.fromEntries(
    Object.entries(configuration).filter(([name]) => SERVICE_FIELDS.includes(name) === isServices),
  )
}

/**
 * What several functions of a 2.0 service change together. Changes that are the same and come at the same time, one for each
 * function, are made once.
 */
export class Fc2Services {
  readonly #client: FC
  readonly #call: Call
  readonly #reads: Fc2Reads
  readonly #mark: string
  readonly #underWay = new Map<string, Promise<void>>()

  constructor(client: FC, call: Call, reads: Fc2Reads, mark: string) {
    this.#client = client
    this.#call = call
    this.#reads = reads
    this.#mark = mark
  }

  /**
   * Makes it with the mark; one that is there is made what is wanted: another deployment, or this one before it was cut off, may
   * have made it without its tags or with other settings.
   */
  create(service: string, configuration: Fields, tags: Record<string, string>): Promise<void> {
    const wanted = partOf(configuration, 'service')
    return this.#together(['create', service, wanted, tags], async () => {
      const there = await this.#reads.service(service)
      if (!there) {
        const settings = { ...creationOf(wanted), description: this.#mark }
        await this.#call('CreateService', () => this.#client.createService(service, settings))
        return this.#tag(service, tags)
      }
      if (there.description !== this.#mark) throw foreign(service)
      await this.#settle(there, wanted)
      if (!isDeepStrictEqual(await this.#reads.tags(service), tags)) await this.#tag(service, tags)
    })
  }

  /** Sets what differs of the service's fields. */
  configure(service: string, configuration: Fields): Promise<void> {
    const wanted = partOf(configuration, 'service')
    return this.#together(['configure', service, wanted], async () => {
      const there = await this.#reads.service(service)
      if (there) await this.#settle(there, wanted)
    })
  }

  setTags(service: string, tags: Record<string, string>, superfluous: string[]): Promise<void> {
    return this.#together(['tag', service, tags, superfluous], async () => {
      await this.#tag(service, tags)
      if (superfluous.length === 0) return
      await this.#call('UntagResource', () => this.#client.untagResource(arnOf(service), superfluous))
    })
  }

  /** Deletes a service that holds no function any more, with its aliases and versions. */
  removeIfEmpty(service: string): Promise<void> {
    return this.#together(['remove', service], async () => {
      const functions = await ifThere(this.#reads.functions(service))
      if (!functions || functions.length > 0) return
      for (const { aliasName = '' } of await this.#reads.aliases(service)) {
        await ifThere(this.#call('DeleteAlias', () => this.#client.deleteAlias(service, aliasName)))
      }
      for (const { version } of await this.#reads.versions(service)) {
        await ifThere(this.#call('DeleteVersion', () => this.#client.deleteVersion(service, version)))
      }
      await ifThere(this.#call('DeleteService', () => this.#client.deleteService(service)))
    })
  }

  async #settle(there: Service, wanted: Fields): Promise<void> {
    if (isDeepStrictEqual(partOf(configurationOf(there), 'service'), wanted)) return
    await this.#call('UpdateService', () => this.#client.updateService(there.serviceName, changeOf(wanted)))
  }

  async #tag(service: string, tags: Record<string, string>): Promise<void> {
    await this.#call('TagResource', () => this.#client.tagResource(arnOf(service), { ...tags }))
  }

  #together(change: unknown[], work: () => Promise<void>): Promise<void> {
    const key = JSON.stringify(change)
    const running = this.#underWay.get(key)
    if (running) return running
    const started = work().finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, started)
    return started
  }
}

/** As the tag calls name a service ("TagResource"). */
function arnOf(service: string): string {
  return `services/${service}`
}

function foreign(service: string): CloudError {
  return new CloudError(
    {
      en: `service ${service} is there and was not made by this service and stage`,
      zh: `服务 ${service} 已存在，不是由这个服务和 stage 创建的`,
    },
    {
      kind: 'final',
      code: 'ServiceAlreadyExists',
      action: 'CreateService',
      advice: { en: 'Name the service or the stage otherwise.', zh: '给服务或 stage 换个名字。' },
    },
  )
}
