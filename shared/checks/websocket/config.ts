import * as z from 'zod'
import { mistake, noteMistakes, wrong } from '../../contracts/mistake.ts'
import { headerName, headerValue, inLowerCase, ownHeader } from '../http/conditions.config.ts'
import type { CheckKindConfig } from '../kind.ts'
import { identityFiles, identityKeys, identityMistakes, identityModules, secret } from '../network/identity.config.ts'
import { insecure, insecureCautions } from '../network/insecure.config.ts'
import { reachKeys, reachMistakes } from '../network/reach.config.ts'
import { fixedUrlHost, urlWithoutReferences } from '../network/target.config.ts'
import { bothLimits, latencyKeys, limitMistakes } from '../run/limits.config.ts'
import type { WebSocketSpec } from './spec.ts'

/** The probe writes these itself. */
const own = /^(connection|upgrade|sec-websocket-.*)$/i

const keys = z.strictObject({
  websocket: z
    .string()
    .refine(
      (text) => /^wss?:$/.test(urlWithoutReferences(text, 'wss')?.protocol ?? ''),
      wrong('no-url', (input) => ({
        en: `"${input}" is not a ws or wss URL, such as wss://chat.example.com/socket`,
        zh: `“${input}”不是 ws 或 wss 的 URL，如 wss://chat.example.com/socket`,
      })),
    )
    .meta({
      description: 'The URL, ws or wss. It may refer to the environment, and so may headers and `send`.',
      zh: 'URL，ws 或 wss。它和请求头、`send` 都可以引用环境变量。',
      examples: ['wss://chat.example.com/socket'],
    }),
  headers: z
    .record(
      headerName.refine((name) => !own.test(name), ownHeader),
      headerValue,
    )
    .default({})
    .meta({
      description: 'Headers of the handshake.',
      zh: '握手的请求头。',
      examples: [{ origin: 'https://example.com' }],
    }),
  bearer: secret.exactOptional().meta({
    description: 'A bearer token: a reference to the environment.',
    zh: 'Bearer 令牌：写成对环境变量的引用。',
    examples: ['${CHAT_TOKEN}'],
  }),
  protocol: headerName.exactOptional().meta({
    description: 'The subprotocol to ask for; the target is down if it does not agree.',
    zh: '请求的子协议；对方不同意即为不可用。',
    examples: ['graphql-transport-ws'],
  }),
  send: z
    .string()
    .min(1)
    .exactOptional()
    .meta({ description: 'Sent as one text message.', zh: '作为一条文本消息发送。', examples: ['{"type":"ping"}'] }),
  expect: z
    .string()
    .min(1)
    .exactOptional()
    .meta({
      description: 'Text that one of the messages holds that the target sends.',
      zh: '对方发来的某条消息包含的文本。',
      examples: ['"pong"'],
    }),
  ...latencyKeys,
  ...identityKeys,
  insecure,
  ...reachKeys,
})

const schema: z.ZodType<WebSocketSpec> = keys
  .superRefine((check, context) => {
    const mistakes = [
      ...reachMistakes('websocket', fixedUrlHost(check.websocket, 'wss'), check),
      ...identityMistakes(check),
      ...limitMistakes(check),
    ]
    const secure = (['ca', 'clientCert', 'insecure'] as const).find((key) => check[key])
    if (secure !== undefined && /^ws:/i.test(check.websocket))
      mistakes.push([secure, mistake('no-effect', { en: 'has no effect on ws', zh: '对 ws 没有作用' })])
    noteMistakes(context, mistakes)
  })
  .transform(({ websocket, headers, degraded, down, ...rest }) => ({
    ...rest,
    url: websocket,
    headers: inLowerCase(headers),
    ...bothLimits({ ...(degraded && { degraded }), ...(down && { down }) }),
  }))

export const websocketConfig: CheckKindConfig<WebSocketSpec> = {
  kind: 'websocket',
  runsIn: 'uptime',
  connectsToTarget: true,
  modules: () => ['websocket', 'repair-head', ...identityModules],
  cautions: (spec) => insecureCautions(spec as WebSocketSpec),
  schema,
  files: identityFiles,
  perVantage: ['degraded', 'down'],
  hosts: (spec) => [(spec as WebSocketSpec).address ?? fixedUrlHost((spec as WebSocketSpec).url, 'wss')],
  summary: {
    en: 'Opens a web socket; sends a message and waits for one if that is asked for.',
    zh: '建立 WebSocket 连接；需要时发送消息并等待回应。',
  },
}
