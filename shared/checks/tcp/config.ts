import * as z from 'zod'
import type { CheckKindConfig } from '../kind.ts'
import { parseHostPort } from '../network/host-port.ts'
import { reachKeys, reachMistakes } from '../network/reach.config.ts'
import { fixedHost, target } from '../network/target.config.ts'
import { bothLimits, latencyKeys, limitMistakes } from '../run/limits.config.ts'
import type { TcpSpec } from './run.ts'

const keys = z.strictObject({
  tcp: target().describe('host:port. It may refer to the environment, and so may `send`.'),
  send: z
    .string()
    .min(1)
    .exactOptional()
    .describe("Sent when the connection is open; in double quotes \\r\\n is a line's end."),
  expect: z
    .string()
    .min(1)
    .exactOptional()
    .describe('Text that the answer (or the greeting) holds, in its first 64 KiB.'),
  ...latencyKeys,
  ...reachKeys,
})

const schema: z.ZodType<TcpSpec> = keys
  .superRefine((check, context) => {
    for (const [key, message] of [...reachMistakes('tcp', hostOf(check.tcp), check), ...limitMistakes(check)])
      context.addIssue({ code: 'custom', path: [key], message })
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
  summary: 'Opens a TCP connection; sends something and expects an answer if that is asked for.',
}

function hostOf(target: string): string {
  return fixedHost(target, (text) => parseHostPort(text)?.host)
}
