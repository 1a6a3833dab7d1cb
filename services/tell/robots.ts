import type { Channel, ChannelIo, ChannelMemory } from '../../shared/channels/channel.ts'
import { dingtalk } from '../../shared/channels/dingtalk/dingtalk.ts'
import { wecomApp } from '../../shared/channels/wecom-app/wecom-app.ts'
import { required } from '../../shared/clouds/aws/env.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import type { Robot } from '../../shared/engine/tell-event.ts'

/** A vendor has so long for its answer, ms. */
const ANSWER_MS = 5_000

/** Nobody to mention: the group and the application's members are told. */
const everybody = { people: {} }

/**
 * Whom the variables name: `dd_flag=Y` the DingTalk robot with the token `dd_sk`, `wx_flag=Y` the WeCom application `wx_ak` of the company
 * `wx_ent` with the secret `wx_sk`. Throws for a flag without what belongs to it.
 */
export function robotsOf(env: Env, io: Pick<ChannelIo, 'now' | 'fetch'>): Robot[] {
  const memory = inThisCopy(io.now)
  const ioNow = (): ChannelIo => ({ ...io, env, memory, signal: AbortSignal.timeout(ANSWER_MS) })
  const robots: Robot[] = []
  if (env.dd_flag === 'Y') robots.push(robot(dingtalk, { token: tokenIn(required(env, 'dd_sk')) }, ioNow))
  if (env.wx_flag === 'Y') {
    const app = { corp: required(env, 'wx_ent'), agent: required(env, 'wx_ak'), secret: required(env, 'wx_sk') }
    robots.push(robot(wecomApp, { ...app, to: '@all' }, ioNow))
  }
  return robots
}

function robot<S>({ type, settings, send }: Channel<S>, given: unknown, ioNow: () => ChannelIo): Robot {
  const read = settings.parse(given)
  return { name: type, send: (message) => send(message, everybody, read, ioNow()) }
}

/** What stands behind `access_token=`, for who has put the whole address there. */
function tokenIn(text: string): string {
  return text.trim().split('access_token=').at(-1) ?? ''
}

/** A vendor's access token, for as long as this copy of the function runs. */
function inThisCopy(now: () => number): ChannelMemory {
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
