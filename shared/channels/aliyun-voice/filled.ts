import { type VoiceSlot, type VoiceSlots, variablesOf } from '../../messages/voice-templates.ts'

/** All values together stay below 250 characters (help.aliyun.com, "Voice template specifications"). */
const VALUES_CHARACTERS = 249

/** 250 characters of three bytes: no values take as much. */
export const VALUES_BYTES = 750

/** A value may hold no link, and none of the characters that templates may not have. */
const FORBIDDEN = /https?|[#/:：\-%¥$[\]【】.]/gi

/** What a template's variables are filled with, by their names, as the vendor takes it. None is empty. */
export function valuesFor(template: string, slots: VoiceSlots): Record<string, string> {
  const values = variablesOf(template).map((name) => [name, cleaned(slots[name as VoiceSlot])] as const)
  const others = (name: string) => values.reduce((sum, [other, value]) => sum + (other === name ? 0 : value.length), 0)
  // Only one of them has no end of its own: where it breaks.
  return Object.fromEntries(
    values.map(([name, value]) => [name, name === 'scope' ? value.slice(0, VALUES_CHARACTERS - others(name)) : value]),
  )
}

function cleaned(value: string): string {
  const clean = value.replace(FORBIDDEN, ' ').replace(/\s+/g, ' ').trim()
  return clean === '' ? '…' : clean
}
