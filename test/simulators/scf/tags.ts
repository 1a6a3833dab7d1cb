import * as z from 'zod'
import { type Action, action, type Scope } from './action.ts'
import { Refused } from './refused.ts'
import type { Cloud, ScfFunction } from './state.ts'

// The tag service, 2018-08-13: cloud.tencent.com/document/product/651/72274. The account part may be left empty.
const RESOURCE = /^qcs::([a-z]+):([a-z0-9-]+):(?:uin\/(\d*))?:namespace\/([^/]+)\/function\/([^/]+)$/
const resources = z.array(z.string()).min(1).max(10)

/** Does something to each function named; those that are not there are listed as failed. */
function forEach(names: string[], { cloud }: Scope, change: (found: ScfFunction) => void) {
  const FailedResources = names.flatMap((name) => {
    const found = resolve(name, cloud)
    if (found) change(found)
    return found ? [] : [{ Resource: name, Code: 'ResourceNotFound', Message: 'The resource does not exist.' }]
  })
  return { FailedResources }
}

function resolve(name: string, { regions, settings }: Cloud): ScfFunction | undefined {
  const [, service, region = '', uin = '', namespace, functionName] = RESOURCE.exec(name) ?? []
  if (service !== 'scf') {
    throw new Refused('InvalidParameterValue.ResourceDescriptionError', `${name} does not describe a resource.`)
  }
  if (uin !== '' && uin !== settings.uin) return
  return regions.get(region)?.get(`${namespace}/${functionName}`)
}

const tagRequest = z.strictObject({
  ResourceList: resources,
  Tags: z
    .array(z.strictObject({ TagKey: z.string().min(1).max(127), TagValue: z.string().max(255) }))
    .min(1)
    .max(10),
})

function tagResources({ ResourceList, Tags }: z.output<typeof tagRequest>, scope: Scope) {
  return forEach(ResourceList, scope, ({ tags }) => {
    for (const { TagKey, TagValue } of Tags) tags.set(TagKey, TagValue)
  })
}

const untagRequest = z.strictObject({ ResourceList: resources, TagKeys: z.array(z.string().min(1)).min(1).max(10) })

function untagResources({ ResourceList, TagKeys }: z.output<typeof untagRequest>, scope: Scope) {
  return forEach(ResourceList, scope, ({ tags }) => {
    for (const key of TagKeys) tags.delete(key)
  })
}

export const tagActions: Record<string, Action> = {
  TagResources: action(tagRequest, tagResources),
  UnTagResources: action(untagRequest, untagResources),
}
