import * as z from 'zod'
import { mistake, noteMistakes, wrong } from '../../contracts/mistake.ts'
import type { CheckKindConfig } from '../kind.ts'
import { parseHostPort } from '../network/host-port.ts'
import {
  identityFiles,
  identityKeys,
  identityMistakes,
  identityModules,
  serverName,
} from '../network/identity.config.ts'
import { insecure, insecureCautions } from '../network/insecure.config.ts'
import { reachKeys, reachMistakes } from '../network/reach.config.ts'
import { fixedHost, target } from '../network/target.config.ts'
import { bothLimits, latencyKeys, limitMistakes } from '../run/limits.config.ts'
import type { GrpcSpec } from './spec.ts'

/** gRPC over HTTP/2, "Custom-Metadata": names are lower case, and those of gRPC and HTTP/2 are not ours. */
const metadataName = z.string().regex(
  /^(?!grpc-|te$|content-type$|connection$|host$)[0-9a-z_.-]+$/,
  wrong('no-metadata-name', {
    en: 'is not the name of metadata: lower case, none of gRPC’s own',
    zh: '不是元数据的名称：用小写，且不是 gRPC 自己的',
  }),
)

const metadataValue = z.string().regex(
  /^[\x20-\x7e]*$/,
  wrong('unsendable-character', {
    en: 'holds a character that metadata cannot carry',
    zh: '含有元数据不能携带的字符',
  }),
)

const keys = z.strictObject({
  grpc: target().meta({
    description:
      'host:port of a server with grpc.health.v1. It may refer to the environment, and so may `service` and `metadata`.',
    zh: '提供 grpc.health.v1 的服务器的 host:port。它和 `service`、`metadata` 都可以引用环境变量。',
    examples: ['pay.example.com:443'],
  }),
  service: z
    .string()
    .default('')
    .meta({
      description: 'Whose health is asked for. Empty: that of the server as a whole.',
      zh: '询问哪个服务的健康状态。空：整个服务器。',
      examples: ['shop.v1.Orders'],
    }),
  metadata: z
    .record(metadataName, metadataValue)
    .default({})
    .meta({
      description: 'Metadata of the call.',
      zh: '随调用发送的元数据。',
      examples: [{ authorization: 'Bearer ${PAY_TOKEN}' }],
    }),
  plaintext: z.boolean().default(false).meta({
    description: 'HTTP/2 in the clear (h2c), without TLS.',
    zh: '明文 HTTP/2（h2c），不用 TLS。',
  }),
  serverName,
  ...latencyKeys,
  ...identityKeys,
  insecure,
  ...reachKeys,
})

const NO_TLS = mistake('no-effect', { en: 'has no effect without TLS', zh: '不用 TLS 时没有作用' })

const schema: z.ZodType<GrpcSpec> = keys
  .superRefine((check, context) => {
    const mistakes = [
      ...reachMistakes('grpc', hostOf(check.grpc), check),
      ...identityMistakes(check),
      ...limitMistakes(check),
    ]
    const secure = (['ca', 'clientCert', 'serverName', 'insecure'] as const).find((key) => check[key])
    if (secure !== undefined && check.plaintext) mistakes.push([secure, NO_TLS])
    noteMistakes(context, mistakes)
  })
  .transform(({ grpc, degraded, down, ...rest }) => ({
    ...rest,
    target: grpc,
    ...bothLimits({ ...(degraded && { degraded }), ...(down && { down }) }),
  }))

export const grpcConfig: CheckKindConfig<GrpcSpec> = {
  kind: 'grpc',
  runsIn: 'uptime',
  connectsToTarget: true,
  modules: () => ['grpc', ...identityModules],
  cautions: (spec) => insecureCautions(spec as GrpcSpec),
  schema,
  files: identityFiles,
  perVantage: ['degraded', 'down'],
  hosts: (spec) => [(spec as GrpcSpec).address ?? hostOf((spec as GrpcSpec).target)],
  summary: {
    en: 'Asks a gRPC server whether it, or one of its services, is serving (grpc.health.v1).',
    zh: '询问 gRPC 服务器或其某个服务是否健康（grpc.health.v1）。',
  },
}

function hostOf(target: string): string {
  return fixedHost(target, (text) => parseHostPort(text)?.host)
}
