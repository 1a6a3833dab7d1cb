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

const ofRegion = { description: 'The region it is in.', zh: '所在地域。', examples: ['ap-guangzhou'] }

const instance = z
  .string()
  .min(1)
  .exactOptional()
  .meta({
    description: "The instance's id.",
    zh: '实例 ID。',
    absent: { en: 'the name of this entry', zh: '本条目的名称' },
    examples: ['${KAFKA_INSTANCE}'],
  })

const ckafka = z.strictObject({
  type: z
    .literal('ckafka')
    .meta({ description: "Tencent Cloud's CKafka, by its API.", zh: '腾讯云 CKafka，调用其接口。' }),
  instance,
  region: region.meta(ofRegion),
  secretId: secret.exactOptional().meta({
    description: 'Id of a key that may read the instance.',
    zh: '可读取该实例的密钥 ID。',
    absent: {
      en: "the key of the function's role, or TENCENTCLOUD_SECRET_ID",
      zh: '函数角色的密钥，或 TENCENTCLOUD_SECRET_ID',
    },
    examples: ['${CKAFKA_SECRET_ID}'],
  }),
  secretKey: secret.exactOptional().meta({
    description: 'Its secret.',
    zh: '其密钥。',
    absent: {
      en: "the key of the function's role, or TENCENTCLOUD_SECRET_KEY",
      zh: '函数角色的密钥，或 TENCENTCLOUD_SECRET_KEY',
    },
    examples: ['${CKAFKA_SECRET_KEY}'],
  }),
})

const alikafka = z.strictObject({
  type: z
    .literal('alikafka')
    .meta({ description: "Alibaba Cloud's AliKafka, by its API.", zh: '阿里云 AliKafka，调用其接口。' }),
  instance,
  region: region.meta(ofRegion),
  accessKeyId: secret.exactOptional().meta({
    description: 'Id of a key that may read the instance.',
    zh: '可读取该实例的密钥 ID。',
    absent: {
      en: "the key of the function's role, or ALIBABA_CLOUD_ACCESS_KEY_ID",
      zh: '函数角色的密钥，或 ALIBABA_CLOUD_ACCESS_KEY_ID',
    },
    examples: ['${ALIKAFKA_KEY_ID}'],
  }),
  accessKeySecret: secret.exactOptional().meta({
    description: 'Its secret.',
    zh: '其密钥。',
    absent: {
      en: "the key of the function's role, or ALIBABA_CLOUD_ACCESS_KEY_SECRET",
      zh: '函数角色的密钥，或 ALIBABA_CLOUD_ACCESS_KEY_SECRET',
    },
    examples: ['${ALIKAFKA_KEY_SECRET}'],
  }),
})

const broker = z.string().refine((text) => parseHostPort(withoutReferences(text)) !== undefined, {
  error: ({ input }) => `"${input}" is not host:port, such as b-1.msk.example.com:9098`,
})

const mechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const

const sasl = z
  .discriminatedUnion(
    'mechanism',
    [
      z.strictObject({
        mechanism: z
          .enum(mechanisms)
          .meta({ description: 'A login by user name and password.', zh: '用户名和密码登录。' }),
        username: z
          .string()
          .min(1)
          .meta({ description: 'The user name.', zh: '用户名。', examples: ['fenghuo'] }),
        password: secret.meta({
          description: 'The password: a reference to the environment.',
          zh: '密码：写成对环境变量的引用。',
          examples: ['${KAFKA_PASSWORD}'],
        }),
      }),
      z.strictObject({
        mechanism: z
          .literal('aws-iam')
          .meta({ description: "MSK: the function's role logs in.", zh: 'MSK：以函数的角色登录。' }),
        region: region.meta(ofRegion),
      }),
    ],
    oneOf(...mechanisms, 'aws-iam'),
  )
  .exactOptional()
  .meta({ description: 'How to log in.', zh: '如何登录。', absent: { en: 'without a login', zh: '不登录' } })

const kafka = z.strictObject({
  type: z
    .literal('kafka')
    .meta({ description: "Any cluster, by Kafka's own protocol.", zh: '任何集群，走 Kafka 自己的协议。' }),
  brokers: z
    .array(broker)
    .min(1)
    .meta({
      description: 'host:port of some brokers.',
      zh: '若干 broker 的 host:port。',
      examples: [['b-1.msk.example.com:9098', 'b-2.msk.example.com:9098']],
    }),
  tls: z.boolean().default(true).meta({ description: 'Whether brokers speak TLS.', zh: 'broker 是否使用 TLS。' }),
  ca: z
    .string()
    .refine((text) => references(text).length > 0 || /-----BEGIN CERTIFICATE-----/.test(text), {
      error: 'is no certificate in PEM: write it as a block of lines, or ${NAME}',
    })
    .exactOptional()
    .meta({
      description: 'PEM of authorities, trusted in place of the public ones; a block of lines, or ${NAME}.',
      zh: '所信任机构的 PEM，代替公共机构；写成多行文本，或 ${NAME}。',
      examples: ['${KAFKA_CA}'],
    }),
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
