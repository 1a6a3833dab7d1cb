import { type Trial, trialOf } from '../../shared/ingest/trial.ts'
import type { ConsoleDeps } from './deps.ts'
import type { inboundGuides } from './inbound-guides.data.ts'

export type InboundGuide = (typeof inboundGuides)[number]

/** Two are sent, one after the other, within the function's time, ms. */
const TRY_MS = 3_500

/** Of an answer that is no taking, so much is shown: it says why in its first words. */
const ANSWER_CHARACTERS = 300

/** Why no test can be sent from here. */
export function untried(guide: InboundGuide, project: { hasOptions: boolean }): 'noEnd' | 'signed' | undefined {
  if (guide.example === undefined) return 'noEnd'
  return guide.isSigned && project.hasOptions ? 'signed' : undefined
}

/** What became of a request: it was answered, or nobody knows. */
type Posted = { isTaken: boolean; status: number; answer: string } | { lost: string }

/** Sends a format's example, and what ends it: the answer that says how it went, and whether something may be open by it. */
export async function tryOut(
  guide: InboundGuide,
  { key, url, text }: { key: string; url: string; text: string },
  { fetch, io }: Pick<ConsoleDeps, 'fetch' | 'io'>,
): Promise<{ last: Posted; isOpen: boolean }> {
  const trial = (example: unknown) => trialOf(example, guide, { url, key, text, now: io().now() })
  const begun = await post(trial(guide.example?.body), fetch)
  const isRefused = 'status' in begun && !begun.isTaken
  if (isRefused || guide.example?.resolved === undefined) return { last: begun, isOpen: false }
  // One that nobody answered may have been taken all the same.
  const ended = await post(trial(guide.example.resolved), fetch)
  return { last: 'lost' in begun ? begun : ended, isOpen: 'lost' in ended || !ended.isTaken }
}

async function post({ url, body }: Trial, fetch: ConsoleDeps['fetch']): Promise<Posted> {
  try {
    const headers = { 'content-type': 'application/json' }
    const reply = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TRY_MS) })
    const answer = (await reply.text()).trim().slice(0, ANSWER_CHARACTERS)
    return { isTaken: reply.ok, status: reply.status, answer }
  } catch (error) {
    const { cause, message } = error as { cause?: { code?: string }; message?: string }
    return { lost: String(cause?.code ?? message) }
  }
}
