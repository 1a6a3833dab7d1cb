import * as z from 'zod'
import type { Account } from './account.ts'
import { checkEtag, withEtag } from './etag.ts'
import { Fault, invalid } from './fault.ts'
import { page } from './paging.ts'
import { parseBody } from './parse.ts'
import { answer, type Call, nothing, type Operation, operation } from './router.ts'
import { TAGS_PER_RESOURCE, tagMap } from './rules.ts'
import { changedService, newService, Service } from './service.ts'

const PAGING = ['limit', 'prefix', 'startKey', 'nextToken']
const tagging = z.strictObject({ resourceArn: z.string(), tags: tagMap })
const untagging = z.strictObject({
  resourceArn: z.string(),
  tagKeys: z.array(z.string()).max(TAGS_PER_RESOURCE).exactOptional(),
  all: z.boolean().exactOptional(),
})

/** Of `svc.qualifier`. */
export type Split = (text: string) => { service: Service; qualifier: string }

/** Services of 2016-08-15. */
export function serviceOperations(account: Account, find: (name: string) => Service, split: Split): Operation[] {
  const { services, quotas } = account

  function create({ request }: Call) {
    const input = parseBody(newService, request.body)
    if (services.has(input.serviceName)) {
      throw new Fault(409, 'ServiceAlreadyExists', `service '${input.serviceName}' already exists`)
    }
    if (services.size >= quotas.services) {
      throw new Fault(400, 'LimitExceededError', `the number of services exceeds the limit ${quotas.services}`)
    }
    const created = new Service(account, input)
    services.set(created.name, created)
    return withEtag(shownService(created))
  }

  function list({ params }: Call) {
    const tags = [...params].filter(([name]) => name.startsWith('tag_'))
    const all = [...services.values()]
      .filter(({ name }) => name.startsWith(params.get('prefix') ?? ''))
      .filter((service) => tags.every(([name, value]) => service.tags.get(name.slice('tag_'.length)) === value))
      .sort((one, other) => (one.name < other.name ? -1 : 1))
    const { items, ...rest } = page(all, ({ name }) => name, params)
    return answer({ services: items.map((service) => shownService(service)), ...rest })
  }

  function update({ request, names: [name = ''] }: Call) {
    const service = find(name)
    checkEtag(request, shownService(service))
    service.update(parseBody(changedService, request.body))
    return withEtag(shownService(service))
  }

  function remove({ request, names: [name = ''] }: Call) {
    const service = find(name)
    checkEtag(request, shownService(service))
    const { functions, versions } = service
    const left = { functions: functions.size, aliases: versions.aliases.size, versions: versions.versions.size }
    for (const [what, count] of Object.entries(left)) {
      if (count > 0) throw new Fault(400, 'ServiceNotEmpty', `service '${name}' still has ${count} ${what}`)
    }
    services.delete(name)
    return nothing()
  }

  return [
    operation('CreateService', 'POST /services', create),
    operation('ListServices', 'GET /services', list, { query: [...PAGING, 'tag_*'] }),
    operation('GetService', 'GET /services/{}', ({ names: [text = ''] }) => {
      const { service, qualifier } = split(text)
      return withEtag(shownService(service, qualifier))
    }),
    operation('UpdateService', 'PUT /services/{}', update),
    operation('DeleteService', 'DELETE /services/{}', remove),
  ]
}

/** Tags, which only services carry; the ARN is `services/{name}`. */
export function serviceTagOperations(find: (name: string) => Service): Operation[] {
  function owner(arn: string): Service {
    const name = /^services\/([^/]+)$/.exec(arn)?.[1]
    if (name === undefined) throw invalid(`resourceArn: ${arn} is not services/{name}`)
    return find(name)
  }
  return [
    operation('TagResource', 'POST /tag', ({ request }) => {
      const { resourceArn, tags } = parseBody(tagging, request.body)
      const service = owner(resourceArn)
      if (new Set([...service.tags.keys(), ...Object.keys(tags)]).size > TAGS_PER_RESOURCE) {
        throw new Fault(400, 'LimitExceededError', `a service has at most ${TAGS_PER_RESOURCE} tags`)
      }
      for (const [key, value] of Object.entries(tags)) service.tags.set(key, value)
      return nothing()
    }),
    operation('UntagResource', 'DELETE /tag', ({ request }) => {
      const { resourceArn, tagKeys = [], all = false } = parseBody(untagging, request.body)
      const service = owner(resourceArn)
      for (const key of all ? [...service.tags.keys()] : tagKeys) service.tags.delete(key)
      return nothing()
    }),
    operation(
      'GetResourceTags',
      'GET /tag',
      ({ params }) => {
        const resourceArn = params.get('resourceArn') ?? ''
        return answer({ resourceArn, tags: Object.fromEntries(owner(resourceArn).tags) })
      },
      { query: ['resourceArn'] },
    ),
  ]
}

function shownService(service: Service, qualifier = 'LATEST') {
  const { name: serviceName, id: serviceId, createdTime, lastModifiedTime } = service
  return { serviceName, serviceId, ...service.at(qualifier).configuration, createdTime, lastModifiedTime }
}
