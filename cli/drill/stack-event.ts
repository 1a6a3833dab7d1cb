import type { SentMessage, StackEvent } from '../../local/journal.ts'
import type { StageEvent } from './stage.ts'

/** What an event of the local stack means for a rehearsal; undefined for what means nothing to it. */
export function stageEventOf(event: StackEvent): StageEvent | undefined {
  switch (event.type) {
    case 'message':
      return arrivalOf(event.message)
    case 'notified':
      return { type: 'message', at: event.message.at, ...recipientOf(event.message), what: event.message.tells.kind }
    case 'call':
      return callOf(event)
    case 'failed':
      return {
        type: 'trouble',
        at: event.at,
        trouble: { of: 'function', name: event.function, reason: reasonOf(event.error) },
      }
    default:
      return undefined
  }
}

function callOf({ at, event }: Extract<StackEvent, { type: 'call' }>): StageEvent | undefined {
  switch (event.type) {
    case 'ring':
    case 'listening':
      return { type: event.type, at, ...of(event.call) }
    case 'key':
      return { type: 'key', at, key: event.key, ...of(event.call) }
    case 'disconnected':
      return { type: 'ended', at, reason: event.call.disconnectReason ?? 'unknown', ...of(event.call) }
    case 'lambda-failed':
    case 'flow-failed':
      return { type: 'trouble', at, trouble: { of: 'call', to: event.call.to, reason: event.reason } }
    case 'refused':
      return {
        type: 'trouble',
        at,
        trouble: { of: 'request', operation: event.operation, code: event.code, message: event.message },
      }
    case 'event-lost':
      return { type: 'trouble', at, trouble: { of: 'contact event', reason: event.reason } }
    default:
      return undefined
  }
}

function of({ contactId, to }: { contactId: string; to: string }): { call: string; phone: string } {
  return { call: contactId, phone: to }
}

function arrivalOf(message: SentMessage): StageEvent {
  const { at, refused, channel } = message
  if (refused !== undefined) return { type: 'trouble', at, trouble: { of: 'message', channel, reason: refused } }
  return { type: 'arrived', at, ...recipientOf(message) }
}

function recipientOf({ channel, to }: SentMessage): { channel: string; to?: string } {
  return to === undefined ? { channel } : { channel, to }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
