import { jsonIn } from '../../contracts/json-in.ts'
import { isSameSecret } from '../../contracts/same-secret.ts'
import { cardActs, type PressResult, pressedText } from '../../messages/card.ts'
import { type CallbackReader, FORBIDDEN, NOTHING } from '../callback.ts'
import { pressName } from './press-name.ts'

/** What is worth an alert that has to be closed: nothing came of the press. */
const inVain: PressResult['result'][] = ['over', 'unknown', 'expired', 'nobody']

/**
 * Presses on a bot's buttons (core.telegram.org/bots/api, Update, CallbackQuery). The answer to the request is a call of a method itself
 * ("Making requests when getting updates"): it shows whoever pressed, and nobody else, what became of it.
 */
export const telegramCallback: CallbackReader<{ webhookSecret: string }> = {
  addressKey: 'telegram',
  read({ method, headers, body }, { webhookSecret }) {
    const shown = headers['x-telegram-bot-api-secret-token'] ?? ''
    if (method !== 'POST' || !isSameSecret(shown, webhookSecret)) return FORBIDDEN
    const { callback_query: query } = Object(jsonIn(body))
    const { id: once, from, data } = Object(query)
    const { id: user, username } = Object(from)
    const [, what, key = ''] = /^(\w+):([0-9a-f]{16})$/.exec(String(data)) ?? []
    const act = cardActs.find((one) => one === what)
    if (act === undefined || typeof once !== 'string' || typeof user !== 'number') return NOTHING
    return {
      kept: pressName(key),
      act,
      id: typeof username === 'string' ? username : '',
      otherId: String(user),
      once,
      answer: (result, language) => ({
        status: 200,
        type: 'application/json',
        body: JSON.stringify({
          method: 'answerCallbackQuery',
          callback_query_id: once,
          text: pressedText(result, language),
          show_alert: inVain.includes(result.result),
        }),
      }),
    }
  },
}
