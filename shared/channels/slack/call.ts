import { jsonIn } from '../../contracts/json-in.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import type { ChannelIo, Delivery, VendorUrl } from '../channel.ts'
import { refusal } from '../errors.ts'
import { type Answer, post, retryAfter } from '../post.ts'
import { errors } from './errors.ts'

export const VENDOR = 'slack'

/** Incoming webhooks; methods of the Web API have a host of their own, and are moved by the same variable. */
export const url: VendorUrl = { variable: 'FENGHUO_SLACK_URL', base: 'https://hooks.slack.com' }
const API = 'https://slack.com'

/** What a call came to, and what the vendor said beside that. */
export interface Said {
  delivery: Delivery
  answer: Record<string, unknown>
}

/** Posts to an incoming webhook. */
export function callHook(hook: string, body: unknown, io: ChannelIo): Promise<Said> {
  return call(hookUrl(hook, io), body, {}, io)
}

/** Calls a method of the Web API as the app's bot. */
export function callMethod(method: string, body: unknown, token: string, io: ChannelIo): Promise<Said> {
  return call(methodUrl(method, io), body, { authorization: `Bearer ${token}` }, io)
}

export function hookUrl(hook: string, { env }: Pick<ChannelIo, 'env'>): string {
  return `${env[url.variable] ?? url.base}/services/${hook}`
}

export function methodUrl(method: string, { env }: Pick<ChannelIo, 'env'>): string {
  return `${env[url.variable] ?? API}/api/${method}`
}

async function call(address: string, body: unknown, more: Record<string, string>, io: ChannelIo): Promise<Said> {
  let answer: Record<string, unknown> = {}
  const delivery = await post(
    {
      url: address,
      body,
      headers: { 'content-type': 'application/json; charset=utf-8', ...more },
      vendor: VENDOR,
      read: () => undefined,
      readAny(said) {
        answer = Object(jsonIn(said.text))
        return deliveryOf(said, answer)
      },
    },
    io,
  )
  return { delivery, answer }
}

/** By the word in the body: the status of the same refusal differs between the vendor's pages. */
function deliveryOf({ status, headers, text }: Answer, answer: Record<string, unknown>): Delivery | undefined {
  if (status === 200 && (text.trim() === 'ok' || answer.ok === true)) return { status: 'sent' }
  const word = typeof answer.error === 'string' ? answer.error : text.trim()
  if (ownProperty(errors.codes, word) === undefined && answer.ok !== false) return undefined
  const refused = refusal(VENDOR, word, undefined, errors)
  if (refused.status !== 'retry' || !headers.has('retry-after')) return refused
  return { ...refused, afterMs: retryAfter(headers) }
}
