import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { type Action, action, functionOf, page, type Scope } from './action.ts'
import { inBackground } from './background.ts'
import { findFunction, findVersion } from './lookup.ts'
import { Refused } from './refused.ts'
import { checkDescription } from './rules.ts'
import { type Cloud, type ScfFunction, timeText, type Version } from './state.ts'
import { begin, mustRest } from './transitions.ts'

// Versions of a function: cloud.tencent.com/document/product/583/11637.
const VERSIONS = 1000

/** Makes a version of what $LATEST has; both are Publishing until it is through. */
export function publish(found: ScfFunction, description: string, cloud: Cloud): Version {
  const { latest } = found
  found.published += 1
  const now = cloud.settings.now()
  const version: Version = {
    name: String(found.published),
    content: { ...latest.content, id: randomUUID() },
    description,
    status: 'Publishing',
    reasons: [],
    addTime: now,
    modTime: now,
  }
  found.versions.push(version)
  begin('PublishVersion', [latest, version], cloud, {
    during: 'Publishing',
    failed: 'PublishFailed',
    succeed: () => {
      latest.status = 'Active'
      version.status = 'Active'
    },
  })
  return version
}

const publishRequest = z.strictObject({ ...functionOf, Description: z.string().default('') })

function publishVersion(given: z.output<typeof publishRequest>, { cloud, ...scope }: Scope) {
  const found = findFunction(given, { cloud, ...scope })
  checkDescription(given.Description)
  if (found.latest.status !== 'Active' && found.latest.status !== 'PublishFailed') {
    throw new Refused('FailedOperation.PublishVersion', `The function is ${found.latest.status}.`)
  }
  if (found.versions.length >= VERSIONS) {
    throw new Refused('FailedOperation.PublishVersion', `A function has at most ${VERSIONS} versions.`)
  }
  const { name, content } = publish(found, given.Description, cloud)
  return {
    FunctionVersion: name,
    CodeSize: content.zip.length,
    MemorySize: content.configuration.MemorySize,
    Description: given.Description,
    Handler: content.handler,
    Timeout: content.configuration.Timeout,
    Runtime: found.runtime,
    Namespace: found.namespace,
  }
}

const listRequest = z.strictObject({
  ...functionOf,
  ...page,
  Order: z.enum(['ASC', 'DESC']).default('DESC'),
  OrderBy: z.enum(['AddTime', 'ModTime']).default('AddTime'),
})

function listVersions(given: z.output<typeof listRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  const key = given.OrderBy === 'AddTime' ? 'addTime' : 'modTime'
  const sign = given.Order === 'ASC' ? 1 : -1
  const all = [found.latest, ...found.versions].sort((a, b) => sign * (a[key] - b[key]))
  const shown = all.slice(given.Offset, given.Offset + given.Limit)
  return {
    TotalCount: all.length,
    FunctionVersion: shown.map(({ name }) => name),
    Versions: shown.map((version) => ({
      Version: version.name,
      Description: version.description,
      AddTime: timeText(version.addTime, scope.cloud.settings),
      ModTime: timeText(version.modTime, scope.cloud.settings),
      Status: version.status,
    })),
  }
}

/** Deletes a published version, unless an alias leads to it; its triggers go with it. */
export function removeVersion(found: ScfFunction, version: Version, { cloud }: Scope): void {
  if (version === found.latest) {
    throw new Refused('InvalidParameterValue.Qualifier', 'The version $LATEST goes with the function only.')
  }
  const bound = [...found.aliases.values()].find(
    (alias) =>
      alias.version === version.name ||
      alias.routing.AdditionalVersionWeights.some(({ Version }) => Version === version.name),
  )
  if (bound) {
    throw new Refused('UnsupportedOperation.AliasBind', `The alias ${bound.name} leads to version ${version.name}.`)
  }
  found.versions = found.versions.filter((other) => other !== version)
  found.triggers = found.triggers.filter(({ qualifier }) => qualifier !== version.name)
  inBackground(cloud, cloud.fleet.retire(version.content.id))
}

const deleteRequest = z.strictObject({
  ...functionOf,
  Qualifier: z.string(),
  ForceDelete: z.enum(['true', 'false']).optional(),
})

function deleteVersion(given: z.output<typeof deleteRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  mustRest(found, 'FailedOperation.FunctionStatusError')
  removeVersion(found, findVersion(found, given.Qualifier), scope)
  return {}
}

export const versionActions: Record<string, Action> = {
  PublishVersion: action(publishRequest, publishVersion),
  ListVersionByFunction: action(listRequest, listVersions),
  DeleteFunctionVersion: action(deleteRequest, deleteVersion),
}
