import * as z from 'zod'
import { noteMistakes } from '../../contracts/mistake.ts'
import type { CheckKindConfig } from '../kind.ts'
import { answerKeys } from '../network/answer.config.ts'
import { parseHostPort } from '../network/host-port.ts'
import { reachKeys, reachMistakes } from '../network/reach.config.ts'
import { fixedHost, target } from '../network/target.config.ts'
import { bothLimits, latencyKeys, limitMistakes } from '../run/limits.config.ts'
import type { TcpSpec } from './run.ts'

const keys = z.strictObject({
  tcp: target().meta({
    description: 'host:port. It may refer to the environment, and so may `send`.',
    zh: 'host:port。它和 `send` 都可以引用环境变量。',
    examples: ['gw.example.com:8443'],
  }),
  ...answerKeys,
  ...latencyKeys,
  ...reachKeys,
})

const schema: z.ZodType<TcpSpec> = keys
  .superRefine((check, context) => {
    noteMistakes(context, [...reachMistakes('tcp', hostOf(check.tcp), check), ...limitMistakes(check)])
  })
  .transform(({ tcp, degraded, down, ...rest }) => ({
    ...rest,
    target: tcp,
    ...bothLimits({ ...(degraded && { degraded }), ...(down && { down }) }),
  }))

export const tcpConfig: CheckKindConfig<TcpSpec> = {
  kind: 'tcp',
  runsIn: 'uptime',
  connectsToTarget: true,
  schema,
  perVantage: ['degraded', 'down'],
  hosts: (spec) => [(spec as TcpSpec).address ?? hostOf((spec as TcpSpec).target)],
  summary: {
    en: 'Opens a TCP connection; sends something and expects an answer if that is asked for.',
    zh: '建立 TCP 连接；需要时发送内容并等待应答。',
  },
}

function hostOf(target: string): string {
  return fixedHost(target, (text) => parseHostPort(text)?.host)
}
