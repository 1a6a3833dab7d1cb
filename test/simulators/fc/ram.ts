import type { VendorRequest } from '../server.ts'
import type { Owner } from './authorization.ts'
import { Fault } from './fault.ts'

/** A policy of RAM; only `Allow` statements are known here. */
export interface RamPolicy {
  Statement: { Effect: 'Allow'; Action: string | string[]; Resource: string | string[] }[]
}

type Row = [action: string, resource: string]

/** "RAM authorization" of the API of 2023-03-30, and "Policies and sample policies": `{}` is the function that is asked for. */
const of3: Record<string, Row> = {
  CreateFunction: ['fc:CreateFunction', 'functions/{}'],
  UpdateFunction: ['fc:UpdateFunction', 'functions/{}'],
  GetFunction: ['fc:GetFunction', 'functions/{}'],
  GetFunctionCode: ['fc:GetFunctionCode', 'functions/{}'],
  DeleteFunction: ['fc:DeleteFunction', 'functions/{}'],
  ListFunctions: ['fc:ListFunctions', 'functions/*'],
  InvokeFunction: ['fc:InvokeFunction', 'functions/{}'],
  PublishFunctionVersion: ['fc:PublishFunctionVersion', 'functions/{}/versions'],
  ListFunctionVersions: ['fc:ListFunctionVersions', 'functions/{}/versions/*'],
  DeleteFunctionVersion: ['fc:DeleteFunctionVersion', 'functions/{}/versions/1'],
  CreateAlias: ['fc:CreateAlias', 'functions/{}/aliases/a'],
  UpdateAlias: ['fc:UpdateAlias', 'functions/{}/aliases/a'],
  GetAlias: ['fc:GetAlias', 'functions/{}/aliases/a'],
  DeleteAlias: ['fc:DeleteAlias', 'functions/{}/aliases/a'],
  ListAliases: ['fc:ListAliases', 'functions/{}/aliases/*'],
  CreateTrigger: ['fc:CreateTrigger', 'functions/{}/triggers/t'],
  UpdateTrigger: ['fc:UpdateTrigger', 'functions/{}/triggers/t'],
  GetTrigger: ['fc:GetTrigger', 'functions/{}/triggers/t'],
  DeleteTrigger: ['fc:DeleteTrigger', 'functions/{}/triggers/t'],
  ListTriggers: ['fc:ListTriggers', 'functions/{}/triggers/*'],
  PutAsyncInvokeConfig: ['fc:PutFunctionAsyncInvokeConfig', 'functions/{}'],
  GetAsyncInvokeConfig: ['fc:GetFunctionAsyncInvokeConfig', 'functions/{}'],
  DeleteAsyncInvokeConfig: ['fc:DeleteFunctionAsyncInvokeConfig', 'functions/{}'],
  ListAsyncInvokeConfigs: ['fc:ListFunctionAsyncInvokeConfigs', 'async-invoke-configs/*'],
  PutConcurrencyConfig: ['fc:PutConcurrencyConfig', 'functions/{}'],
  GetConcurrencyConfig: ['fc:GetConcurrencyConfig', 'functions/{}'],
  DeleteConcurrencyConfig: ['fc:DeleteConcurrencyConfig', 'functions/{}'],
  TagResources: ['fc:TagResources', 'functions/{}'],
  UntagResources: ['fc:UntagResources', 'functions/{}'],
  ListTagResources: ['fc:ListTagResources', 'functions/*'],
}

/** "Policies and sample policies" of Function Compute 2.0: `{}` is the service, with its qualifier where one is asked for. */
const of2: Record<string, Row> = {
  CreateService: ['fc:CreateService', 'services/*'],
  ListServices: ['fc:ListServices', 'services/*'],
  GetService: ['fc:GetService', 'services/{}'],
  UpdateService: ['fc:UpdateService', 'services/{}'],
  DeleteService: ['fc:DeleteService', 'services/{}'],
  CreateFunction: ['fc:CreateFunction', 'services/{}/functions/*'],
  ListFunctions: ['fc:ListFunctions', 'services/{}/functions/*'],
  GetFunction: ['fc:GetFunction', 'services/{}/functions/f'],
  UpdateFunction: ['fc:UpdateFunction', 'services/{}/functions/f'],
  DeleteFunction: ['fc:DeleteFunction', 'services/{}/functions/f'],
  InvokeFunction: ['fc:InvokeFunction', 'services/{}/functions/f'],
  PutFunctionAsyncInvokeConfig: ['fc:PutFunctionAsyncInvokeConfig', 'services/{}/functions/f'],
  GetFunctionAsyncInvokeConfig: ['fc:GetFunctionAsyncInvokeConfig', 'services/{}/functions/f'],
  DeleteFunctionAsyncInvokeConfig: ['fc:DeleteFunctionAsyncInvokeConfig', 'services/{}/functions/f'],
  CreateTrigger: ['fc:CreateTrigger', 'services/{}/functions/f/triggers/*'],
  ListTriggers: ['fc:ListTriggers', 'services/{}/functions/f/triggers/*'],
  GetTrigger: ['fc:GetTrigger', 'services/{}/functions/f/triggers/t'],
  UpdateTrigger: ['fc:UpdateTrigger', 'services/{}/functions/f/triggers/t'],
  DeleteTrigger: ['fc:DeleteTrigger', 'services/{}/functions/f/triggers/t'],
  PublishVersion: ['fc:PublishServiceVersion', 'services/{}/versions'],
  ListVersions: ['fc:ListServiceVersions', 'services/{}/versions'],
  DeleteVersion: ['fc:DeleteServiceVersion', 'services/{}/versions/1'],
  CreateAlias: ['fc:CreateAlias', 'services/{}/aliases/*'],
  ListAliases: ['fc:ListAliases', 'services/{}/aliases/*'],
  GetAlias: ['fc:GetAlias', 'services/{}/aliases/a'],
  UpdateAlias: ['fc:UpdateAlias', 'services/{}/aliases/a'],
  DeleteAlias: ['fc:DeleteAlias', 'services/{}/aliases/a'],
  TagResource: ['fc:TagResource', 'tag'],
  UntagResource: ['fc:UnTagResource', 'tag'],
  GetResourceTags: ['fc:GetResourceTags', 'tag'],
}

/** What the vendor looks for in the caller's policies, as `action on resource`. */
export function wantedRights(
  api: string,
  operation: string,
  { body, params }: Pick<VendorRequest, 'body' | 'params'>,
  names: string[],
  { region, accountId }: Owner,
): Row[] {
  if (api === 'logs') return [['log:GetLogStoreLogs', `acs:log:${region}:${accountId}:project/p/logstore/${names[0]}`]]
  const row = (api === '3.0' ? of3 : of2)[operation]
  if (!row) throw new Error(`${operation} of ${api}: its authorisation is not known here`)
  const sent = body.length > 0 && operation !== 'InvokeFunction' ? JSON.parse(String(body)) : {}
  const [tagged = ''] = sent.ResourceId ?? JSON.parse(params.get('ResourceId') ?? '[]')
  const name = names[0] ?? sent.functionName ?? String(tagged).replace(/^.*functions\//, '')
  const own: Row = [row[0], `acs:fc:${region}:${accountId}:${row[1].replace('{}', name)}`]
  return sent.role ? [own, ['ram:PassRole', sent.role]] : [own]
}

/** @throws {Fault} 403 in the vendor's words for the first right that no statement gives */
export function checkRights(rights: Row[], { Statement }: RamPolicy): void {
  for (const [action, resource] of rights) {
    const given = Statement.some(({ Action, Resource }) => fits(Action, action) && fits(Resource, resource))
    if (given) continue
    const message = `the caller is not authorized to perform '${action}' on resource '${resource}'`
    throw new Fault(403, 'AccessDenied', message)
  }
}

function fits(patterns: string | string[], text: string): boolean {
  return [patterns].flat().some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`^${parts.join('.*')}$`).test(text)
  })
}
