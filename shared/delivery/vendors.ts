import type { Caller, ChannelIo, Sender } from '../channels/channel.ts'
import { withValues } from '../channels/references.ts'
import type { Failure } from '../contracts/failure.ts'
import type { Planning } from '../oncall/plans.ts'
import type { StoreIo } from '../store/io.ts'
import { channelMemory } from './channel-memory.ts'

/** What `page` needs to speak to vendors. */
export interface GatewayDeps extends Planning {
  channels: Record<string, Sender>
  voiceRoutes: Record<string, Caller>
  env: Record<string, string | undefined>
  fetch: typeof fetch
  secret: string
  /** Base of acknowledge links, without a slash at its end. */
  linkBase: string | undefined
  /** Where the console is, without a slash at its end; absent: nothing leads there. */
  consoleUrl?: string
  /** Of several regions, which this is, and the bases of the others. */
  elsewhere?: { own: string; bases: string[] }
}

/** Names of variables that should be there, and whose store did not answer when the instance began; separated by commas. */
const UNREAD = 'FENGHUO_SECRETS_UNREAD'

/** Puts the values of the environment into the settings of a channel; `unset` says which variables are not set, or not read yet. */
export function resolved(settings: unknown, deps: GatewayDeps): { settings: unknown; unset?: Failure } {
  const { value, unset } = withValues(settings, deps.env)
  if (unset.length === 0) return { settings: value }
  const unread = deps.env[UNREAD]?.split(',') ?? []
  const isUnread = unset.every((variable) => unread.includes(variable.replace(/ .*/, '')))
  return { settings: value, unset: { class: isUnread ? 'not-read' : 'not-configured', variables: unset } }
}

/** What a channel or route of a type may use of the world for one message or call, for `timeMs` from now. */
export function channelIo(type: string, deps: GatewayDeps, io: StoreIo, timeMs: number): ChannelIo {
  const memory = channelMemory(type, deps.secret, io)
  return { now: io.now, fetch: deps.fetch, env: deps.env, memory, signal: AbortSignal.timeout(timeMs) }
}
