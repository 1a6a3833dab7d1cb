import { createHmac } from 'node:crypto'
import { isSameSecret } from '../../contracts/same-secret.ts'
import { cardActs } from '../../messages/card.ts'
import { type CallbackReader, FORBIDDEN, NOTHING } from '../callback.ts'

/** Older requests may be somebody's recording (api.slack.com, Verifying requests from Slack). */
const FRESH_S = 5 * 60

/**
 * Presses on the app's buttons. Slack wants an empty 200 within 3 s: what became of it is told to whoever pressed by a message that they alone
 * see, and the card is changed when the acknowledgement is told.
 */
export const slackCallback: CallbackReader<{ signingSecret: string }> = {
  addressKey: 'slack',
  read({ headers, body }, { signingSecret }, now) {
    const at = headers['x-slack-request-timestamp'] ?? ''
    const wanted = `v0=${createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex')}`
    const isFresh = /^\d+$/.test(at) && Math.abs(now / 1000 - Number(at)) <= FRESH_S
    if (!isFresh || !isSameSecret(headers['x-slack-signature'] ?? '', wanted)) return FORBIDDEN
    const { type, user, actions } = payloadOf(body)
    const { action_id: action, value, action_ts: once } = Object(actions?.[0])
    const { id } = Object(user)
    const act = cardActs.find((one) => one === action)
    if (type !== 'block_actions' || act === undefined) return NOTHING
    if (typeof id !== 'string' || typeof value !== 'string') return NOTHING
    return { token: value, act, id, ...(typeof once === 'string' && { once }), answerTo: id, answer: () => NOTHING }
  },
}

function payloadOf(body: string): { type?: unknown; user?: unknown; actions?: unknown[] } {
  try {
    const { actions, ...payload } = Object(JSON.parse(new URLSearchParams(body).get('payload') ?? '{}'))
    return { ...payload, actions: Array.isArray(actions) ? actions : [] }
  } catch {
    return {}
  }
}
