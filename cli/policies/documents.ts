import { deploying2, deploying3, ramPolicy } from '../../plugins/aliyun/authorisation.ts'
import { probePermissions } from '../../plugins/config/permissions.ts'
import { actionsOf, resourcesOf } from '../../plugins/provider/authorisation.ts'
import { camPolicy, deploying as deployingToTencent, passingRoles } from '../../plugins/tencent/authorisation.ts'
import type { Grant } from '../../shared/contracts/grant.ts'
import { asking } from './aws-asking.ts'
import { deploying as deployingToAws } from './aws-deploying.ts'
import { policyText } from './text.ts'

/** The policies of the documents, by the name that stands above each: `<!-- policy: aws-deploying -->`. */
export const policies: Record<string, object> = {
  'aws-deploying': iamPolicy(deployingToAws, 'fenghuo-'),
  'aws-asking': iamPolicy(asking, ''),
  'tencent-deploying': camPolicy([...deployingToTencent, ...passingRoles], 'fenghuo-'),
  'tencent-running': camPolicy(probePermissions('tencent'), 'fenghuo-'),
  'tencent-demo': camPolicy(deployingToTencent, 'probes-'),
  'aliyun-deploying': ramPolicy(deploying3, 'fenghuo-'),
  'aliyun-running': ramPolicy(probePermissions('aliyun'), 'fenghuo-'),
  'aliyun-demo': ramPolicy(deploying3, 'demo-dev-'),
  'aliyun-demo-2': ramPolicy(deploying2, 'demo-dev'),
}

/** Where they stand. */
export const documents = [
  'docs/guides/aws.md',
  'docs/guides/aws.zh-CN.md',
  'docs/guides/tencent.md',
  'docs/guides/tencent.zh-CN.md',
  'docs/guides/aliyun.md',
  'docs/guides/aliyun.zh-CN.md',
  'plugins/tencent/README.md',
  'plugins/aliyun/README.md',
]

const BLOCK = /(<!-- policy: ([\w-]+) -->\n\n?```json\n)[\s\S]*?\n```/g

/** A document with each policy as it has to be. Throws a RangeError for a name that is none. */
export function withPolicies(document: string): string {
  return document.replace(BLOCK, (_, head: string, name: string) => {
    const policy = policies[name]
    if (policy === undefined) throw new RangeError(`there is no policy ${name}`)
    return `${head}${policyText(policy)}\n\`\`\``
  })
}

/** A policy of IAM. */
function iamPolicy(grants: Grant[], own: string): object {
  const Statement = grants.map((grant) => {
    const Resource = resourcesOf(grant, own)
    const { condition } = grant
    return {
      Effect: 'Allow',
      Action: actionsOf(grant),
      Resource: Resource.length === 1 ? Resource[0] : Resource,
      ...(condition === undefined ? {} : { Condition: JSON.parse(JSON.stringify(condition).replaceAll('{own}', own)) }),
    }
  })
  return { Version: '2012-10-17', Statement }
}
