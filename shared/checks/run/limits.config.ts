import { duration } from '../../contracts/duration.ts'
import { type Mistake, mistake } from '../../contracts/mistake.ts'
import type { Limits } from './limits.ts'

/** How long something may take. */
const limit = duration('1ms', '5m')

/** A limit of the whole check's time: `degraded: 800ms`. */
export const latency = limit.transform((ms): Limits => ({ latency: ms }))

/** The limits of a check that has only its time to judge. */
export const latencyKeys = {
  degraded: latency
    .exactOptional()
    .meta({ description: 'Slower than this is degraded.', zh: '慢于此即为变慢。', examples: ['800ms'] }),
  down: latency
    .exactOptional()
    .meta({ description: 'Slower than this is down.', zh: '慢于此即为不可用。', examples: ['5s'] }),
}

/** Phases by name, and `latency`: the whole. */
export const phaseKeys = {
  latency: limit.exactOptional().meta({ description: 'Of the whole check.', zh: '整次检查的用时。', examples: ['3s'] }),
  dns: limit
    .exactOptional()
    .meta({ description: 'Until the name is resolved.', zh: '域名解析的用时。', examples: ['200ms'] }),
  connect: limit
    .exactOptional()
    .meta({ description: 'Until the connection is open.', zh: '建立连接的用时。', examples: ['500ms'] }),
  tls: limit.exactOptional().meta({ description: 'Of the TLS handshake.', zh: 'TLS 握手的用时。', examples: ['1s'] }),
  firstByte: limit.exactOptional().meta({
    description: 'From the request to the first byte of the answer.',
    zh: '从发出请求到应答首字节的用时。',
    examples: ['300ms'],
  }),
  download: limit
    .exactOptional()
    .meta({ description: 'From the first byte to the last.', zh: '从首字节到末字节的用时。', examples: ['2s'] }),
}

/** The limits of a check in both degrees; without one, that degree has none. */
export function bothLimits({ degraded = {}, down = {} }: { degraded?: Limits; down?: Limits }) {
  return { degraded, down }
}

/** What is wrong with limits of both degrees, by key: one that comes no sooner than `down` warns of nothing. */
export function limitMistakes({
  degraded = {},
  down = {},
}: {
  degraded?: Limits | undefined
  down?: Limits | undefined
}): [key: string, mistake: Mistake][] {
  const names = Object.keys(degraded) as (keyof Limits)[]
  const late = names.find((name) => (degraded[name] ?? 0) >= (down[name] ?? Number.POSITIVE_INFINITY))
  if (late === undefined) return []
  const what = late === 'latency' ? '' : `${late} `
  const words = {
    en: `${what}at ${degraded[late]}ms is no sooner than \`down\` at ${down[late]}ms`,
    zh: `${what}${degraded[late]}ms 不早于 \`down\` 的 ${down[late]}ms`,
  }
  return [['degraded', mistake('warning-too-late', words)]]
}
