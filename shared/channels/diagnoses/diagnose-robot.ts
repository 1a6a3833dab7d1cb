import { jsonIn } from '../../contracts/json-in.ts'
import { meaningOf } from '../../contracts/vendor-errors.ts'
import { asWritten } from '../../contracts/words.ts'
import type { Channel } from '../channel.ts'
import { quotation, quoted } from '../network.ts'
import { JSON_TYPE, type Post } from '../post.ts'
import type { RobotAnswer } from '../robot.ts'
import type { DiagnoseIo, Diagnosis } from './diagnosis.ts'
import type { Found } from './finding.ts'
import { found } from './robot-findings.ts'

/** Like a request of `post`. */
type Nonsense = Pick<Post, 'url' | 'body' | 'headers' | 'method'>

/** How a robot is asked for its key. */
export interface RobotQuestion<Settings> extends Pick<Channel<Settings>, 'errors' | 'limits'> {
  /** A post that no robot of the vendor's takes, so that nothing appears in the group; or a question for the robot itself, where it `isTold`. */
  nonsense(settings: Settings, io: Pick<DiagnoseIo, 'now' | 'env'>): Nonsense
  isTold?: true
  /** What keeps one that is there from being heard, by what it says of itself; absent: nothing that it tells of. */
  mute?(answer: unknown): Found | undefined
  answerOf(answer: unknown, text: string, status: number): RobotAnswer | undefined
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
  const { nonsense, isTold, mute, answerOf } = question
  const { url, body, headers = JSON_TYPE, method = 'POST' } = nonsense(settings, io)
  const written = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  const request = {
    method,
    headers,
    ...(written !== undefined && { body: written }),
    redirect: 'manual',
    signal,
  } as const
  const response = await io.fetch(url, request)
  const text = await response.text()
  const told = jsonIn(text)
  const answer = answerOf(told, text, response.status)
  if (answer === undefined) return found('no-answer', response.status)
  if (answer.code === 0) return mute?.(told) ?? found(isTold ? 'there' : 'took-nonsense')
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
