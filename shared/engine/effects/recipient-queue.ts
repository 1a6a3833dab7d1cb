import type { RecipientQueue, RecipientQueueEffect, RecipientQueueEvent } from '../../delivery/recipient-queue/queue.ts'
import { reserveWindow } from '../../delivery/recipient-queue/rate-window.ts'
import { parseReference } from '../../incidents/reference.ts'
import { gatewayOf, invocationOf, MAX_DELAY_MS } from '../io.ts'
import type { Dispatching } from './dispatchers.ts'
import type { Effects } from './table.ts'

/** The effects of a recipient's queue. */
export const recipientQueueEffects: Effects<RecipientQueueEffect, RecipientQueue, RecipientQueueEvent, Dispatching> = {
  turn: {
    order: 'beside',
    carriedBy: 'anybody',
    async deliver({ recipient, pace, seq, at }, _, __, { io }) {
      const delayMs = Math.max(0, at - io.now())
      // Beyond the queue's longest delay watch sends the message when the time comes.
      if (delayMs <= MAX_DELAY_MS) await io.escalate({ v: 1, kind: 'post', recipient, seq }, delayMs)
      // Without them others may post around the queue, which then takes what is left.
      await reserveWindow(recipient, pace, at, io).catch(invocationOf(io).failed)
      return { status: 'done' }
    },
  },
  post: {
    order: 'beside',
    carriedBy: 'gateway',
    deliver: async (_, { uncertain }, queue, { io }) => gatewayOf(io).post(queue, uncertain > 0),
  },
  outcome: {
    order: 'beside',
    carriedBy: 'anybody',
    async deliver({ type: _, ...outcome }, __, ___, { io, dispatchToIncident }) {
      const { generation: _generation, ...of } = parseReference(outcome.effect.incident)
      await dispatchToIncident(of, { event: { type: 'delivered', ...outcome } }, io)
      return { status: 'done' }
    },
  },
}
