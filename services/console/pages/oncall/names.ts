import type { ScheduleView } from '../../../../shared/engine/console/view-oncall.ts'
import { onCallWords } from '../../../../shared/messages/console/oncall.ts'
import { words } from '../../../../shared/messages/words.ts'
import type { View } from '../../view.ts'

/** `林悦、王磊`, or that it is nobody. */
export function namesIn(
  { language }: View,
  { contacts: known }: Pick<ScheduleView, 'contacts'>,
  ids: string[],
): string {
  if (ids.length === 0) return onCallWords[language].nobody
  return ids.map((id) => known[id]?.name ?? id).join(words[language].list)
}
