import * as z from 'zod'
import { references } from '../../contracts/references.ts'
import { didYouMean } from '../../contracts/suggest.ts'
import type { Linked } from '../kind.ts'
import { parseHostPort } from '../network/host-port.ts'
import { secret } from '../network/identity.config.ts'
import { withoutReferences } from '../network/target.config.ts'
import type { ClusterSettings, KafkaLagSpec, WrittenKafkaLag } from './spec.ts'

export const clusterName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'a name of a cluster has letters, digits, . - and _ only, at most 64 of them',
  )

function oneOf(...words: string[]) {
  return { error: `must be one of ${words.join(', ')}` }
}

const region = z
  .string()
  .regex(/^([a-z0-9-]+|\$\{\w+\})$/, { error: ({ input }) => `"${input}" is not a region, such as ap-guangzhou` })

const instance = z.string().min(1).exactOptional().describe("The instance's id. Default: the name of this entry.")

const ckafka = z.strictObject({
  type: z.literal('ckafka').describe("Tencent Cloud's CKafka, by its API."),
  instance,
  region,
  secretId: secret.exactOptional().describe("Default: the key of the function's role, or TENCENTCLOUD_SECRET_ID."),
  secretKey: secret.exactOptional().describe("Default: the key of the function's role, or TENCENTCLOUD_SECRET_KEY."),
})

const alikafka = z.strictObject({
  type: z.literal('alikafka').describe("Alibaba Cloud's AliKafka, by its API."),
  instance,
  region,
  accessKeyId: secret
    .exactOptional()
    .describe("Default: the key of the function's role, or ALIBABA_CLOUD_ACCESS_KEY_ID."),
  accessKeySecret: secret
    .exactOptional()
    .describe("Default: the key of the function's role, or ALIBABA_CLOUD_ACCESS_KEY_SECRET."),
})

const broker = z.string().refine((text) => parseHostPort(withoutReferences(text)) !== undefined, {
  error: ({ input }) => `"${input}" is not host:port, such as b-1.msk.example.com:9098`,
})

const mechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const

const sasl = z
  .discriminatedUnion(
    'mechanism',
    [
      z.strictObject({ mechanism: z.enum(mechanisms), username: z.string().min(1), password: secret }),
      z.strictObject({ mechanism: z.literal('aws-iam').describe("MSK: the function's role."), region }),
    ],
    oneOf(...mechanisms, 'aws-iam'),
  )
  .exactOptional()

const kafka = z.strictObject({
  type: z.literal('kafka').describe("Any cluster, by Kafka's own protocol."),
  brokers: z.array(broker).min(1).describe('host:port of some brokers.'),
  tls: z.boolean().default(true).describe('Default true.'),
  ca: z
    .string()
    .refine((text) => references(text).length > 0 || /-----BEGIN CERTIFICATE-----/.test(text), {
      error: 'is no certificate in PEM: write it as a block of lines, or ${NAME}',
    })
    .exactOptional()
    .describe('PEM of authorities, trusted in place of the public ones; a block of lines, or ${NAME}.'),
  sasl,
})

/** An entry of `kafka`. */
export const clusterKeys = z
  .discriminatedUnion('type', [ckafka, alikafka, kafka], oneOf('ckafka', 'alikafka', 'kafka'))
  .superRefine((cluster, context) => {
    const complain = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message })
    for (const [one, other] of keyPairs) {
      const written = cluster as Record<string, unknown>
      if (written[one] !== undefined && written[other] === undefined) complain(one, `needs \`${other}\` beside it`)
      if (written[other] !== undefined && written[one] === undefined) complain(other, `needs \`${one}\` beside it`)
    }
    if (cluster.type === 'kafka' && cluster.ca !== undefined && !cluster.tls)
      complain('ca', 'has no effect without `tls`')
    if (cluster.type === 'kafka' && cluster.sasl?.mechanism === 'aws-iam' && !cluster.tls) {
      complain('tls', 'must be true: MSK takes IAM over TLS only')
    }
  })

const keyPairs = [
  ['secretId', 'secretKey'],
  ['accessKeyId', 'accessKeySecret'],
] as const

type WrittenCluster = z.infer<typeof clusterKeys>

/** A check with what its cluster's entry holds. An entry with mistakes of its own is `undefined`. */
export function link(check: WrittenKafkaLag, clusters: Record<string, unknown>): Linked<KafkaLagSpec> {
  const name = check.cluster
  if (!Object.hasOwn(clusters, name)) {
    const known = Object.keys(clusters)
    const choice = known.length > 0 ? `there are: ${known.join(', ')}` : 'there is none: give it an entry in `kafka`'
    const message = `no cluster of \`kafka\` is named \`${name}\`${didYouMean(name, known)}; ${choice}`
    return { problems: [{ path: ['kafka-lag'], message }] }
  }
  const written = clusters[name] as WrittenCluster | undefined
  return written === undefined ? { problems: [] } : { spec: { ...check, cluster: settingsOf(name, written) } }
}

/** An instance's id is the name of its entry unless it says otherwise. */
function settingsOf(name: string, written: WrittenCluster): ClusterSettings {
  return written.type === 'kafka' ? written : { ...written, instance: written.instance ?? name }
}
