import type { StoreIo } from '../store/io.ts'
import { answerPress } from './answer-press.ts'
import { answerText } from './answer-text.ts'
import { receiptOf } from './ask-for-receipt.ts'
import type { Gateway } from './gateway.ts'
import { dial } from './place-call.ts'
import { postFirst, turnOf } from './recipient-queue/post.ts'
import { notices } from './send-notice.ts'
import { stop } from './stop-call.ts'
import type { GatewayDeps } from './vendors.ts'

/** The gateway: what the engine decides is carried out here, by the channels and voice routes that are configured. */
export function vendorGateway(deps: GatewayDeps): (io: StoreIo) => Gateway {
  return (io) => ({
    ...notices(deps, io),
    dial: (effect, uncertain) => dial(effect, uncertain, deps, io),
    turn: (seq) => turnOf(seq, deps, io),
    post: (queue, uncertain) => postFirst(queue, uncertain, deps, io),
    answer: (message) => answerText(message, deps, io),
    answerPress: (answer) => answerPress(answer, deps, io),
    // Nobody who pages waits for it.
    subscriber: async (message) => (await import('./tell-subscriber.ts')).tellSubscriber(message, deps, io),
    letter: async (message) => (await import('./send-letter.ts')).sendLetter(message, deps, io),
    receipt: (text) => receiptOf(text, deps, io),
    stop: (effect, tries) => stop(effect, tries, deps, io),
  })
}
