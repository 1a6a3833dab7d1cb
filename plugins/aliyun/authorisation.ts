import type { Grant } from '../../shared/contracts/grant.ts'
import { actionsOf, resourcesOf } from '../provider/authorisation.ts'

/** help.aliyun.com, Function Compute: "RAM authorization" of 2023-03-30, and "Policies and sample policies". */
const FC3 = 'api-fc-2023-03-30-ram'
/** help.aliyun.com, Function Compute 2.0: "Policies and sample policies", custom policies. */
const FC2 = 'fc-2-0/policies-and-sample-policies'

/** What both versions of Function Compute take beside their own. */
const beside: Grant[] = [
  {
    on: ['acs:log:*:*:project/*/logstore/*'],
    calls: { GetLogs: 'log:GetLogStoreLogs' },
    source: 'Simple Log Service, "GetLogs", authorisation',
  },
  {
    on: ['acs:ram:*:*:role/{own}*'],
    calls: { 'CreateFunction with a role': 'ram:PassRole' },
    source: FC3,
  },
]

/** What whoever deploys to Function Compute 3.0 calls. */
export const deploying3: Grant[] = [
  {
    on: ['acs:fc:*:*:functions/{own}*'],
    calls: {
      CreateFunction: 'fc:CreateFunction',
      UpdateFunction: 'fc:UpdateFunction',
      GetFunction: 'fc:GetFunction',
      DeleteFunction: 'fc:DeleteFunction',
      InvokeFunction: 'fc:InvokeFunction',
      PublishFunctionVersion: 'fc:PublishFunctionVersion',
      ListFunctionVersions: 'fc:ListFunctionVersions',
      DeleteFunctionVersion: 'fc:DeleteFunctionVersion',
      CreateAlias: 'fc:CreateAlias',
      UpdateAlias: 'fc:UpdateAlias',
      ListAliases: 'fc:ListAliases',
      DeleteAlias: 'fc:DeleteAlias',
      CreateTrigger: 'fc:CreateTrigger',
      UpdateTrigger: 'fc:UpdateTrigger',
      ListTriggers: 'fc:ListTriggers',
      DeleteTrigger: 'fc:DeleteTrigger',
      PutAsyncInvokeConfig: 'fc:PutFunctionAsyncInvokeConfig',
      GetAsyncInvokeConfig: 'fc:GetFunctionAsyncInvokeConfig',
      DeleteAsyncInvokeConfig: 'fc:DeleteFunctionAsyncInvokeConfig',
      PutConcurrencyConfig: 'fc:PutConcurrencyConfig',
      GetConcurrencyConfig: 'fc:GetConcurrencyConfig',
      DeleteConcurrencyConfig: 'fc:DeleteConcurrencyConfig',
      TagResources: 'fc:TagResources',
      UntagResources: 'fc:UntagResources',
    },
    source: FC3,
  },
  { on: ['acs:fc:*:*:functions/*'], calls: { ListFunctions: 'fc:ListFunctions' }, source: FC3 },
  ...beside,
]

/** What whoever deploys to Function Compute 2.0 calls: the service's name may have a qualifier after a dot. */
export const deploying2: Grant[] = [
  {
    on: ['acs:fc:*:*:services/{own}*'],
    calls: {
      GetService: 'fc:GetService',
      UpdateService: 'fc:UpdateService',
      DeleteService: 'fc:DeleteService',
      CreateFunction: 'fc:CreateFunction',
      UpdateFunction: 'fc:UpdateFunction',
      GetFunction: 'fc:GetFunction',
      ListFunctions: 'fc:ListFunctions',
      DeleteFunction: 'fc:DeleteFunction',
      InvokeFunction: 'fc:InvokeFunction',
      PublishVersion: 'fc:PublishServiceVersion',
      ListVersions: 'fc:ListServiceVersions',
      DeleteVersion: 'fc:DeleteServiceVersion',
      CreateAlias: 'fc:CreateAlias',
      UpdateAlias: 'fc:UpdateAlias',
      ListAliases: 'fc:ListAliases',
      DeleteAlias: 'fc:DeleteAlias',
      CreateTrigger: 'fc:CreateTrigger',
      UpdateTrigger: 'fc:UpdateTrigger',
      ListTriggers: 'fc:ListTriggers',
      DeleteTrigger: 'fc:DeleteTrigger',
      PutFunctionAsyncConfig: 'fc:PutFunctionAsyncInvokeConfig',
      GetFunctionAsyncConfig: 'fc:GetFunctionAsyncInvokeConfig',
      DeleteFunctionAsyncConfig: 'fc:DeleteFunctionAsyncInvokeConfig',
    },
    source: FC2,
  },
  {
    on: ['acs:fc:*:*:services/*'],
    calls: { CreateService: 'fc:CreateService', ListServices: 'fc:ListServices' },
    source: FC2,
  },
  {
    on: ['acs:fc:*:*:tag'],
    calls: { TagResource: 'fc:TagResource', GetResourceTags: 'fc:GetResourceTags', UntagResource: 'fc:UnTagResource' },
    source: FC2,
  },
  ...beside,
]

/** A policy of RAM. */
export function ramPolicy(grants: Grant[], own: string): object {
  const Statement = grants.map((grant) => {
    const [Action, Resource] = [actionsOf(grant), resourcesOf(grant, own)].map((all) =>
      all.length === 1 ? all[0] : all,
    )
    return { Effect: 'Allow', Action, Resource }
  })
  return { Version: '1', Statement }
}
