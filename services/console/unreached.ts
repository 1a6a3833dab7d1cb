import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import { overridesOf } from '../../shared/engine/overrides/swaps.ts'
import { overrideWords } from '../../shared/messages/console/overrides.ts'
import { unreachedText } from '../../shared/messages/unreached.ts'
import type { Directory, Override } from '../../shared/oncall/plan.ts'
import { unreachedBy } from '../../shared/oncall/unreached.ts'
import type { Swap } from '../../shared/store/swaps.ts'
import type { Notice } from './pages/layout.tsx'
import type { View } from './view.ts'

/** What is said of an override, and whom of those that it brings in a layer does not reach. */
export function noticeWith(
  text: string,
  override: Override | Override[] | undefined,
  people: Parameters<typeof unreachedBy>[1],
  { view, config }: { view: Pick<View, 'language' | 'now'>; config: Pick<CompiledConfig, 'policies' | 'channels'> },
): Notice {
  const overrides = [override ?? []].flat()
  const unreached = overrides.flatMap((one) => unreachedBy(one, people, config, view.now))
  if (unreached.length === 0) return { text, tone: 'good' }
  const say = overrideWords[view.language]
  const told = unreached.map((one) => say.beware(`${one.contact} ${unreachedText(one, view.language)}`))
  return { text: [text, ...told].join(' '), tone: 'bad' }
}

/** What is said of a swap, and whom of the two a layer does not reach in the turn that is theirs by it; undefined: nobody knows it any more. */
export function swapNotice(
  text: string,
  swap: Swap | undefined,
  rows: Directory[],
  looking: Parameters<typeof noticeWith>[3],
): Notice {
  if (swap === undefined) return { text, tone: 'good' }
  const theirs = rows.filter(({ schedules }) => ownProperty(schedules, swap.schedule) !== undefined)
  return noticeWith(text, overridesOf(swap), { rows: theirs, known: {} }, looking)
}
