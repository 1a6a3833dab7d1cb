import { createHmac, randomUUID } from 'node:crypto'
import { jsonIn } from '../../contracts/json-in.ts'
import type { ReceiptQueue } from '../../contracts/receipt-queue.ts'
import type { Instant } from '../../contracts/words.ts'
import { type AliyunKey, signedRpc } from './rpc.ts'

/**
 * Queues of receipts, which are the vendor's own: Alibaba Cloud's clients for communication products (`DefaultAlicomMessagePuller`,
 * Dybaseapi 2017-05-25) ask for keys of one queue and read it at one fixed address; that of texts outside of mainland China is another
 * (help.aliyun.com, "SmsReport: MNS message queue consumption pattern", international).
 */
const DYBASE = {
  variable: 'FENGHUO_ALIYUN_DYBASE_URL',
  base: 'https://dybaseapi.aliyuncs.com',
  intl: 'https://dybaseapi.ap-southeast-1.aliyuncs.com',
}
const MNS = {
  variable: 'FENGHUO_ALIYUN_MNS_URL',
  base: 'https://1943695596114318.mns.cn-hangzhou.aliyuncs.com',
  intl: 'https://1493622401794734.mns.ap-southeast-1.aliyuncs.com',
}

/** A queue by its name, and where it is kept. */
type Queue = Pick<ReceiptQueue, 'queue' | 'isIntl'>

/** Of one answer (help.aliyun.com, BatchReceiveMessage, BatchDeleteMessage). */
const MOST_MESSAGES = 16

const VERSION = '2015-06-06'
const XML = 'text/xml;charset=UTF-8'

/** Keys are asked for anew so long before they are over, as the vendor's own clients do. */
const EARLY_MS = 120_000

/** How long keys are believed to hold whose end cannot be read. */
const BELIEVED_MS = 600_000

/** Keys for one queue. */
export interface QueueKeys extends AliyunKey {
  /** From then on they are not used any more. */
  until: Instant
}

export interface QueuedMessage {
  /** As the vendor's JSON has it. */
  text: string
  /** By which it is deleted, until it becomes visible again. */
  handle: string
}

export interface QueueIo {
  fetch: typeof fetch
  env: Record<string, string | undefined>
  now(): Instant
  signal: AbortSignal
}

/** What the vendor refused, by its code; HTTP and the status where an answer has none. */
export class QueueRefusal extends Error {
  readonly code: string

  constructor(action: string, code: string) {
    super(`${action}: ${code}`)
    this.name = 'QueueRefusal'
    this.code = code
  }
}

/** QueryTokenForMnsQueue: keys for one queue, by a key of the account. The queue's name ends with the type of its messages. */
export async function queueKeys(of: Queue, key: AliyunKey, io: QueueIo): Promise<QueueKeys> {
  const { queue } = of
  const parameters = { MessageType: queue.slice(queue.lastIndexOf('-') + 1), QueueName: queue }
  const request = {
    url: new URL('/', addressOf(DYBASE, of, io)),
    action: 'QueryTokenForMnsQueue',
    version: '2017-05-25',
  }
  const { url, headers } = signedRpc({ ...request, parameters }, key, io.now(), randomUUID())
  const response = await io.fetch(url, { method: 'POST', headers, redirect: 'manual', signal: io.signal })
  const { Code, MessageTokenDTO } = Object(jsonIn(await response.text()))
  const { AccessKeyId, AccessKeySecret, SecurityToken, ExpireTime } = Object(MessageTokenDTO)
  if (Code !== 'OK' || !AccessKeyId || !AccessKeySecret || !SecurityToken)
    throw new QueueRefusal(request.action, Code ? String(Code) : `HTTP ${response.status}`)
  // Beijing's time, without a zone.
  const end = Date.parse(`${String(ExpireTime).replace(' ', 'T')}+08:00`)
  return {
    accessKeyId: String(AccessKeyId),
    accessKeySecret: String(AccessKeySecret),
    securityToken: String(SecurityToken),
    until: Number.isNaN(end) ? io.now() + BELIEVED_MS : end - EARLY_MS,
  }
}

/** BatchReceiveMessage: the messages of a queue, for which the vendor waits up to `waitS`; none if none came. */
export async function receive(of: Queue, waitS: number, keys: AliyunKey, io: QueueIo): Promise<QueuedMessage[]> {
  const resource = `/queues/${of.queue}/messages?numOfMessages=${MOST_MESSAGES}&waitseconds=${waitS}`
  const { status, text } = await ask('GET', { ...of, resource }, undefined, keys, io)
  if (status === 200) return messagesIn(text)
  const code = codeIn(text) ?? `HTTP ${status}`
  if (code === 'MessageNotExist') return []
  throw new QueueRefusal('BatchReceiveMessage', code)
}

/** BatchDeleteMessage: what has been taken. One whose time is over comes again. */
export async function remove(of: Queue, handles: string[], keys: AliyunKey, io: QueueIo): Promise<void> {
  const all = handles.map((handle) => `<ReceiptHandle>${escaped(handle)}</ReceiptHandle>`).join('')
  const body = `<?xml version="1.0" encoding="UTF-8"?><ReceiptHandles xmlns="http://mns.aliyuncs.com/doc/v1/">${all}</ReceiptHandles>`
  const { status, text } = await ask('DELETE', { ...of, resource: `/queues/${of.queue}/messages` }, body, keys, io)
  if (status !== 204) throw new QueueRefusal('BatchDeleteMessage', codeIn(text) ?? `HTTP ${status}`)
}

async function ask(
  method: 'GET' | 'DELETE',
  { resource, ...of }: Queue & { resource: string },
  body: string | undefined,
  keys: AliyunKey,
  io: QueueIo,
) {
  const url = `${addressOf(MNS, of, io).origin}${resource}`
  const headers = signedMns(method, resource, keys, io.now())
  const response = await io.fetch(url, { method, headers, body: body ?? null, redirect: 'manual', signal: io.signal })
  return { status: response.status, text: await response.text() }
}

/**
 * The headers of a request to MNS, signed: HMAC-SHA1 over method, MD5 (left out), type, date, the headers `x-mns-`, and path with query
 * (aliyun/aliyun-mns-python-sdk, `get_signature`; aliyun/aliyun-mns-java-sdk, `ServiceSignatureTest` has the vectors).
 */
export function signedMns(
  method: string,
  resource: string,
  { accessKeyId, accessKeySecret, securityToken }: AliyunKey,
  now: Instant,
): Record<string, string> {
  const date = new Date(now).toUTCString()
  const toSign = [method, '', XML, date, `x-mns-version:${VERSION}`, resource].join('\n')
  const signature = createHmac('sha1', accessKeySecret).update(toSign).digest('base64')
  return {
    'content-type': XML,
    date,
    'x-mns-version': VERSION,
    ...(securityToken === undefined ? {} : { 'security-token': securityToken }),
    authorization: `MNS ${accessKeyId}:${signature}`,
  }
}

function messagesIn(xml: string): QueuedMessage[] {
  return [...xml.matchAll(/<Message>(.*?)<\/Message>/gs)].flatMap(([, message = '']) => {
    const [body, handle] = [fieldIn(message, 'MessageBody'), fieldIn(message, 'ReceiptHandle')]
    return body === undefined || handle === undefined ? [] : [{ text: decoded(body), handle }]
  })
}

/** The vendor's clients write a body as base64; one that is JSON as it stands is taken, too. */
function decoded(body: string): string {
  return jsonIn(body) === undefined ? Buffer.from(body, 'base64').toString() : body
}

function codeIn(xml: string): string | undefined {
  return fieldIn(xml, 'Code')
}

function fieldIn(xml: string, name: string): string | undefined {
  const [, text] = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml) ?? []
  return text === undefined ? undefined : unescaped(text.trim())
}

const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' }

function unescaped(text: string): string {
  return text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => entities[entity as keyof typeof entities])
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function addressOf({ variable, base, intl }: typeof MNS, { isIntl }: Queue, { env }: QueueIo): URL {
  return new URL(env[variable] || (isIntl ? intl : base))
}
