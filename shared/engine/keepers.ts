import type { CompiledConfig } from '../contracts/compiled-config.ts'
import { ownProperty } from '../contracts/own-property.ts'
import { personalReaches } from '../contracts/reach.ts'
import type { Instant } from '../contracts/words.ts'
import type { Incident } from '../incidents/incident.ts'
import type { Recipient } from '../incidents/notice.ts'
import { escalatedAs } from '../incidents/severity.ts'
import type { Directory } from '../oncall/plan.ts'
import { quietReach } from '../oncall/quiet-reach.ts'

/** How those who have an incident are reached without ringing, be they on duty by now or not. */
export function keepersOf(
  incident: Incident,
  { contacts, calendars = {} }: Directory,
  { language, timezone, channels }: Pick<CompiledConfig, 'language' | 'timezone' | 'channels'>,
  now: Instant,
): Recipient[] {
  if (incident.ackEnd?.remindAt === undefined) return []
  const { acknowledged, takers = [] } = incident
  const names = new Set([acknowledged, ...takers].flatMap((action) => action?.by?.contact ?? []))
  const configured = personalReaches.filter((reach) => ownProperty(channels, reach))
  return [...names].flatMap((contact): Recipient[] => {
    const known = ownProperty(contacts, contact)
    const question = { severity: escalatedAs(incident), now, timezone, calendars }
    const channel = known && quietReach(known, question, configured)
    return channel ? [{ contact, name: known.name, channel, language: known.language ?? language }] : []
  })
}
