import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { jsonObject } from '../server.ts'
import { action, functionOf, type Scope } from './action.ts'
import { checkQualifier, findFunction } from './lookup.ts'
import { Refused } from './refused.ts'
import { checkTriggerName } from './rules.ts'
import { type FunctionUrl, type ScfFunction, timeText } from './state.ts'
import { mustBeSettled } from './transitions.ts'

// Addresses of functions: cloud.tencent.com/document/product/583/100227 (creating one) and 96099 (what it is).
const named = {
  ...functionOf,
  TriggerName: z.string(),
  Type: z.literal('http'),
  Qualifier: z.string().default('$LATEST'),
}
const enable = z.enum(['OPEN', 'CLOSE'])
const description = z.strictObject({
  AuthType: z.enum(['NONE', 'CAM']),
  NetConfig: z.strictObject({ EnableIntranet: z.boolean(), EnableExtranet: z.boolean() }),
})

const createRequest = z.strictObject({ ...named, TriggerDesc: z.string(), Enable: enable.default('OPEN') })

function createUrl(given: z.output<typeof createRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  checkTriggerName(given.TriggerName)
  checkQualifier(found, given.Qualifier)
  mustBeSettled(found, 'FailedOperation.CreateTrigger')
  if (found.urls.some(({ qualifier }) => qualifier === given.Qualifier))
    throw new Refused('ResourceInUse.Trigger', `${given.Qualifier} has an address.`)
  const { settings } = scope.cloud
  const url: FunctionUrl = {
    name: given.TriggerName,
    qualifier: given.Qualifier,
    settings: described(given.TriggerDesc),
    open: given.Enable === 'OPEN',
    address: `https://${settings.appId}-${randomUUID().slice(0, 10)}.${scope.regionName}.tencentscf.com`,
    addTime: settings.now(),
  }
  found.urls.push(url)
  return { TriggerInfo: urlInfo(url, scope) }
}

function described(text: string): FunctionUrl['settings'] {
  const { data } = description.safeParse(jsonObject(Buffer.from(text)))
  if (data === undefined) throw new Refused('InvalidParameterValue.TriggerDesc', 'AuthType and NetConfig are expected.')
  return data
}

/** As it is read back: the address stands beside what was set. */
export function urlInfo(
  { name, qualifier, settings, open, address, addTime }: FunctionUrl,
  { cloud }: Pick<Scope, 'cloud'>,
) {
  const NetConfig = {
    ...settings.NetConfig,
    ExtranetUrl: settings.NetConfig.EnableExtranet ? address : '',
    IntranetUrl: '',
  }
  return {
    TriggerName: name,
    Type: 'http',
    TriggerDesc: JSON.stringify({ ...settings, NetConfig }),
    Qualifier: qualifier,
    Enable: open ? 1 : 0,
    AvailableStatus: 'Available',
    CustomArgument: '',
    Description: '',
    AddTime: timeText(addTime, cloud.settings),
    ModTime: timeText(addTime, cloud.settings),
  }
}

function findUrl(found: ScfFunction, given: { TriggerName: string; Qualifier: string }): FunctionUrl {
  const url = found.urls.find(({ name, qualifier }) => name === given.TriggerName && qualifier === given.Qualifier)
  if (url) return url
  throw new Refused('ResourceNotFound.Trigger', `${given.Qualifier} of ${found.name} has no ${given.TriggerName}.`)
}

const updateRequest = z.strictObject({ ...named, Enable: enable.optional(), TriggerDesc: z.string().optional() })

function updateUrl(given: z.output<typeof updateRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  const url = findUrl(found, given)
  mustBeSettled(found, 'FailedOperation.UpdateTrigger')
  if (given.TriggerDesc !== undefined) url.settings = described(given.TriggerDesc)
  if (given.Enable !== undefined) url.open = given.Enable === 'OPEN'
  return {}
}

const deleteRequest = z.strictObject(named)

function deleteUrl(given: z.output<typeof deleteRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  const url = findUrl(found, given)
  mustBeSettled(found, 'FailedOperation.DeleteTrigger')
  found.urls = found.urls.filter((other) => other !== url)
  return {}
}

export const urlActions = {
  CreateTrigger: action(createRequest, createUrl),
  UpdateTrigger: action(updateRequest, updateUrl),
  DeleteTrigger: action(deleteRequest, deleteUrl),
}
