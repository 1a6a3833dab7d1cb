import { findingsOf, skipped, warning } from '../../../shared/channels/diagnoses/finding.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'

function allow(action: string): Bilingual {
  return { en: `allow ${action} to whoever asks`, zh: `给查询者 ${action} 权限` }
}

function unseen(reason: string): Bilingual {
  return { en: `can't be seen: ${reason}`, zh: `看不到：${reason}` }
}

/** What AWS does not let whoever asks see; `action`: the permission that would. */
export const found = findingsOf('aws', {
  unseen: (reason: string, action: string) => skipped(unseen(reason), allow(action)),
  'unseen-work': (reason: string, action: string) => warning(unseen(reason), allow(action)),
})
