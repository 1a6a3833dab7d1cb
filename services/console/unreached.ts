import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { overrideWords } from '../../shared/messages/console/overrides.ts'
import { unreachedText } from '../../shared/messages/unreached.ts'
import type { Override } from '../../shared/oncall/plan.ts'
import { unreachedBy } from '../../shared/oncall/unreached.ts'
import type { Notice } from './pages/layout.tsx'
import type { View } from './view.ts'

/** What is said of an override, and whom of those that it brings in a layer does not reach. */
export function noticeWith(
  text: string,
  override: Override | undefined,
  people: Parameters<typeof unreachedBy>[1],
  { view, config }: { view: Pick<View, 'language' | 'now'>; config: Pick<CompiledConfig, 'policies' | 'channels'> },
): Notice {
  const unreached = override === undefined ? [] : unreachedBy(override, people, config, view.now)
  if (unreached.length === 0) return { text, tone: 'good' }
  const say = overrideWords[view.language]
  const told = unreached.map((one) => say.beware(`${one.contact} ${unreachedText(one, view.language)}`))
  return { text: [text, ...told].join(' '), tone: 'bad' }
}
