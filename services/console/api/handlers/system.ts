import { createHash } from 'node:crypto'
import { inBoth } from '../../../../shared/contracts/words.ts'
import { type Deed, isBy, viewAudit } from '../../../../shared/engine/console/view-audit.ts'
import { type RegionsView, viewRegions } from '../../../../shared/engine/console/view-regions.ts'
import { factIn } from '../../../../shared/messages/facts.ts'
import type { VendorWords } from '../../../../shared/messages/failure.ts'
import { timelineText } from '../../../../shared/messages/timeline.ts'
import { vendorsLate } from '../../vendors.ts'
import type { Handlers } from '../asked.ts'
import type { system } from '../contract/system.ts'
import { pageOf } from '../paging.ts'
import { reasonResource } from '../resources.ts'

const iso = (at: number) => new Date(at).toISOString()

export const systemHandlers: Handlers<keyof typeof system> = {
  async readRegions({ io }, { config: { vantages } }) {
    const seen = await viewRegions(vantages, io)
    if (seen === undefined) return { body: { order: [], pages: [], guards: [], deliveries: [], history: [] } }
    const { own, order, duty, isWell, wellForMs, canary, pages, guards, deliveries } = seen
    const until = duty?.why.code === 'duty-taken' ? duty.said?.until : undefined
    const changes = duty?.history ?? []
    return {
      body: {
        order,
        own,
        serving: duty?.serving ?? order[0] ?? own,
        ...(duty && { since: iso(duty.since), why: whyResource(duty.why) }),
        ...(until !== undefined && { until: iso(until) }),
        isWell,
        wellForMs,
        ...(canary && { canaryAt: iso(canary.at) }),
        pages,
        guards,
        deliveries: deliveries.map(({ failing, ...one }) => ({
          ...one,
          failing: failing.map((each) => ({ ...each, since: iso(each.since) })),
        })),
        history: changes.map(({ at, from, to, why }) => ({ at: iso(at), from, to, why: whyResource(why) })),
      },
    }
  },

  async listDeeds({ query, io, reading }) {
    const { day, who } = query
    const seen = await viewAudit(day === undefined ? reading.now : Date.parse(day), io)
    const those = seen.deeds.filter((deed) => isBy(deed, who))
    const { shown, next } = pageOf(those, nameOf, query)
    const vendors = await vendorsLate()
    return {
      body: { deeds: shown.map((deed) => deedResource(deed, vendors, reading.timezone)), all: seen.isAll, ...next },
    }
  },
}

type Duty = NonNullable<RegionsView['duty']>

function whyResource(why: Duty['why']) {
  return reasonResource(why, (language) => factIn(language, why))
}

/** The newest come first; two of one moment are told apart by what they are. */
function nameOf(deed: Deed): string {
  const digest = createHash('sha256').update(JSON.stringify(deed)).digest('hex').slice(0, 16)
  return `${String(Number.MAX_SAFE_INTEGER - deed.at).padStart(16, '0')}${digest}`
}

function deedResource(deed: Deed, vendors: VendorWords, timezone: string) {
  const at = iso(deed.at)
  if (deed.kind === 'asked') return { kind: deed.kind, ...deed.entry, at }
  const { kind, who, via, number, project, entry } = deed
  return {
    kind,
    at,
    who,
    via,
    number,
    project,
    text: inBoth((language) => timelineText(entry, language, timezone, vendors)),
  }
}
