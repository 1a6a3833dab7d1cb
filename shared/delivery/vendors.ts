import type { Channel, ChannelIo, VoiceRoute } from '../channels/channel.ts'
import { resolveSettings } from '../channels/references.ts'
import type { Planning } from '../oncall/plans.ts'
import type { StoreIo } from '../store/io.ts'

/** What `page` needs to speak to vendors. */
export interface GatewayDeps extends Planning {
  channels: Record<string, Channel<unknown>>
  voiceRoutes: Record<string, VoiceRoute<unknown>>
  env: Record<string, string | undefined>
  fetch: typeof fetch
  secret: string
  /** Base of acknowledge links, without a slash at its end. */
  linkBase: string | undefined
}

/** A channel's settings with the environment's values, or what to say of variables that are not set. */
export function resolved(settings: unknown, deps: GatewayDeps): { settings: unknown; unset?: string } {
  try {
    return { settings: resolveSettings(settings, deps.env) }
  } catch (error) {
    return { settings, unset: error instanceof Error ? error.message : String(error) }
  }
}

export function channelIo(deps: GatewayDeps, io: StoreIo, timeMs: number): ChannelIo {
  return { now: io.now, fetch: deps.fetch, env: deps.env, signal: AbortSignal.timeout(timeMs) }
}
