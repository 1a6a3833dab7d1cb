import { diagnosisOf } from '../diagnoses/diagnose-robot.ts'
import { baseUrl } from '../references.ts'
import type { Settings } from './settings.ts'
import { errors, limits, url } from './telegram.sender.ts'

/**
 * Asks for the group as the bot: the token is good, and the bot knows the group (core.telegram.org/bots/api, getChat). Whether it is in one
 * that is written by its public name is not said there.
 */
export const { diagnose } = diagnosisOf<Settings>({
  errors,
  limits,
  isTold: true,
  nonsense: ({ token, chat }, { env }) => ({
    url: `${baseUrl(url, env)}/bot${token}/getChat`,
    body: { chat_id: chat },
  }),
  answerOf(answer) {
    const { ok, error_code: code, description } = Object(answer)
    if (ok === true) return { code: 0, words: undefined }
    return typeof code === 'number' ? { code, words: description } : undefined
  },
})
