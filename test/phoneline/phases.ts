import { expect } from 'vitest'
import { PhoneLineStory } from './story.ts'

/** A phone line whose call about `web` is in a phase, with nothing waiting. */
export const phases: Record<string, (phoneLine: PhoneLineStory) => unknown> = {
  dialling: () => {},
  throttled: (phoneLine) => phoneLine.throttled(),
  ringing: (phoneLine) => phoneLine.dialled(),
  unknown: (phoneLine) => phoneLine.lost(),
  answered: (phoneLine) => [phoneLine.dialled(), phoneLine.answered()],
  ended: (phoneLine) => [phoneLine.dialled(), phoneLine.hungUp('answered')],
}

/** A phone line whose call about `web` is in one of these phases since 02:13. */
export function phoneLineIn(phase: string): PhoneLineStory {
  const phoneLine = new PhoneLineStory()
  phoneLine.at('02:13').request('web')
  phases[phase]?.(phoneLine)
  expect(phoneLine.phase).toBe(phase)
  return phoneLine
}

/** A phone line whose call about `web` rings. */
export function ringing(): PhoneLineStory {
  const phoneLine = new PhoneLineStory()
  phoneLine.at('02:13').request('web')
  phoneLine.at('02:13:01').dialled()
  return phoneLine
}

/** A phone line whose call about `web` is being listened to. */
export function listening(): PhoneLineStory {
  const phoneLine = ringing()
  phoneLine.at('02:13:10').answered()
  return phoneLine
}
