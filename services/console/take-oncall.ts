import { OverrideRefusal } from '../../shared/engine/overrides/refusal.ts'
import { overrideWords } from '../../shared/messages/console/overrides.ts'
import { overrideRefusedText } from '../../shared/messages/override-refused.ts'
import { draftIn, FormMistake, type Taken, type Taking } from './oncall-taking.ts'
import { statusOf } from './override-status.ts'
import { overrideDoings } from './take-override.ts'
import { swapDoings } from './take-swap.ts'

const doings = { ...overrideDoings, ...swapDoings }

/**
 * Takes a form of the page of who is on call; undefined for what no form of ours sends. What is not done shows the page as it is now, says
 * why, and keeps what was written.
 */
export async function takeOnCall(form: URLSearchParams, taking: Taking): Promise<Taken | undefined> {
  const { language } = taking.view
  const say = overrideWords[language]
  const asked = form.get('do') ?? ''
  const doing = Object.hasOwn(doings, asked) ? doings[asked] : undefined
  if (doing === undefined) return undefined
  const bad = (text: string, status: 400 | 403 | 409 | 503): Taken => ({
    answer: { ...draftIn(form), notice: { text, tone: 'bad' } },
    status,
  })
  try {
    return await doing(form, taking)
  } catch (error) {
    if (error instanceof FormMistake) return bad(error.message, 400)
    if (error instanceof OverrideRefusal) {
      const first = error.other?.made === undefined ? '' : ` ${say.takeAwayFirst}`
      return bad(overrideRefusedText(error.why, language) + first, statusOf(error.code))
    }
    taking.io.log({ level: 'error', event: 'override not made', error: String(error) })
    return bad(say.failed, 503)
  }
}
