import { readEach } from '../../shared/engine/overrides/everywhere.ts'
import { type AskedOverride, changedRow, makeOverrides, prepareOverrides } from '../../shared/engine/overrides/make.ts'
import { removeOverride } from '../../shared/engine/overrides/remove.ts'
import { overrideWords } from '../../shared/messages/console/overrides.ts'
import { words as messageWords } from '../../shared/messages/words.ts'
import { overrideText } from '../../shared/oncall/override.ts'
import { sealed, unsealed } from './access/sealed.ts'
import { type Doing, draftIn, FormMistake, partly, type Taken, type Taking } from './oncall-taking.ts'
import { noticeWith } from './unreached.ts'

/** What was taken away can be put back for so long, ms. */
const UNDO_MS = 600_000

/** Looks at an override, makes one, takes one away, and puts one back that was taken away. */
export const overrideDoings: Record<string, Doing> = {
  async look(form, { view, regions, making, config }) {
    const { done } = await readEach(making.projects, regions)
    const { overrides, rows, known } = prepareOverrides([askedIn(form, { view })], done[0].result, making)
    const after = rows.map(({ project, row }) => [project, changedRow(row, overrides, known, making.now).directory])
    const people = { rows: rows.map(({ row }) => row.directory), known }
    const notice = noticeWith(overrideWords[view.language].shown, overrides[0], people, { view, config })
    return { answer: { ...draftIn(form), notice }, status: 200, as: Object.fromEntries(after) }
  },

  make: async (form, taking) => make(askedIn(form, taking), taking),

  async remove(form, { view, regions, making, secret, note }) {
    const say = overrideWords[view.language]
    const id = form.get('id') ?? ''
    const { override, missed } = await removeOverride(id, regions, making)
    const text = overrideText(override)
    note(`override away: ${text}`)
    if (missed.length > 0) return partly(view, say.removed(text), missed, (those) => say.left(those, id))
    return { to: `/oncall?done=removed&of=${sealed('override', override, making.now + UNDO_MS, secret)}` }
  },

  async restore(form, taking) {
    const kept = unsealed('override', form.get('of') ?? undefined, taking.making.now, taking.secret)
    if (kept !== undefined) return make(kept as AskedOverride, taking)
    const notice = { text: overrideWords[taking.view.language].expired, tone: 'bad' as const }
    return { answer: { notice }, status: 409 }
  },
}

async function make(asked: AskedOverride, { view, regions, making, config, note }: Taking): Promise<Taken> {
  const say = overrideWords[view.language]
  const { overrides, changed, known, missed } = await makeOverrides([asked], regions, making)
  const text = overrides.map(overrideText).join(messageWords[view.language].list)
  note(`override: ${text}`)
  if (missed.length > 0) {
    const people = { rows: changed.map(({ row }) => row.directory), known }
    return partly(view, noticeWith(say.made(text), overrides[0], people, { view, config }).text, missed)
  }
  if (changed.length === 0) return { answer: { notice: { text: say.already(text), tone: 'good' } }, status: 200 }
  return { to: `/oncall?done=made&of=${overrides[0]?.made?.id}` }
}

function askedIn(form: URLSearchParams, { view }: Pick<Taking, 'view'>): AskedOverride {
  const { schedule, kind, who, for: whom, from, to, note } = fieldsOf(form)
  if (whom !== '' && kind !== 'contact') throw new FormMistake(overrideWords[view.language].insteadOnly)
  const spell = { from, to, ...(note !== '' && { note }) }
  if (kind === 'away') return { away: who, ...spell }
  if (kind === 'add') return { schedule, add: who, ...spell }
  if (kind === 'remove') return { schedule, remove: who, ...spell }
  return { schedule, contact: who, ...(whom !== '' && { for: whom }), ...spell }
}

const fields = ['schedule', 'kind', 'who', 'for', 'from', 'to', 'note'] as const

function fieldsOf(form: URLSearchParams): Record<(typeof fields)[number], string> {
  const all = fields.map((name) => [name, form.get(name)?.trim() ?? ''])
  return Object.fromEntries(all) as Record<(typeof fields)[number], string>
}
