import { forEachAtMost } from '../../contracts/at-most.ts'
import type { DutyEffect, DutyEvent, DutyRecord } from '../../incidents/duty/record.ts'
import { listIncidents } from '../../store/incidents.ts'
import type { EngineIo } from '../io.ts'
import { tellDuty } from '../regions/send-word.ts'
import { stepNow } from '../step-now.ts'
import type { Effects } from './table.ts'

/** More open incidents are gone on with by their own guards. */
const MOST_WOKEN = 1_000

/** The effects of who has duty. */
export const dutyEffects: Effects<DutyEffect, DutyRecord, DutyEvent, EngineIo> = {
  tell: {
    order: 'beside',
    carriedBy: 'peers',
    // What was said since is told by an effect of its own.
    isSpent: ({ at }, { said }) => said?.at !== at,
    deliver: async ({ to }, { tries }, { said }, io) => tellDuty(to, tries, said, io),
  },
  wake: {
    order: 'beside',
    carriedBy: 'anybody',
    async deliver(_, __, ___, io) {
      const open = await listIncidents('open', MOST_WOKEN, io)
      const guarded = open.filter(({ escalation }) => escalation.phase === 'guarded')
      await forEachAtMost(guarded, (incident) => stepNow(incident, io))
      return { status: 'done' }
    },
  },
}
