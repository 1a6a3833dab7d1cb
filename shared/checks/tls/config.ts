import { isIP } from 'node:net'
import * as z from 'zod'
import { noteMistakes } from '../../contracts/mistake.ts'
import type { CheckKindConfig } from '../kind.ts'
import { answerKeys } from '../network/answer.config.ts'
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
import { fixedHost, target, withoutReferences } from '../network/target.config.ts'
import { bothRemaining, left, remainingMistakes } from '../run/remaining.config.ts'
import type { TlsSpec } from './spec.ts'
import { type StartTls, startTlsPorts } from './starttls/protocols.ts'

const HTTPS_PORT = 443
const protocols = Object.keys(startTlsPorts) as StartTls[]

const keys = z.strictObject({
  tls: target(HTTPS_PORT).meta({
    description:
      'host:port, or a host alone: port 443, with `starttls` the port of that protocol. It may refer to the environment, and so may `send`.',
    zh: 'host:port，或只写主机：端口 443，有 `starttls` 时为该协议的端口。它和 `send` 都可以引用环境变量。',
    examples: ['pay.example.com:443'],
  }),
  degraded: left.exactOptional().meta({
    description: 'A certificate that expires sooner than this is degraded.',
    zh: '证书剩余时间少于此即为变慢（提前提醒）。',
    examples: ['21d'],
  }),
  down: left.exactOptional().meta({
    description: 'A certificate that expires sooner than this is down.',
    zh: '证书剩余时间少于此即为不可用。',
    examples: ['3d'],
  }),
  serverName,
  starttls: z.enum(protocols).exactOptional().meta({
    description: 'Begins in the clear, by this protocol, and asks for TLS there.',
    zh: '先以此协议明文连接，再转为 TLS。',
  }),
  minVersion: z
    .union([z.enum(['1.2', '1.3']), z.literal([1.2, 1.3]).transform((version) => (version === 1.3 ? '1.3' : '1.2'))])
    .default('1.2')
    .meta({ description: 'An older TLS than this is down.', zh: 'TLS 版本低于此即为不可用。', default: '1.2' }),
  ...answerKeys,
  ...identityKeys,
  insecure,
  ...reachKeys,
})

const schema: z.ZodType<TlsSpec> = keys
  .superRefine((check, context) => {
    const mistakes = [
      ...reachMistakes('tls', hostOf(check.tls), check),
      ...identityMistakes(check),
      ...remainingMistakes(check),
    ]
    noteMistakes(context, mistakes)
  })
  .transform(({ tls, degraded, down, ...rest }) => ({
    ...rest,
    target: withPort(tls, rest.starttls === undefined ? HTTPS_PORT : startTlsPorts[rest.starttls]),
    ...bothRemaining({ degraded, down }),
  }))

export const tlsConfig: CheckKindConfig<TlsSpec> = {
  kind: 'tls',
  runsIn: 'uptime',
  connectsToTarget: true,
  modules: (spec) => ['tls', ...identityModules, ...((spec as TlsSpec).starttls === undefined ? [] : ['starttls'])],
  cautions: (spec) => insecureCautions(spec as TlsSpec),
  schema,
  files: identityFiles,
  hosts: (spec) => [(spec as TlsSpec).address ?? hostOf((spec as TlsSpec).target)],
  summary: {
    en: 'Makes a TLS handshake and judges the certificate: chain, name, protocol, days until it expires.',
    zh: '做 TLS 握手，判断证书：证书链、域名、协议版本、剩余天数。',
  },
}

function withPort(target: string, port: number): string {
  if (parseHostPort(withoutReferences(target)) !== undefined) return target
  return isIP(target) === 6 ? `[${target}]:${port}` : `${target}:${port}`
}

function hostOf(target: string): string {
  return fixedHost(target, (text) => parseHostPort(text, HTTPS_PORT)?.host)
}
