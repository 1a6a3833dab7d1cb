import * as z from 'zod'
import { type Action, action, filters, flag, functionOf, page, type Scope } from './action.ts'
import { shownCode } from './code.ts'
import { checkNamespace, findFunction, findVersion } from './lookup.ts'
import { Refused } from './refused.ts'
import { type ScfFunction, timeText } from './state.ts'
import { triggerInfo } from './triggers.ts'
import { urlInfo } from './urls.ts'

/** Where requests of functions with a fixed egress come from. */
const EGRESS = '203.0.113.20'

const getRequest = z.strictObject({
  ...functionOf,
  Qualifier: z.string().default('$LATEST'),
  ShowCode: flag.optional(),
})

/** A version, or what an alias leads to. Of the code only the entry file is shown, and only if it is asked for. */
async function getFunction(given: z.output<typeof getRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  const version = findVersion(found, found.aliases.get(given.Qualifier)?.version ?? given.Qualifier)
  const { configuration, zip, handler } = version.content
  const { settings } = scope.cloud
  return {
    ...configuration,
    FunctionName: found.name,
    FunctionId: found.id,
    Namespace: found.namespace,
    Qualifier: given.Qualifier,
    FunctionVersion: version.name,
    Description: version === found.latest ? configuration.Description : version.description,
    Status: version.status,
    StatusDesc: version.reasons[0]?.ErrorMessage ?? '',
    StatusReasons: version.reasons,
    AvailableStatus: 'Available',
    Type: 'Event',
    Runtime: found.runtime,
    Handler: handler,
    CodeInfo: given.ShowCode === 'TRUE' && settings.showsCode ? await shownCode(version.content) : '',
    CodeSize: zip.length,
    CodeResult: 'success',
    CodeError: '',
    ErrNo: 0,
    InstallDependency: found.installDependency,
    AsyncRunEnable: found.asyncRun ? 'TRUE' : 'FALSE',
    TraceEnable: found.trace,
    Layers: [],
    Tags: shownTags(found),
    // Functions of one namespace share the address that their requests come from.
    PublicNetConfig: {
      ...configuration.PublicNetConfig,
      EipConfig: {
        ...configuration.PublicNetConfig.EipConfig,
        EipAddress: configuration.PublicNetConfig.EipConfig.EipStatus === 'ENABLE' ? [EGRESS] : [],
      },
    },
    Triggers: [
      ...found.triggers.map((trigger) => triggerInfo(trigger, scope)),
      ...found.urls.map((url) => urlInfo(url, scope)),
    ],
    AddTime: timeText(version.addTime, settings),
    ModTime: timeText(version.modTime, settings),
  }
}

function shownTags({ tags }: ScfFunction) {
  return [...tags].map(([Key, Value]) => ({ Key, Value }))
}

const listRequest = z.strictObject({
  Namespace: z.string().default('default'),
  ...page,
  Order: z.enum(['ASC', 'DESC']).default('DESC'),
  Orderby: z.enum(['AddTime', 'ModTime', 'FunctionName']).default('ModTime'),
  SearchKey: z.string().default(''),
  Description: z.string().default(''),
  Filters: filters.default([]),
})

const FILTERS: Record<string, (found: ScfFunction) => string> = {
  VpcId: ({ latest }) => latest.content.configuration.VpcConfig.VpcId,
  SubnetId: ({ latest }) => latest.content.configuration.VpcConfig.SubnetId,
  ClsTopicId: ({ latest }) => latest.content.configuration.ClsTopicId,
  ClsLogsetId: ({ latest }) => latest.content.configuration.ClsLogsetId,
  Role: ({ latest }) => latest.content.configuration.Role,
  Status: ({ latest }) => latest.status,
  Runtime: ({ runtime }) => runtime,
  Type: () => 'Event',
  PublicNetStatus: ({ latest }) => latest.content.configuration.PublicNetConfig.PublicNetStatus,
  AsyncRunEnable: ({ asyncRun }) => (asyncRun ? 'TRUE' : 'FALSE'),
  TraceEnable: ({ trace }) => trace,
}

function filterOf({ Name, Values }: z.output<typeof filters>[number]): (found: ScfFunction) => boolean {
  if (Name.startsWith('tag-')) {
    const key = Name.slice('tag-'.length)
    return ({ tags }) => Values.some((value) => tags.get(key) === value)
  }
  const read = Object.hasOwn(FILTERS, Name) ? FILTERS[Name] : undefined
  if (!read) throw new Refused('InvalidParameterValue.Filters', `No filter is called ${Name}.`)
  return (found) => Values.includes(read(found))
}

function listFunctions(given: z.output<typeof listRequest>, scope: Scope) {
  checkNamespace(given.Namespace, scope)
  const tests = given.Filters.map(filterOf)
  const order = {
    AddTime: (a: ScfFunction, b: ScfFunction) => a.addTime - b.addTime,
    ModTime: (a: ScfFunction, b: ScfFunction) => a.latest.modTime - b.latest.modTime,
    FunctionName: (a: ScfFunction, b: ScfFunction) => (a.name < b.name ? -1 : 1),
  }[given.Orderby]
  const sign = given.Order === 'ASC' ? 1 : -1
  const all = [...scope.region.values()]
    .filter(({ namespace }) => namespace === given.Namespace)
    .filter(({ name }) => name.includes(given.SearchKey))
    .filter(({ latest }) => latest.content.configuration.Description.includes(given.Description))
    .filter((found) => tests.every((test) => test(found)))
    .sort((a, b) => sign * order(a, b))
  const shown = all.slice(given.Offset, given.Offset + given.Limit)
  return { TotalCount: all.length, Functions: shown.map((found) => summary(found, scope)) }
}

function summary(found: ScfFunction, { cloud }: Scope) {
  const { latest } = found
  return {
    FunctionName: found.name,
    FunctionId: found.id,
    Namespace: found.namespace,
    Runtime: found.runtime,
    Type: 'Event',
    Status: latest.status,
    StatusDesc: latest.reasons[0]?.ErrorMessage ?? '',
    StatusReasons: latest.reasons,
    Description: latest.content.configuration.Description,
    Tags: shownTags(found),
    TotalProvisionedConcurrencyMem: 0,
    ReservedConcurrencyMem: found.reservedMemory ?? 0,
    AsyncRunEnable: found.asyncRun ? 'TRUE' : 'FALSE',
    TraceEnable: found.trace,
    AddTime: timeText(found.addTime, cloud.settings),
    ModTime: timeText(latest.modTime, cloud.settings),
  }
}

export const readActions: Record<string, Action> = {
  GetFunction: action(getRequest, getFunction),
  ListFunctions: action(listRequest, listFunctions),
}
