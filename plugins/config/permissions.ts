import { lastResorts } from '../../shared/channels/registered/last-resorts.ts'
import { checkKindConfigs } from '../../shared/checks/registered/configs.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { Grant } from '../../shared/contracts/grant.ts'
import { actionsOf, resourcesOf } from '../provider/authorisation.ts'

/** Reading what `secrets` keeps in the cloud's own store; a key of one's own takes `kms:Decrypt` besides. */
const stores: Record<'tencent' | 'aliyun', Grant> = {
  tencent: {
    on: ['qcs::ssm:::secret/creatorUin/*/{own}*'],
    calls: { GetSecretValue: 'ssm:GetSecretValue' },
    source: 'product/1078/38612, "Creating an Access Control Policy"',
  },
  aliyun: {
    on: ['acs:kms:*:*:secret/{own}*'],
    calls: { GetSecretValue: 'kms:GetSecretValue' },
    source: 'Key Management Service, "GetSecretValue" and "Custom policies for KMS"',
  },
}

/** What the role of the probes on a cloud is to be allowed: what checks of any kind may need, the last resorts there, and its store. */
export function probePermissions(cloud: 'tencent' | 'aliyun'): Grant[] {
  return [
    ...checkKindConfigs.flatMap(({ permissions }) => permissions?.[cloud] ?? []),
    ...lastResorts.flatMap(({ clouds, permissions = [] }) => (clouds?.includes(cloud) ? permissions : [])),
    stores[cloud],
  ]
}

/** What the role of a probe on AWS is to be allowed beside what the template gives it: what its own checks need, each once. */
export function probeStatements({ checks }: Pick<CompiledConfig, 'checks'>): object[] {
  const needed = checks.flatMap(({ kind, spec }) => permissionsOf(kind)?.aws?.(spec) ?? [])
  const byText = new Map(needed.map((grant) => [JSON.stringify(grant), grant]))
  return [...byText.values()].map((grant) => ({
    Effect: 'Allow',
    Action: actionsOf(grant),
    Resource: resourcesOf(grant, '').map((resource) => ({ 'Fn::Sub': resource })),
  }))
}

function permissionsOf(kind: string) {
  return checkKindConfigs.find((one) => one.kind === kind)?.permissions
}

/**
 * What the role of `watch` is to be allowed where copies of status pages are wanted: to put them below their folders and, of several regions,
 * to see how old those of another one are.
 */
export function copyStatements({ status = {}, regions }: Pick<CompiledConfig, 'status' | 'regions'>): object[] {
  const copies = Object.values(status).flatMap(({ copy }) => (copy === undefined || copy.store ? [] : [copy]))
  if (copies.length === 0) return []
  const Resource = copies.map(({ bucket, prefix }) => ({
    'Fn::Sub': `arn:\${AWS::Partition}:s3:::${bucket}/${prefix}*`,
  }))
  const Action = ['s3:PutObject', ...(regions === undefined ? [] : ['s3:GetObject'])]
  return [{ Effect: 'Allow', Action, Resource }]
}
