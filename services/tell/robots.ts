import type { ChannelIo } from '../../shared/channels/channel.ts'
import { dingtalk } from '../../shared/channels/dingtalk/dingtalk.ts'
import { wecomApp } from '../../shared/channels/wecom-app/wecom-app.ts'
import { required } from '../../shared/clouds/aws/env.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { type DirectRobot, directRobot, memoryOfThisCopy } from '../../shared/delivery/direct-robot.ts'

/**
 * Whom the variables name: `dd_flag=Y` the DingTalk robot with the token `dd_sk`, `wx_flag=Y` the WeCom application `wx_ak` of the company
 * `wx_ent` with the secret `wx_sk`. Throws for a flag without what belongs to it.
 */
export function robotsOf(env: Env, io: Pick<ChannelIo, 'now' | 'fetch'>): DirectRobot[] {
  const robotIo = { ...io, env, memory: memoryOfThisCopy(io.now) }
  const robots: DirectRobot[] = []
  if (env.dd_flag === 'Y') robots.push(directRobot(dingtalk, { token: tokenIn(required(env, 'dd_sk')) }, robotIo))
  if (env.wx_flag === 'Y') {
    const app = { corp: required(env, 'wx_ent'), agent: required(env, 'wx_ak'), secret: required(env, 'wx_sk') }
    robots.push(directRobot(wecomApp, { ...app, to: '@all' }, robotIo))
  }
  return robots
}

/** What stands behind `access_token=`, for who has put the whole address there. */
function tokenIn(text: string): string {
  return text.trim().split('access_token=').at(-1) ?? ''
}
