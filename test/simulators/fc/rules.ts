import * as z from 'zod'
import { byteLength } from '../server.ts'

// Names and limits: "CreateFunction" (API of 2023-03-30), "Limits", "Environment variables" and "Tags" of Function
// Compute.
const ENVIRONMENT_BYTES = 4096
const RESERVED_VARIABLES = ['accessKeyID', 'accessKeySecret', 'securityToken', 'topic']
const TAGS = 20
const RATIO_ERROR = 'the ratio of cpu to memorySize in GB must be from 1:1 to 1:4'
const RUNTIMES = [
  ...['nodejs20', 'nodejs18', 'nodejs16', 'nodejs14', 'nodejs12'],
  ...['python3.12', 'python3.10', 'python3.9', 'python3', 'java11', 'java8', 'php7.2', 'go1', 'dotnetcore3.1'],
  ...['custom', 'custom.debian10', 'custom.debian11', 'custom.debian12'],
]

/** Letters, digits, `_` and `-`, not starting with a digit or `-`. */
function name(length: number) {
  return z
    .string()
    .regex(
      new RegExp(`^[A-Za-z_][A-Za-z0-9_-]{0,${length - 1}}$`),
      `must be 1 to ${length} of letters, digits, _ and -, not starting with a digit or -`,
    )
}

export const functionName = name(64)
export const serviceName = name(128)
export const triggerName = name(128)
/**
 * The alias's set of characters is not documented: it is taken to be the function's, which also keeps versions and
 * LATEST apart.
 */
const aliasName = name(64).refine((text) => text !== 'LATEST', 'LATEST is no name for an alias')
export const description = z.string().max(256)
/** Empty text takes the role away. */
export const role = z.string().regex(/^(acs:ram::\d+:role\/.+)?$/i, 'must be acs:ram::{account}:role/{name}')

const variable = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'a key starts with a letter and holds letters, digits and _')
  .refine((key) => !key.startsWith('FC_') && !RESERVED_VARIABLES.includes(key), 'is reserved by Function Compute')
const environmentVariables = z
  .record(variable, z.string())
  .refine((all) => byteLength(Object.entries(all).flat().join('')) <= ENVIRONMENT_BYTES, {
    message: `exceed ${ENVIRONMENT_BYTES} bytes`,
  })

export const code = z
  .strictObject({
    zipFile: z.base64().min(1).exactOptional(),
    ossBucketName: z.string().exactOptional(),
    ossObjectName: z.string().exactOptional(),
    checksum: z.string().regex(/^\d+$/).exactOptional(),
  })
  .refine(
    (given) => given.zipFile !== undefined || (given.ossBucketName !== undefined && given.ossObjectName !== undefined),
    {
      message: 'Either ossBucketName/ossObjectName or zipFile must be set',
    },
  )
export type CodeInput = z.infer<typeof code>

/** Empty texts take the logs away. */
export const logConfig = z
  .strictObject({
    project: z.string(),
    logstore: z.string(),
    enableRequestMetrics: z.boolean().exactOptional(),
    enableInstanceMetrics: z.boolean().exactOptional(),
    logBeginRule: z.enum(['None', 'DefaultRegex']).exactOptional(),
  })
  .refine(({ project, logstore }) => (project === '') === (logstore === ''), 'project and logstore go together')
export type LogConfig = z.infer<typeof logConfig>

/** Empty texts take the VPC away. */
export const vpcConfig = z
  .strictObject({
    vpcId: z.string(),
    vSwitchIds: z.array(z.string()),
    securityGroupId: z.string(),
    role: role.exactOptional(),
  })
  .refine(
    ({ vpcId, vSwitchIds, securityGroupId }) =>
      new Set([vpcId === '', vSwitchIds.length === 0, securityGroupId === '']).size === 1,
    'vpcId, vSwitchIds and securityGroupId go together',
  )

/** What FC 2.0 and 3.0 share of a function. */
export const functionFields = {
  description: description.exactOptional(),
  runtime: z.enum(RUNTIMES),
  handler: z
    .string()
    .max(128)
    .regex(/^[\w./-]+\.[\w$]+$/, 'must be file.function'),
  memorySize: z.int().min(128).max(32_768).multipleOf(64).exactOptional(),
  cpu: z.number().min(0.05).max(16).exactOptional(),
  diskSize: z.literal([512, 10_240]).exactOptional(),
  timeout: z.int().min(1).max(86_400).exactOptional(),
  instanceConcurrency: z.int().min(1).max(200).exactOptional(),
  environmentVariables: environmentVariables.exactOptional(),
  layers: z.array(z.string()).max(5).exactOptional(),
  customRuntimeConfig: z
    .strictObject({
      command: z.array(z.string()).exactOptional(),
      args: z.array(z.string()).exactOptional(),
      port: z.int().min(1).max(65_535).exactOptional(),
    })
    .exactOptional(),
  instanceLifecycleConfig: z.record(z.string(), z.unknown()).exactOptional(),
}

/**
 * How cpu (vCPU) and memory (MB) go together. A single one of them is refused: what the other would be is not
 * documented.
 */
export function sizeFault({
  cpu,
  memorySize,
}: {
  cpu?: number | undefined
  memorySize?: number | undefined
}): string | undefined {
  if (cpu === undefined && memorySize === undefined) return
  if (cpu === undefined || memorySize === undefined) return 'cpu and memorySize must be set together'
  if (Math.abs(cpu * 20 - Math.round(cpu * 20)) > 1e-9) return 'cpu must be a multiple of 0.05'
  const gigabytes = memorySize / 1024
  return gigabytes / cpu >= 1 - 1e-9 && gigabytes / cpu <= 4 + 1e-9 ? undefined : RATIO_ERROR
}

const tagKey = z
  .string()
  .min(1)
  .max(64)
  .regex(/^(?!aliyun|acs:)(?!.*https?:\/\/)/i, 'must not start with aliyun or acs: nor hold http:// or https://')
const tagValue = z.string().max(128)

/** A tag as the SDK sends it, and as the reference writes it. */
const tag = z.union([
  z.strictObject({ Key: tagKey, Value: tagValue }).transform(({ Key: key, Value: value }) => ({ key, value })),
  z.strictObject({ key: tagKey, value: tagValue }),
])
export const tagList = z.array(tag).max(TAGS)
export const tagMap = z
  .record(tagKey, tagValue)
  .refine((tags) => Object.keys(tags).length <= TAGS, `at most ${TAGS} tags`)

/** At most so many tags on one resource; the number is not confirmed. */
export const TAGS_PER_RESOURCE = TAGS

const destination = z.strictObject({ destination: z.string().regex(/^acs:/, 'must be an ARN') })

/** "PutAsyncInvokeConfig", the same in both APIs. */
export const asyncConfig = z.strictObject({
  maxAsyncRetryAttempts: z.int().min(0).max(8).exactOptional(),
  maxAsyncEventAgeInSeconds: z.int().min(1).max(604_800).exactOptional(),
  destinationConfig: z
    .strictObject({ onSuccess: destination.exactOptional(), onFailure: destination.exactOptional() })
    .exactOptional(),
  asyncTask: z.boolean().exactOptional(),
})
export type AsyncConfig = z.infer<typeof asyncConfig>

const additionalVersionWeight = z
  .record(z.string().regex(/^\d+$/), z.number().min(0).max(1))
  .refine((weights) => Object.keys(weights).length <= 1, 'one additional version at most')

/** "CreateAlias" and "UpdateAlias", the same in both APIs. */
const aliasFields = {
  description: description.exactOptional(),
  additionalVersionWeight: additionalVersionWeight.exactOptional(),
}
export const newAlias = z.strictObject({ aliasName, versionId: z.string(), ...aliasFields })
export const changedAlias = z.strictObject({ versionId: z.string().exactOptional(), ...aliasFields })
