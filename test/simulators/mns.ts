import { createHash, createHmac, randomUUID } from 'node:crypto'
import { acs3Fault } from './acs3.ts'
import { faultOf } from './failures.ts'
import {
  type ServerOptions,
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './server.ts'

// help.aliyun.com: BatchReceiveMessage, BatchDeleteMessage; the signature as aliyun-mns-java-sdk computes it.
const MOST = 16
const LONGEST_WAIT_S = 30
const CLOCK_MS = 15 * 60_000
/** How long what is received is hidden. */
const VISIBILITY_MS = 30_000
/** How long keys of a queue hold. */
const KEYS_MS = 3_600_000

export interface MnsOptions extends ServerOptions {
  accessKeyId: string
  accessKeySecret: string
  /** The account's queues. */
  queues: string[]
  now(): number
  /** Passes the time of a long poll that finds nothing. */
  waits?(seconds: number): void
}

export interface MnsSimulator extends VendorServer {
  /** Puts a message on a queue as the vendor does. */
  put(queue: string, message: unknown): void
  /** What is on a queue, hidden or not. */
  left(queue: string): number
  /** Ends the keys of all queues before their time. */
  revoke(): void
}

interface Kept {
  id: string
  text: string
  visibleAt: number
  handle?: string
}

/** Dybaseapi's QueryTokenForMnsQueue and the queues that its keys are for, both signatures recomputed. */
export async function startMnsSimulator(options: MnsOptions): Promise<MnsSimulator> {
  const { now } = options
  const nonces = new Set<string>()
  const queues = new Map(options.queues.map((name) => [name, [] as Kept[]]))
  const keys = new Map<string, { queue: string; secret: string; token: string; until: number }>()

  function issue(request: VendorRequest): VendorAnswer {
    const fault = acs3Fault(request, options, now(), nonces)
    if (fault) return { status: fault.status, body: { Code: fault.code, Message: fault.message } }
    const { params, headers } = request
    const queue = params.get('QueueName') ?? ''
    if (headers['x-acs-action'] !== 'QueryTokenForMnsQueue' || headers['x-acs-version'] !== '2017-05-25')
      return { status: 404, body: { Code: 'InvalidAction.NotFound', Message: 'not found' } }
    if (!queues.has(queue) || !queue.endsWith(`-${params.get('MessageType')}`))
      return { status: 200, body: { Code: 'isp.QUEUE_NOT_EXIST', Message: 'no such queue', RequestId: randomUUID() } }
    const one = { queue, secret: randomUUID(), token: `token-${keys.size}`, until: now() + KEYS_MS }
    const id = `STS.${keys.size}`
    keys.set(id, one)
    const beijing = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
    const MessageTokenDTO = {
      AccessKeyId: id,
      AccessKeySecret: one.secret,
      SecurityToken: one.token,
      CreateTime: beijing(now()),
      ExpireTime: beijing(one.until),
    }
    return { status: 200, body: { Code: 'OK', Message: 'OK', RequestId: randomUUID(), MessageTokenDTO } }
  }

  function signatureFault({ method, path, query, headers }: VendorRequest, queue: string): VendorAnswer | undefined {
    const [, id = '', signature] = /^MNS ([^:]+):(.+)$/.exec(headers.authorization ?? '') ?? []
    const known = keys.get(id)
    if (known === undefined) return refused(403, 'InvalidAccessKeyId')
    if (known.until <= now() || headers['security-token'] !== known.token) return refused(403, 'InvalidSecurityToken')
    if (known.queue !== queue) return refused(403, 'AccessDenied')
    const date = String(headers.date)
    if (!/^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/.test(date) || Math.abs(Date.parse(date) - now()) > CLOCK_MS)
      return refused(408, 'TimeExpired')
    const own = Object.keys(headers)
      .filter((name) => name.startsWith('x-mns-'))
      .sort()
    const lines = own.map((name) => `${name}:${headers[name]}\n`).join('')
    const type = headers['content-type'] ?? ''
    const toSign = `${method}\n${headers['content-md5'] ?? ''}\n${type}\n${date}\n${lines}${path}${query && `?${query}`}`
    if (createHmac('sha1', known.secret).update(toSign).digest('base64') !== signature)
      return refused(403, 'SignatureDoesNotMatch')
    return headers['x-mns-version'] === '2015-06-06' ? undefined : refused(400, 'InvalidArgument')
  }

  function receive({ params }: VendorRequest, queue: Kept[]): VendorAnswer {
    const [most, waitS] = [Number(params.get('numOfMessages')), Number(params.get('waitseconds'))]
    if (!(most >= 1 && most <= MOST && waitS >= 0 && waitS <= LONGEST_WAIT_S)) return refused(400, 'InvalidArgument')
    const visible = queue.filter(({ visibleAt }) => visibleAt <= now()).slice(0, most)
    if (visible.length === 0) {
      options.waits?.(waitS)
      return refused(404, 'MessageNotExist')
    }
    const messages = visible.map((kept) => {
      kept.visibleAt = now() + VISIBILITY_MS
      kept.handle = `1-${randomUUID()}`
      const body = Buffer.from(kept.text).toString('base64')
      const md5 = createHash('md5').update(body).digest('hex').toUpperCase()
      return `<Message><MessageId>${kept.id}</MessageId><ReceiptHandle>${kept.handle}</ReceiptHandle><MessageBodyMD5>${md5}</MessageBodyMD5><MessageBody>${body}</MessageBody><DequeueCount>1</DequeueCount></Message>`
    })
    return xml(200, `<Messages xmlns="http://mns.aliyuncs.com/doc/v1/">${messages.join('\n')}</Messages>`)
  }

  function remove({ body }: VendorRequest, name: string, queue: Kept[]): VendorAnswer {
    const handles = [...body.toString().matchAll(/<ReceiptHandle>([^<]+)<\/ReceiptHandle>/g)].map(([, one]) => one)
    if (handles.length < 1 || handles.length > MOST) return refused(400, 'InvalidArgument')
    const isGood = handles.every((handle) => queue.some((kept) => kept.handle === handle && kept.visibleAt > now()))
    if (!isGood) return refused(400, 'ReceiptHandleError')
    queues.set(
      name,
      queue.filter(({ handle }) => !handles.includes(handle)),
    )
    return { status: 204, body: Buffer.alloc(0) }
  }

  const server = await startVendorServer(
    {
      operation: ({ method, path }) => (path === '/' ? 'token' : method === 'GET' ? 'receive' : 'delete'),
      answer(request) {
        if (request.path === '/') return issue(request)
        const [, name = ''] = /^\/queues\/([\w-]+)\/messages$/.exec(request.path) ?? []
        const fault = signatureFault(request, name)
        if (fault) return fault
        const queue = queues.get(name)
        if (queue === undefined) return refused(404, 'QueueNotExist')
        if (request.method === 'GET') return receive(request, queue)
        return request.method === 'DELETE' ? remove(request, name, queue) : refused(405, 'InvalidArgument')
      },
      refuse: (failure) => refused(403, String(faultOf(failure, { code: 'InternalError', message: '' }).code)),
    },
    options,
  )
  return Object.assign(server, {
    put: (queue: string, message: unknown) =>
      queues.get(queue)?.push({
        id: randomUUID(),
        text: typeof message === 'string' ? message : JSON.stringify(message),
        visibleAt: 0,
      }),
    left: (queue: string) => queues.get(queue)?.length ?? 0,
    revoke: () => keys.clear(),
  }) as MnsSimulator
}

function xml(status: number, text: string): VendorAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body: Buffer.from(`<?xml version="1.0"?>\n${text}`) }
}

function refused(status: number, code: string): VendorAnswer {
  return xml(
    status,
    `<Error xmlns="http://mns.aliyuncs.com/doc/v1/"><Code>${code}</Code><Message>no</Message><RequestId>${randomUUID()}</RequestId></Error>`,
  )
}
