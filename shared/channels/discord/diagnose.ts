import { diagnosisOf } from '../diagnoses/diagnose-robot.ts'
import { baseUrl } from '../references.ts'
import { errors, limits, url } from './discord.sender.ts'
import type { Settings } from './settings.ts'

/** Asks for the webhook itself, which nobody in the channel sees (discord.com/developers/docs, Get Webhook with Token). */
export const { diagnose } = diagnosisOf<Settings>({
  errors,
  limits,
  isTold: true,
  nonsense: ({ hook }, { env }) => ({
    method: 'GET',
    url: `${baseUrl(url, env)}/api/webhooks/${hook}`,
    body: undefined,
  }),
  answerOf(answer, _text, status) {
    const { id, code = status, message } = Object(answer)
    if (status === 200) return typeof id === 'string' ? { code: 0, words: undefined } : undefined
    return { code, words: message }
  },
})
