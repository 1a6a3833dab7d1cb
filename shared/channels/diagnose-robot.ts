import { meaningOf } from '../contracts/vendor-errors.ts'
import { failureText } from '../messages/failure.ts'
import type { Channel } from './channel.ts'
import type { DiagnoseIo, Diagnosis } from './diagnosis.ts'
import { type Found, fault, ok, skipped, warning } from './finding.ts'
import { quotation, quoted } from './network.ts'
import type { RobotAnswer } from './robot.ts'

/** How a robot is asked for its key. */
export interface RobotQuestion<Settings> extends Pick<Channel<Settings>, 'errors' | 'limits'> {
  /** A post that no robot of the vendor's takes, so that nothing appears in the group. */
  nonsense(settings: Settings, io: Pick<DiagnoseIo, 'now' | 'env'>): { url: string; body: unknown }
  answerOf(answer: unknown): RobotAnswer | undefined
}

/** Whether a robot's key is good, from the code with which it refuses a nonsense message. */
export function diagnosisOf<Settings>(question: RobotQuestion<Settings>): Diagnosis<Settings> {
  return {
    diagnose: ({ name, settings }, io) => [
      { subject: name, look: async (signal) => askRobot(await settings(), question, io, signal) },
    ],
  }
}

/** Whether one robot's key is good. */
export async function askRobot<Settings>(
  settings: Settings,
  question: RobotQuestion<Settings>,
  io: DiagnoseIo,
  signal: AbortSignal,
): Promise<Found> {
  const { nonsense, answerOf } = question
  const { url, body } = nonsense(settings, io)
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  const request = { method: 'POST', headers, body: JSON.stringify(body), redirect: 'manual', signal } as const
  const response = await io.fetch(url, request)
  const answer = answerOf(await response.json().catch(() => undefined))
  if (answer?.code === 0)
    return warning(
      {
        en: 'it took a nonsense message: what the group saw is not known',
        zh: '它收下了一条无意义的消息：群里看到了什么不得而知',
      },
      { en: 'look into the group', zh: '看一眼群里' },
    )
  const found = answer && foundBy(answer, question)
  if (found !== undefined) return found
  const said = answer ? `${answer.code} ${quoted(answer.words)}` : `HTTP ${response.status}, no answer of a robot`
  return warning(
    { en: `can't tell: ${said}`, zh: `说不准：${said}` },
    { en: 'bin/fenghuo.js page --test shows whether it posts', zh: 'bin/fenghuo.js page --test 可以看出它能不能发' },
  )
}

/** Undefined: nothing can be told by that answer. */
function foundBy({ code, words }: RobotAnswer, { errors, limits }: Pick<Channel<unknown>, 'errors' | 'limits'>) {
  const said = quotation(words)
  const meaning = meaningOf(errors, String(code), said.said)
  const { class: means = 'refused', afterMs = 0, remedy } = meaning ?? {}
  switch (means) {
    case 'bad-request':
      return ok({
        en: 'the key is good: inferred from how a nonsense message was refused, nothing was posted',
        zh: '密钥有效：由一条无意义的消息被拒绝的方式推断，没有发出任何东西',
      })
    case 'no-keyword':
      return skipped(
        'token and signature were taken, and a keyword asked for: inferred, nothing was posted',
        remedy?.en,
      )
    case 'rate-limited': {
      const minutes = Math.ceil(afterMs / 60_000)
      const again = minutes === 1 ? 'a minute' : `${minutes} minutes`
      return warning(`over ${limits.perMinute} posts a minute: nothing else can be told`, `look again in ${again}`)
    }
    default: {
      if (remedy === undefined) return undefined
      const told = failureText({ class: means, code: String(code), ...said }, 'en')
      // Whoever asks has another address than the functions.
      return means === 'our-address' ? warning(told, remedy.en) : fault(told, remedy.en)
    }
  }
}
