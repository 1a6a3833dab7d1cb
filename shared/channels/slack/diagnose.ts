import { asWritten } from '../../contracts/words.ts'
import { askRobot, type RobotQuestion } from '../diagnoses/diagnose-robot.ts'
import type { Diagnosis } from '../diagnoses/diagnosis.ts'
import { hookUrl, methodUrl } from './call.ts'
import { errors } from './errors.ts'
import type { Settings } from './settings.ts'
import { limits } from './slack.sender.ts'

/** A webhook refuses a post without a text by the word for that, or by the word for what it is itself. */
const hook: RobotQuestion<Settings> = {
  errors,
  limits,
  nonsense: ({ hook = '' }, io) => ({ url: hookUrl(hook, io), body: {} }),
  answerOf(_answer, text, status) {
    if (status === 200) return { code: 0, words: undefined }
    return /^[a-z_]+$/.test(text.trim()) ? { code: text.trim(), words: undefined } : undefined
  },
}

/** auth.test: whose token it is, for which no scope is asked. */
const app: RobotQuestion<Settings> = {
  errors,
  limits,
  isTold: true,
  nonsense: ({ token = '' }, io) => ({
    url: methodUrl('auth.test', io),
    headers: { authorization: `Bearer ${token}` },
    body: undefined,
  }),
  answerOf(answer) {
    const { ok, error } = Object(answer)
    if (ok === true) return { code: 0, words: undefined }
    return typeof error === 'string' ? { code: error, words: undefined } : undefined
  },
}

/** Whether the webhook, or the app's token, is good. */
export const diagnose: Diagnosis<Settings>['diagnose'] = ({ name, settings }, io) => [
  {
    subject: asWritten(name),
    async ask(signal) {
      const config = await settings()
      return askRobot(config, config.hook === undefined ? app : hook, io, signal)
    },
  },
]
