import { type RegionPeople, readEach } from '../../shared/engine/overrides/everywhere.ts'
import {
  type AskedOverride,
  changedRow,
  type Making,
  makeOverrides,
  prepareOverrides,
} from '../../shared/engine/overrides/make.ts'
import { type OverrideMistake, OverrideRefusal } from '../../shared/engine/overrides/refusal.ts'
import { removeOverride } from '../../shared/engine/overrides/remove.ts'
import { overrideWords } from '../../shared/messages/console-overrides.ts'
import { words as messageWords } from '../../shared/messages/words.ts'
import { overrideText } from '../../shared/oncall/override.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { sealed, unsealed } from './access/sealed.ts'
import type { OnCallAnswer } from './pages/oncall/oncall-page.tsx'
import { type OverrideDraft, overrideFields } from './pages/oncall/override-form.tsx'
import type { View } from './view.ts'

/** What was taken away can be put back for so long, ms. */
const UNDO_MS = 600_000

/** With what a form of the page is taken. */
export interface Taking {
  view: View
  regions: (RegionPeople & { region: string })[]
  making: Making
  /** Seals what was taken away, so that nobody else than this page can have it put back. */
  secret: string
  /** Says in the audit what was done. */
  note(action: string): void
  log(error: unknown): void
}

/** Where it leads to, or what the page then says; `as`: with people as they would be. */
export type Taken =
  | { to: string }
  | { answer: OnCallAnswer; status: 200 | 400 | 403 | 409 | 503; as?: Record<string, Directory> }

const statuses: Partial<Record<OverrideMistake, 403 | 409>> = {
  'not-theirs': 403,
  contradicts: 409,
  busy: 409,
  unreadable: 409,
  'no-such-override': 409,
}

/** Takes a form that changes who is on call, or shows what it would change; undefined for what no form of ours sends. */
export async function takeOverride(form: URLSearchParams, taking: Taking): Promise<Taken | undefined> {
  const { view } = taking
  const say = overrideWords[view.language]
  const asked = form.get('do') ?? ''
  const doing = Object.hasOwn(doings, asked) ? doings[asked] : undefined
  if (doing === undefined) return undefined
  const bad = (text: string, status: 400 | 403 | 409 | 503): Taken => ({
    answer: { ...draftIn(form), notice: { text, tone: 'bad' } },
    status,
  })
  const { for: whom, kind } = written(form)
  if (whom !== '' && kind !== 'contact') return bad(say.insteadOnly, 400)
  try {
    return await doing(form, taking)
  } catch (error) {
    if (error instanceof OverrideRefusal) {
      const first = error.other?.made === undefined ? '' : ` ${say.takeAwayFirst}`
      return bad(error.words[view.language] + first, statuses[error.code] ?? 400)
    }
    taking.log(error)
    return bad(say.failed, 503)
  }
}

type Doing = (form: URLSearchParams, taking: Taking) => Promise<Taken>

const doings: Record<string, Doing> = {
  async look(form, { view, regions, making }) {
    const { done } = await readEach(making.projects, regions)
    const { overrides, rows, known } = prepareOverrides([askedIn(form)], done[0].result, making)
    const after = rows.map(({ project, row }) => [project, changedRow(row, overrides, known, making.now).directory])
    const notice = { text: overrideWords[view.language].shown, tone: 'good' as const }
    return { answer: { ...draftIn(form), notice }, status: 200, as: Object.fromEntries(after) }
  },

  make: (form, taking) => make(askedIn(form), taking),

  async remove(form, { view, regions, making, secret, note }) {
    const { override, missed } = await removeOverride(form.get('id') ?? '', regions, making)
    const text = overrideText(override)
    note(`override away: ${text}`)
    if (missed.length > 0) return partly(view, overrideWords[view.language].removed(text), missed)
    return { to: `/oncall?done=removed&of=${sealed('override', override, making.now + UNDO_MS, secret)}` }
  },

  async restore(form, taking) {
    const kept = unsealed('override', form.get('of') ?? undefined, taking.making.now, taking.secret)
    if (kept !== undefined) return make(kept as AskedOverride, taking)
    const notice = { text: overrideWords[taking.view.language].expired, tone: 'bad' as const }
    return { answer: { notice }, status: 409 }
  },
}

async function make(asked: AskedOverride, { view, regions, making, note }: Taking): Promise<Taken> {
  const say = overrideWords[view.language]
  const { overrides, changed, missed } = await makeOverrides([asked], regions, making)
  const text = overrides.map(overrideText).join(messageWords[view.language].list)
  note(`override: ${text}`)
  if (missed.length > 0) return partly(view, say.made(text), missed)
  if (changed.length === 0) return { answer: { notice: { text: say.already(text), tone: 'good' } }, status: 200 }
  return { to: `/oncall?done=made&of=${overrides[0]?.made?.id}` }
}

/** What is done, and where it is not. */
function partly(view: View, text: string, missed: { target: { region: string } }[]): Taken {
  const regions = missed.map(({ target }) => target.region).join(messageWords[view.language].list)
  const notice = { text: `${text} ${overrideWords[view.language].missed(regions)}`, tone: 'bad' as const }
  return { answer: { notice }, status: 200 }
}

/** What was written in the form that makes one, to be shown again; nothing of another form. */
export function draftIn(form: URLSearchParams): { draft?: OverrideDraft } {
  return form.has('kind') ? { draft: written(form) } : {}
}

function written(form: URLSearchParams): OverrideDraft {
  const fields = overrideFields.map((name) => [name, form.get(name)?.trim() ?? ''])
  return Object.fromEntries(fields) as OverrideDraft
}

function askedIn(form: URLSearchParams): AskedOverride {
  const { schedule, kind, who, for: whom, from, to, note } = written(form)
  const spell = { from, to, ...(note !== '' && { note }) }
  if (kind === 'away') return { away: who, ...spell }
  if (kind === 'add') return { schedule, add: who, ...spell }
  if (kind === 'remove') return { schedule, remove: who, ...spell }
  return { schedule, contact: who, ...(whom !== '' && { for: whom }), ...spell }
}
