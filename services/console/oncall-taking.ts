import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import type { RegionPeople } from '../../shared/engine/overrides/everywhere.ts'
import type { Making } from '../../shared/engine/overrides/make.ts'
import { overrideWords } from '../../shared/messages/console/overrides.ts'
import { words } from '../../shared/messages/words.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import type { Draft } from './pages/oncall/fields.tsx'
import type { OnCallAnswer } from './pages/oncall/oncall-page.tsx'
import type { MayAnswer } from './pages/oncall/swaps.tsx'
import type { View } from './view.ts'

/** With what a form of the page of who is on call is taken. */
export interface Taking {
  view: View
  regions: (RegionPeople & { region: string })[]
  making: Making
  io: EngineIo
  /** By which layers people are paged. */
  config: Pick<CompiledConfig, 'policies' | 'channels'>
  /** The page itself, for whoever is told of something there. */
  url: string
  mayAnswer: MayAnswer
  /** Whether they may ask in somebody's name. */
  mayAskFor(contact: string): boolean
  /** Seals what was taken away, so that nobody else than this page can have it put back. */
  secret: string
  /** Says in the audit what was done. */
  note(action: string): void
}

/** Where it leads to, or what the page then says; `as`: with people as they would be. */
export type Taken =
  | { to: string }
  | { answer: OnCallAnswer; status: 200 | 400 | 403 | 409 | 503; as?: Record<string, Directory> }

/** What the button of a form does. Rejects with an `OverrideRefusal` or a `FormMistake` for what is not done. */
export type Doing = (form: URLSearchParams, taking: Taking) => Promise<Taken>

/** Something in a form that cannot be meant, in the words of whoever sent it. */
export class FormMistake extends Error {}

/** What was written in a form with fields, to be shown again. */
export function draftIn(form: URLSearchParams): { draft?: Draft } {
  return form.has('schedule') ? { draft: Object.fromEntries(form) } : {}
}

/** What is done, and where it is not; `remedy`: what is to be done there. */
export function partly(
  { language }: View,
  text: string,
  missed: { target: { region: string } }[],
  remedy: (regions: string) => string = overrideWords[language].missed,
): Taken {
  const regions = missed.map(({ target }) => target.region).join(words[language].list)
  const notice = { text: `${text} ${remedy(regions)}`, tone: 'bad' as const }
  return { answer: { notice }, status: 200 }
}
