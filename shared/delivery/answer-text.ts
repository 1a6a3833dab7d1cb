import { ANSWER_MS, type Delivery } from '../channels/channel.ts'
import type { Failure } from '../contracts/failure.ts'
import type { AnswerMessage } from '../contracts/step.ts'
import { directoryOf } from '../oncall/owner.ts'
import type { StoreIo } from '../store/io.ts'
import { addressed } from './addressed.ts'
import { deliveryLevels } from './log-levels.ts'
import { channelIo, type GatewayDeps } from './vendors.ts'

/**
 * Tells whoever acted by a text what came of it, by the routes of texts to their number in their order: the next after a definite refusal
 * alone. What is put off is not sent later: by then its sender has seen for themselves. Rejects when the directory does.
 */
export async function answerText(message: AnswerMessage, deps: GatewayDeps, io: StoreIo): Promise<Delivery> {
  const { project, contact, answer } = message
  const { contacts } = await directoryOf(project, deps.config, deps.directory)
  const { timezone } = deps.config
  const language = contacts[contact]?.language ?? deps.config.language
  const post = await addressed({ contact, channel: 'sms' }, project, deps)
  const ways = 'failure' in post ? [] : [post, ...(post.others ?? [])]
  let delivery: Delivery = { status: 'failed', failure: 'failure' in post ? post.failure : NO_ROUTE }
  for (const { channel, target, settings } of ways) {
    if (channel.answer === undefined) continue
    const answering = { answer, language, timezone }
    delivery = await channel.answer(answering, target, settings, channelIo(channel.type, deps, io, ANSWER_MS))
    if (delivery.status === 'sent' || delivery.status === 'unknown') break
  }
  io.log({ level: deliveryLevels[delivery.status], event: 'answer', project, contact, result: answer.result, delivery })
  return delivery
}

const NO_ROUTE: Failure = { class: 'no-route' }
