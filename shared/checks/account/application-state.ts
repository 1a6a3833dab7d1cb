import { type Relayed, relayRequest, wecomRequest } from '../../clouds/tencent/wecom-relay.ts'
import type { Instant } from '../../contracts/words.ts'
import type { NotInForce } from './faults.ts'

// How a chat's application is asked for itself, with its access token: nothing is sent, and nobody hears of it. `doctor` asks it as well.

/** Why an application whose secret is good reaches nobody. */
export type NotInUse = Extract<NotInForce['state'], 'disabled' | 'seen-by-nobody'>

/** An application of WeCom, and who passes on what is asked of it; absent: the vendor itself is asked. */
export interface WecomApplication {
  agent: number | string
  relay?: { url: string; secret: string } | undefined
}

/** agent/get (developer.work.weixin.qq.com, 获取指定的应用详情, 90227), of the vendor at `base`, or of the relay where that is trusted alone. */
export function askWecomApplication(
  { agent, relay }: WecomApplication,
  token: string,
  base: string,
  now: Instant,
): { method: 'GET' | 'POST'; url: string; headers?: Record<string, string>; body?: string } {
  const read: Relayed = { path: '/cgi-bin/agent/get', token, body: { agentid: agent } }
  return relay ? { method: 'POST', ...relayRequest(read, relay, now) } : wecomRequest(read, base)
}

/** By its answer: it is not disabled (`close`), and somebody sees it. */
export function wecomApplicationState(answer: unknown): NotInUse | undefined {
  const { close, allow_userinfos: users, allow_partys: parties, allow_tags: tags } = Object(answer)
  if (Number(close ?? 0) !== 0) return 'disabled'
  const seers = [Object(users).user, Object(parties).partyid, Object(tags).tagid]
  return seers.some((all) => Object(all).length > 0) ? undefined : 'seen-by-nobody'
}

/** Below `/open-apis`: the robot's own state (open.larkoffice.com, 获取机器人信息), which asks for no permission. */
export const FEISHU_APPLICATION = '/bot/v3/info'

/** `activate_status` of an application that its tenant uses. Whether one whose upgrade waits to be enabled (4) still sends is not said there. */
const IN_USE = 2

export function feishuApplicationState(answer: unknown): NotInUse | undefined {
  return Object(Object(answer).bot).activate_status === IN_USE ? undefined : 'disabled'
}
