import type { TextReceipts, TextReply } from '../../channels/receipts/text-receipts.ts'
import { jsonIn } from '../../contracts/json-in.ts'
import { maskPhone } from '../../oncall/mask.ts'
import type { EngineIo } from '../io.ts'
import { MOST_CHARACTERS } from './take-receipts.ts'
import { type ReplyDeps, takeReply } from './take-reply.ts'

/**
 * Takes the body of a vendor's post if it brings people's own texts; `none`: it brings something else. Never rejects. `unavailable`: trouble
 * of ours, the vendor is to post it again.
 */
export async function takePostedReplies(
  body: string,
  { vendor, readReplies }: Pick<TextReceipts, 'vendor' | 'readReplies'>,
  deps: ReplyDeps,
  io: EngineIo,
): Promise<'none' | 'taken' | 'unavailable'> {
  try {
    const replies = body.length > MOST_CHARACTERS ? undefined : readReplies?.(jsonIn(body))
    if (replies === undefined) return 'none'
    await takeTextReplies(replies, deps, io)
    return 'taken'
  } catch (error) {
    io.log({ level: 'error', event: 'reply by text', vendor, error: String(error) })
    return 'unavailable'
  }
}

/**
 * Does what people ask for by texts of their own, and leaves it to `page` to tell them what came of it. A number that is no contact's gets
 * no answer: texts cost, and anybody could have us send them. Nor does what asks for nothing: a phone that answers texts by itself would be
 * answered for ever. Rejects when a table or the queue does: then the vendor brings them again.
 */
export async function takeTextReplies(replies: TextReply[], deps: ReplyDeps, io: EngineIo): Promise<void> {
  for (const { phone: id, ...reply } of replies) {
    const { answer, writer } = await takeReply({ key: 'phone', id, ...reply }, deps, io)
    const { result } = answer
    io.log({ level: writer ? 'info' : 'warn', event: 'reply by text', from: maskPhone(id), result })
    if (writer === undefined || result === 'unclear') continue
    const { project, by } = writer
    await io.escalate({ v: 1, kind: 'answer', project, contact: by.contact, answer }, 0)
  }
}
