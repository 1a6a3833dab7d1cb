import type { ChannelIo, ChannelMemory, Target } from '../../shared/channels/channel.ts'
import { at } from '../messages/notices.ts'

/** A channel's world: the given environment, a clock that stands still, real sockets. */
export const ioWith = (env: ChannelIo['env'] = {}, changes: Partial<ChannelIo> = {}): ChannelIo => ({
  now: () => at('02:14'),
  fetch,
  env,
  signal: AbortSignal.timeout(5_000),
  ...changes,
})

/** A world whose every request gets this answer. */
export const answering = (body: unknown, status = 200, headers: Record<string, string> = {}): ChannelIo =>
  ioWith({}, { fetch: async () => new Response(JSON.stringify(body), { status, headers }) })

/** A world whose every request ends in this error, as undici throws it. */
export const throwing = (cause: Error): ChannelIo =>
  ioWith({}, { fetch: () => Promise.reject(new TypeError('fetch failed', { cause })) })

export const errorWith = (code: string, message = code): Error => Object.assign(new Error(message), { code })

export const group: Target = {
  people: {
    lin: { name: '林悦', phone: '+8613800000001', wecom: 'LinYue' },
    wang: { name: '王磊', phone: '+8613800000002', wecom: 'WangLei', dingtalk: 'wang_lei' },
    tan: { name: 'Tan Wei', phone: '+6590000003' },
  },
}

/** What a channel keeps, in memory. */
export function memory(now: () => number): ChannelMemory {
  const kept = new Map<string, { value: string; until: number }>()
  return {
    async read(name) {
      const found = kept.get(name)
      return found !== undefined && found.until > now() ? found.value : undefined
    },
    async write(name, value, until) {
      kept.set(name, { value, until })
    },
  }
}
