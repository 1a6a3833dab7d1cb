import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { type Action, action, flag, functionOf, pair, type Scope } from './action.ts'
import { inBackground } from './background.ts'
import { code, zipOf } from './code.ts'
import { configurationFields, configured, defaultConfiguration } from './configuration.ts'
import { checkNamespace, findFunction, findVersion } from './lookup.ts'
import { Refused } from './refused.ts'
import { checkFunctionName, checkHandler, checkRuntime, checkTags } from './rules.ts'
import type { Configuration, Content, ScfFunction } from './state.ts'
import { begin, mustBeSettled, mustRest } from './transitions.ts'
import { publish, removeVersion } from './versions.ts'

const createRequest = z.strictObject({
  ...functionOf,
  ...configurationFields,
  Code: code,
  Handler: z.string(),
  Runtime: z.string().default('Python2.7'),
  CodeSource: z.enum(['ZipFile', 'Cos']).optional(),
  Type: z.literal('Event').default('Event'),
  Tags: z.array(pair).default([]),
  AsyncRunEnable: flag.default('FALSE'),
  TraceEnable: flag.default('FALSE'),
  AutoCreateClsTopic: flag.optional(),
  AutoDeployClsTopicIndex: flag.optional(),
})

async function createFunction(given: z.output<typeof createRequest>, scope: Scope) {
  const { cloud, region, regionName } = scope
  const { FunctionName: name, Namespace: namespace } = given
  checkFunctionName(name, namespace)
  checkNamespace(namespace, scope)
  checkHandler(given.Handler)
  checkRuntime(given.Runtime)
  checkTags(given.Tags)
  const configuration = configured(defaultConfiguration(regionName), given, scope)
  const zip = await zipOf(given.Code, given.CodeSource, scope)

  const key = `${namespace}/${name}`
  if (region.has(key)) throw new Refused('ResourceInUse.Function', `The function ${name} exists.`)
  const inNamespace = [...region.values()].filter((found) => found.namespace === namespace)
  if (inNamespace.length >= cloud.settings.functionQuota) {
    throw new Refused('LimitExceeded.Function', `At most ${cloud.settings.functionQuota} functions in a namespace.`)
  }

  const now = cloud.settings.now()
  const content: Content = { id: randomUUID(), zip, handler: given.Handler, configuration }
  const stamps = { addTime: now, modTime: now }
  const created: ScfFunction = {
    name,
    id: `lam-${randomUUID().slice(0, 8)}`,
    namespace,
    region: regionName,
    runtime: given.Runtime,
    asyncRun: given.AsyncRunEnable === 'TRUE',
    trace: given.TraceEnable,
    installDependency: given.InstallDependency ?? 'FALSE',
    tags: new Map(given.Tags.map(({ Key, Value }) => [Key, Value])),
    latest: { name: '$LATEST', content, description: '', status: 'Creating', reasons: [], ...stamps },
    versions: [],
    published: 0,
    aliases: new Map(),
    triggers: [],
    urls: [],
    asyncConfig: { RetryNum: 2, MsgTTL: 21_600 },
    addTime: now,
  }
  const routing = { AdditionalVersionWeights: [], AddtionVersionMatchs: [] }
  created.aliases.set('$DEFAULT', { name: '$DEFAULT', version: '$LATEST', description: '', routing, ...stamps })
  region.set(key, created)
  begin('CreateFunction', [created.latest], cloud, {
    during: 'Creating',
    failed: 'CreateFailed',
    succeed: () => {
      created.latest.status = 'Active'
    },
  })
  return {}
}

/** Puts `content` into $LATEST when the update is through; until then what was there before goes on running. */
function update(actionName: string, found: ScfFunction, content: Content, wantsVersion: boolean, scope: Scope) {
  begin(actionName, [found.latest], scope.cloud, {
    during: 'Updating',
    failed: 'UpdateFailed',
    succeed: () => {
      inBackground(scope.cloud, scope.cloud.fleet.retire(found.latest.content.id))
      found.latest.content = content
      found.latest.status = 'Active'
      if (wantsVersion) publish(found, '', scope.cloud)
    },
  })
  return {}
}

const codeRequest = z.strictObject({
  ...functionOf,
  ...code.shape,
  Handler: z.string().optional(),
  Code: code.optional(),
  CodeSource: z.enum(['ZipFile', 'Cos']).optional(),
  InstallDependency: flag.optional(),
  Publish: flag.default('FALSE'),
})

async function updateCode(given: z.output<typeof codeRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  if (given.Handler !== undefined) checkHandler(given.Handler)
  const { ZipFile, CosBucketName, CosObjectName, CosBucketRegion } = given
  const flat = { ZipFile, CosBucketName, CosObjectName, CosBucketRegion }
  const zip = await zipOf(given.Code ?? flat, given.CodeSource, scope)
  mustBeSettled(found, 'FailedOperation.UpdateFunctionCode')
  const before = found.latest.content
  const content = { ...before, id: randomUUID(), zip, handler: given.Handler ?? before.handler }
  return update('UpdateFunctionCode', found, content, given.Publish === 'TRUE', scope)
}

const configurationRequest = z.strictObject({
  ...functionOf,
  ...configurationFields,
  Runtime: z.string().optional(),
  Publish: flag.default('FALSE'),
  IgnoreSysLog: z.boolean().optional(),
})

function updateConfiguration(given: z.output<typeof configurationRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  const { FunctionName: _name, Namespace: _space, Runtime, Publish, IgnoreSysLog: _log, ...rest } = given
  if (Runtime !== undefined && Runtime !== found.runtime) {
    throw new Refused('InvalidParameterValue.Runtime', 'The runtime of a function cannot be changed.')
  }
  const before = scope.cloud.settings.resetsOmitted
    ? defaultConfiguration(found.region)
    : found.latest.content.configuration
  const configuration: Configuration = configured(before, rest, scope)
  mustBeSettled(found, 'FailedOperation.UpdateFunctionConfiguration')
  const content = { ...found.latest.content, id: randomUUID(), configuration }
  return update('UpdateFunctionConfiguration', found, content, Publish === 'TRUE', scope)
}

const deleteRequest = z.strictObject({ ...functionOf, Qualifier: z.string().optional() })

function deleteFunction({ Qualifier, ...named }: z.output<typeof deleteRequest>, scope: Scope) {
  const found = findFunction(named, scope)
  mustRest(found, 'FailedOperation.FunctionStatusError')
  if (Qualifier !== undefined) {
    removeVersion(found, findVersion(found, Qualifier), scope)
    return {}
  }
  begin('DeleteFunction', [found.latest], scope.cloud, {
    during: 'Deleting',
    failed: 'DeleteFailed',
    succeed: () => removeFunction(found, scope),
  })
  return {}
}

/** Takes a function away with its versions, aliases and triggers, and ends what runs of it. */
export function removeFunction(found: ScfFunction, { cloud, region }: Pick<Scope, 'cloud' | 'region'>): void {
  region.delete(`${found.namespace}/${found.name}`)
  for (const { content } of [found.latest, ...found.versions]) inBackground(cloud, cloud.fleet.retire(content.id))
}

export const functionActions: Record<string, Action> = {
  CreateFunction: action(createRequest, createFunction),
  UpdateFunctionCode: action(codeRequest, updateCode),
  UpdateFunctionConfiguration: action(configurationRequest, updateConfiguration),
  DeleteFunction: action(deleteRequest, deleteFunction),
}
