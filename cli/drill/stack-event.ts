import type { SentMessage, StackEvent } from '../../local/journal.ts'
import type { NoticeKind } from '../../shared/incidents/notice.ts'
import { smsTemplates } from '../../shared/messages/sms.ts'
import { words } from '../../shared/messages/words.ts'
import { language } from './files.ts'
import type { StageEvent } from './stage.ts'

/** What an event of the local stack means for a rehearsal; undefined for what means nothing to it. */
export function stageEventOf(event: StackEvent): StageEvent | undefined {
  switch (event.type) {
    case 'message':
      return messageOf(event.message)
    case 'call':
      return callOf(event)
    case 'failed':
      return { type: 'trouble', at: event.at, text: `${event.function} failed: ${reasonOf(event.error)}` }
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
      return { type: 'trouble', at, text: `the call of ${event.call.to}: ${event.reason}` }
    case 'refused':
      return { type: 'trouble', at, text: `Connect refused ${event.operation}: ${event.code} ${event.message}` }
    case 'event-lost':
      return { type: 'trouble', at, text: `a contact event was lost: ${event.reason}` }
    default:
      return undefined
  }
}

function of({ contactId, to }: { contactId: string; to: string }): { call: string; phone: string } {
  return { call: contactId, phone: to }
}

function messageOf(message: SentMessage): StageEvent {
  const { at, to, refused, channel } = message
  if (refused !== undefined) return { type: 'trouble', at, text: `${channel} refused a message: ${refused}` }
  return { type: 'message', at, channel, ...(to !== undefined && { to }), what: whatOf(message) }
}

/** Which state change a message tells, by the words that its head has. */
function whatOf({ channel, text }: SentMessage): NoticeKind {
  const say = words[language]
  if (channel === 'sms') return isResolved(text) ? 'resolved' : 'page'
  const [head = ''] = text.split('\n')
  if (head.includes(say.recovered)) return 'resolved'
  if (head.includes(say.nobodyAcknowledged)) return 'exhausted'
  if (head.includes(say.escalated)) return 'escalated'
  if (head.includes(say.acknowledged('', ''))) return 'acknowledged'
  return channel === 'email' ? 'page' : 'opened'
}

/** An approved template has a language of its own. */
function isResolved(text: string): boolean {
  return Object.values(smsTemplates).some(({ resolved }) => text.includes(opening(resolved)))
}

/** A template's text before its first variable. */
function opening(template: string): string {
  return template.slice(0, template.indexOf('{'))
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
