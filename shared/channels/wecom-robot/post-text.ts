import type { ErrorTable } from '../../contracts/vendor-errors.ts'
import type { Composition } from '../../messages/composition.ts'
import { bytes, cutBytes } from '../../messages/cut.ts'
import { plain } from '../../messages/plain.ts'
import type { ChannelIo, Delivery, VendorUrl } from '../channel.ts'
import { newRobot } from '../diagnoses/robot-remedies.ts'
import { post } from '../post.ts'
import { baseUrl } from '../references.ts'
import { errcodeOf, posted, shrinking } from '../robot.ts'

/**
 * A robot takes texts of 2,048 bytes and Markdown of 4,096: one limit for both, and the same text fits a WeCom app's message, too.
 * What is too much in a minute is taken again in the next one.
 */
export const limits = {
  source: 'developer.work.weixin.qq.com, 群机器人配置说明',
  maxBytes: 2_048,
  perMinute: 20,
  lockOutMs: 60_000,
}

/** The type of the channel, and how failures name it. */
export const VENDOR = 'wecom-robot'

export const url: VendorUrl = { variable: 'FENGHUO_WECOM_URL', base: 'https://qyapi.weixin.qq.com' }

export const errors: ErrorTable = {
  source: 'developer.work.weixin.qq.com, 群机器人配置说明 and 全局错误码',
  codes: {
    '-1': { class: 'busy', afterMs: 2_000 },
    40008: { class: 'bad-request' },
    40058: { class: 'bad-request' },
    44004: { class: 'content-refused' },
    45009: { class: 'rate-limited', afterMs: limits.lockOutMs },
    93000: { class: 'no-such-sender', remedy: newRobot },
  },
}

/** Plain text to everybody: only a robot's text message can mention them. */
export function sendToAll(composition: Composition, key: string, io: ChannelIo): Promise<Delivery> {
  return shrinking(limits.maxBytes, (maxBytes) => {
    const content = cutBytes(plain(composition), maxBytes)
    return postBody({ msgtype: 'text', text: { content, mentioned_list: ['@all'] } }, content, key, io)
  })
}

/** Posts a message whose text is `content`. */
export function postBody(body: unknown, content: string, key: string, io: ChannelIo): Promise<Delivery> {
  const read = (answer: unknown): Delivery | undefined =>
    tooLong(answer, content) ?? posted(errcodeOf(answer), VENDOR, errors)
  return post({ url: wecomUrl(key, io), body, vendor: VENDOR, read }, io)
}

/** Where a robot takes its posts. */
export function wecomUrl(key: string, { env }: Pick<ChannelIo, 'env'>): string {
  return `${baseUrl(url, env)}/cgi-bin/webhook/send?key=${encodeURIComponent(key)}`
}

/** 40058 is about any parameter; its text tells when it is about the length. */
function tooLong(answer: unknown, content: string): Delivery | undefined {
  const { errcode, errmsg } = (answer ?? {}) as { errcode?: unknown; errmsg?: unknown }
  const limit = errcode === 40058 && /exceed max length (\d+)/.exec(String(errmsg))?.[1]
  if (!limit) return undefined
  const maxBytes = Math.min(Number(limit), Math.floor(bytes(content) / 2))
  return {
    status: 'shrink',
    maxBytes,
    failure: { class: 'too-long', vendor: VENDOR, code: '40058', maxBytes: Number(limit) },
  }
}
