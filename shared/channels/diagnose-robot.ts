import type { Channel } from './channel.ts'
import type { DiagnoseIo, Diagnosis } from './diagnosis.ts'
import { type Found, fault, ok, skipped, warning } from './finding.ts'
import { quoted } from './network.ts'
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

async function askRobot<Settings>(
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
    return warning('it took a nonsense message: what the group saw is not known', 'look into the group')
  const found = answer && meaningOf(answer, question)
  if (found !== undefined) return found
  const said = answer ? `${answer.code} ${quoted(answer.words)}` : `HTTP ${response.status}, no answer of a robot`
  return warning(`can't tell: ${said}`, 'bin/fenghuo.js page --test shows whether it posts')
}

const NEW_ROBOT = 'make a new robot, set its key where you deploy, and deploy'

function meaningOf(
  { code, words }: RobotAnswer,
  { errors, limits }: Pick<Channel<unknown>, 'errors' | 'limits'>,
): Found | undefined {
  const meaning = errors[code]
  switch (meaning?.class) {
    case 'bad-request':
      return ok('the key is good: inferred from how a nonsense message was refused, nothing was posted')
    case 'rate-limited': {
      const minutes = Math.ceil((meaning.afterMs ?? 0) / 60_000)
      const again = minutes === 1 ? 'a minute' : `${minutes} minutes`
      return warning(`over ${limits.perMinute} posts a minute: nothing else can be told`, `look again in ${again}`)
    }
    case 'no-such-sender':
      return fault(`${code}: there is no such robot`, NEW_ROBOT)
    case 'sender-disabled':
      return fault(`${code}: the robot is disabled`, 'enable it in the settings of its group')
    case 'recipient-gone':
      return fault(`${code}: the group is gone`, NEW_ROBOT)
    case 'security-setting':
      return security(code, quoted(words))
    default:
      return undefined
  }
}

/** Keyword, address or signature: only the words tell which. */
function security(code: number, words: string): Found {
  if (/key ?word/i.test(words))
    return skipped(
      'token and signature were taken, and a keyword asked for: inferred, nothing was posted',
      '烽火 is in every post: let it be the keyword',
    )
  if (/\bip\b/i.test(words))
    return warning(
      `${code}: takes posts from listed addresses only`,
      'the functions have no fixed address: use the signature instead',
    )
  return fault(
    `${code}: ${words || 'security setting'}`,
    'set the secret of its security setting "sign" where you deploy, and deploy',
  )
}
