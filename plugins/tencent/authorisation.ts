import type { Grant } from '../../shared/contracts/grant.ts'
import { actionsOf, resourcesOf } from '../provider/authorisation.ts'

/** cloud.tencent.com/document/product/583/37318: what SCF lets be granted; an action is called as its API. */
const SCF = 'product/583, "Permission management"'

/** What whoever deploys calls. */
export const deploying: Grant[] = [
  {
    on: ['qcs::scf:::namespace/default/function/{own}*'],
    calls: {
      CreateFunction: 'scf:CreateFunction',
      UpdateFunctionCode: 'scf:UpdateFunctionCode',
      UpdateFunctionConfiguration: 'scf:UpdateFunctionConfiguration',
      GetFunction: 'scf:GetFunction',
      DeleteFunction: 'scf:DeleteFunction',
      DeleteFunctionVersion: 'scf:DeleteFunctionVersion',
      // The permission is older than the action, and called as the one before it.
      Invoke: ['scf:InvokeFunction', 'scf:Invoke'],
      PublishVersion: 'scf:PublishVersion',
      ListVersionByFunction: 'scf:ListVersionByFunction',
      CreateAlias: 'scf:CreateAlias',
      UpdateAlias: 'scf:UpdateAlias',
      ListAliases: 'scf:ListAliases',
      CreateTrigger: 'scf:CreateTrigger',
      UpdateTrigger: 'scf:UpdateTrigger',
      ListTriggers: 'scf:ListTriggers',
      DeleteTrigger: 'scf:DeleteTrigger',
      UpdateFunctionEventInvokeConfig: 'scf:UpdateFunctionEventInvokeConfig',
      GetFunctionEventInvokeConfig: 'scf:GetFunctionEventInvokeConfig',
      PutReservedConcurrencyConfig: 'scf:PutReservedConcurrencyConfig',
      GetReservedConcurrencyConfig: 'scf:GetReservedConcurrencyConfig',
      DeleteReservedConcurrencyConfig: 'scf:DeleteReservedConcurrencyConfig',
    },
    source: SCF,
  },
  {
    on: ['*'],
    calls: {
      ListFunctions: 'scf:ListFunctions',
      TagResources: 'tag:TagResources',
      UnTagResources: 'tag:UnTagResources',
      SearchLog: 'cls:SearchLog',
    },
    source: `${SCF}; product/651 and product/614, "Access management"`,
  },
]

/** What a role for the functions takes beside that. */
export const passingRoles: Grant[] = [
  {
    on: ['qcs::cam:::roleName/{own}*'],
    calls: { 'CreateFunction with a role': 'cam:PassRole' },
    source: 'product/598, "PassRole"',
  },
]

/** A policy of CAM. */
export function camPolicy(grants: Grant[], own: string): object {
  const statement = grants.map((grant) => ({
    effect: 'allow',
    action: actionsOf(grant),
    resource: resourcesOf(grant, own),
  }))
  return { version: '2.0', statement }
}
