import { type QueueIo, type QueueKeys, QueueRefusal, queueKeys, receive, remove } from '../../clouds/aliyun/mns.ts'
import type { AliyunKey } from '../../clouds/aliyun/rpc.ts'
import { jsonIn } from '../../contracts/json-in.ts'
import type { LogEntry } from '../../contracts/log-entry.ts'
import { SECOND_MS } from '../../contracts/milliseconds.ts'
import type { ReceiptQueue } from '../../contracts/receipt-queue.ts'
import type { Instant } from '../../contracts/words.ts'

/** The vendor holds a request open for so long at most (help.aliyun.com, CreateQueue, PollingWaitSeconds: 0 to 30). */
const WAIT_S = 20

/** After trouble a queue is left alone for so long, ms. */
const PAUSE_MS = 3_000

/** The time for whatever is done beside waiting, ms. */
const MARGIN_MS = 5_000

/** `acknowledge` writes a few items for each receipt. */
const POST_MS = 10_000

/** The codes by which MNS takes keys no more, before their time. */
const KEYS_OVER = ['AccessDenied', 'InvalidAccessKeyId', 'InvalidSecurityToken', 'SecurityTokenExpired']

export interface PollIo extends Omit<QueueIo, 'signal'> {
  /** Of the account, or of a role in it. */
  key: AliyunKey
  wait(ms: number): Promise<void>
  log(entry: LogEntry): void
  /** Keys of queues, kept from one run to the next. */
  kept: Map<string, QueueKeys>
}

/**
 * Reads the vendor's queues until `deadline` and hands what is in them to `acknowledge`, as if the vendor had posted it. A message is deleted
 * once that has taken it: what is not comes again, and what comes twice does no harm. Never rejects; trouble of one queue holds up no other.
 */
export async function pollReceipts(queues: readonly ReceiptQueue[], deadline: Instant, io: PollIo): Promise<void> {
  await Promise.all(queues.map((queue) => pollQueue(queue, deadline, io)))
}

async function pollQueue(of: ReceiptQueue, deadline: Instant, io: PollIo): Promise<void> {
  while (io.now() + MARGIN_MS + SECOND_MS <= deadline) {
    const isWell = await onePoll(of, deadline, io).catch((error: unknown) => {
      if (error instanceof QueueRefusal && KEYS_OVER.includes(error.code)) io.kept.delete(of.queue)
      io.log({ level: 'error', event: 'receipt queue', queue: of.queue, error: String(error) })
      return false
    })
    if (!isWell) await io.wait(PAUSE_MS)
  }
}

/** False: to be left alone for a while. */
async function onePoll(of: ReceiptQueue, deadline: Instant, io: PollIo): Promise<boolean> {
  const askedAt = io.now()
  const waitS = Math.min(WAIT_S, Math.floor((deadline - MARGIN_MS - askedAt) / SECOND_MS))
  const within = { ...io, signal: AbortSignal.timeout(waitS * SECOND_MS + MARGIN_MS) }
  const keys = await keysOf(of, within)
  const messages = await receive(of, waitS, keys, within)
  // One that answers at once would be asked as fast as the line is.
  if (messages.length === 0) return io.now() - askedAt >= SECOND_MS
  const status = await hand(
    messages.flatMap(({ text }) => jsonIn(text) ?? []),
    of,
    io,
  )
  io.log({
    level: status === 200 ? 'info' : 'error',
    event: 'receipts handed on',
    queue: of.queue,
    messages: messages.length,
    status,
  })
  if (status !== 200) return false
  const handles = messages.map(({ handle }) => handle)
  await remove(of, handles, keys, { ...io, signal: AbortSignal.timeout(MARGIN_MS) })
  return true
}

/** As the vendor's own push: several in one array. */
async function hand(receipts: unknown[], { to }: ReceiptQueue, { fetch }: PollIo): Promise<number> {
  const response = await fetch(to, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(receipts),
    redirect: 'manual',
    signal: AbortSignal.timeout(POST_MS),
  })
  await response.text()
  return response.status
}

async function keysOf(of: ReceiptQueue, io: QueueIo & PollIo): Promise<QueueKeys> {
  const kept = io.kept.get(of.queue)
  if (kept !== undefined && kept.until > io.now()) return kept
  const fresh = await queueKeys(of, io.key, io)
  io.kept.set(of.queue, fresh)
  return fresh
}
