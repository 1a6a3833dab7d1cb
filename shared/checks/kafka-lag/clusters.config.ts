import * as z from 'zod'
import { type Mistake, mistake, noteMistakes, wrong } from '../../contracts/mistake.ts'
import { references } from '../../contracts/references.ts'
import { didYouMean } from '../../contracts/suggest.ts'
import type { Linked } from '../kind.ts'
import { parseHostPort } from '../network/host-port.ts'
import { secret } from '../network/identity.config.ts'
import { withoutReferences } from '../network/target.config.ts'
import type { ClusterSettings, KafkaLagSpec, WrittenKafkaLag } from './spec.ts'

export const clusterName = z.string().regex(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  wrong('no-name', {
    en: 'a name of a cluster has letters, digits, . - and _ only, at most 64 of them',
    zh: '集群的名称只能有字母、数字、.、- 和 _，最多 64 个',
  }),
)

function oneOf(...words: string[]) {
  return wrong('wrong-value', {
    en: `must be one of ${words.join(', ')}`,
    zh: `应为 ${words.join('、')} 之一`,
  })
}

const region = z.string().regex(
  /^([a-z0-9-]+|\$\{\w+\})$/,
  wrong('no-region', (input) => ({
    en: `"${input}" is not a region, such as ap-guangzhou`,
    zh: `“${input}”不是地域，如 ap-guangzhou`,
  })),
)

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

const broker = z.string().refine(
  (text) => parseHostPort(withoutReferences(text)) !== undefined,
  wrong('no-host-port', (input) => ({
    en: `"${input}" is not host:port, such as b-1.msk.example.com:9098`,
    zh: `“${input}”不是 host:port，如 b-1.msk.example.com:9098`,
  })),
)

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
    .refine(
      (text) => references(text).length > 0 || /-----BEGIN CERTIFICATE-----/.test(text),
      wrong('no-certificate', {
        en: 'is no certificate in PEM: write it as a block of lines, or ${NAME}',
        zh: '不是 PEM 格式的证书：写成多行文本，或 ${NAME}',
      }),
    )
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
    const mistakes: [string, Mistake][] = []
    const needs = (other: string) =>
      mistake('needs-other', { en: `needs \`${other}\` beside it`, zh: `还要写 \`${other}\`` })
    for (const [one, other] of keyPairs) {
      const written = cluster as Record<string, unknown>
      if (written[one] !== undefined && written[other] === undefined) mistakes.push([one, needs(other)])
      if (written[other] !== undefined && written[one] === undefined) mistakes.push([other, needs(one)])
    }
    if (cluster.type === 'kafka' && cluster.ca !== undefined && !cluster.tls)
      mistakes.push(['ca', mistake('no-effect', { en: 'has no effect without `tls`', zh: '没有 `tls` 就没有作用' })])
    if (cluster.type === 'kafka' && cluster.sasl?.mechanism === 'aws-iam' && !cluster.tls) {
      const words = { en: 'must be true: MSK takes IAM over TLS only', zh: '应为 true：MSK 的 IAM 只走 TLS' }
      mistakes.push(['tls', mistake('needs-tls', words)])
    }
    noteMistakes(context, mistakes)
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
    const guess = didYouMean(name, known)
    const choice =
      known.length > 0
        ? { en: `there are: ${known.join(', ')}`, zh: `有：${known.join('、')}` }
        : { en: 'there is none: give it an entry in `kafka`', zh: '一个也没有：在 `kafka` 里写一条' }
    const words = {
      en: `no cluster of \`kafka\` is named \`${name}\`${guess.en}; ${choice.en}`,
      zh: `\`kafka\` 里没有名为 \`${name}\` 的集群${guess.zh}；${choice.zh}`,
    }
    return { problems: [{ path: ['kafka-lag'], mistake: mistake('not-named', words) }] }
  }
  const written = clusters[name] as WrittenCluster | undefined
  return written === undefined ? { problems: [] } : { spec: { ...check, cluster: settingsOf(name, written) } }
}

/** An instance's id is the name of its entry unless it says otherwise. */
function settingsOf(name: string, written: WrittenCluster): ClusterSettings {
  return written.type === 'kafka' ? written : { ...written, instance: written.instance ?? name }
}
