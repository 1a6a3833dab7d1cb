import { meaningOf } from '../contracts/vendor-errors.ts'
import { asWritten } from '../contracts/words.ts'
import type { Channel } from './channel.ts'
import type { DiagnoseIo, Diagnosis } from './diagnosis.ts'
import type { Found } from './finding.ts'
import { quotation, quoted } from './network.ts'
import { JSON_TYPE, type Post } from './post.ts'
import type { RobotAnswer } from './robot.ts'
import { found } from './robot-findings.ts'

/** Like a request of `post`. */
type Nonsense = Pick<Post, 'url' | 'body' | 'headers'>

/** How a robot is asked for its key. */
export interface RobotQuestion<Settings> extends Pick<Channel<Settings>, 'errors' | 'limits'> {
  /** A post that no robot of the vendor's takes, so that nothing appears in the group. */
  nonsense(settings: Settings, io: Pick<DiagnoseIo, 'now' | 'env'>): Nonsense
  answerOf(answer: unknown): RobotAnswer | undefined
}

/** Whether a robot's key is good, from the code with which it refuses a nonsense message. */
export function diagnosisOf<Settings>(question: RobotQuestion<Settings>): Diagnosis<Settings> {
  return {
    diagnose: ({ name, settings }, io) => [
      { subject: asWritten(name), ask: async (signal) => askRobot(await settings(), question, io, signal) },
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
  const { url, body, headers = JSON_TYPE } = nonsense(settings, io)
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const request = { method: 'POST', headers, body: text, redirect: 'manual', signal } as const
  const response = await io.fetch(url, request)
  const answer = answerOf(await response.json().catch(() => undefined))
  if (answer === undefined) return found('no-answer', response.status)
  if (answer.code === 0) return found('took-nonsense')
  return foundBy(answer, question)
}

function foundBy({ code, words }: RobotAnswer, { errors, limits }: Pick<Channel<unknown>, 'errors' | 'limits'>): Found {
  const said = quotation(words)
  const meaning = meaningOf(errors, String(code), said.said)
  const { class: means = 'refused', afterMs = 0, remedy } = meaning ?? {}
  switch (means) {
    case 'bad-request':
      return found('good')
    case 'no-keyword':
      return found('asks-keyword', remedy)
    case 'rate-limited':
      return found('too-many', limits.perMinute, Math.max(1, Math.ceil(afterMs / 60_000)))
    default: {
      if (remedy === undefined) return found('other-answer', code, quoted(words))
      // Whoever asks has another address than the functions.
      const how = means === 'our-address' ? 'refused-here' : 'refused'
      return found(how, { class: means, code: String(code), ...said }, remedy)
    }
  }
}
