import type { UpdateEffect } from '../../evaluation/vantage.ts'
import type { Effects } from './table.ts'

/** What brings the verdicts of checks, by their ids, up to date. Handed in: it applies the verdicts' machine, whose effects need it. */
export interface Updating {
  updateVerdicts(ids: string[]): Promise<void>
}

/** The effects of a vantage, and of a heartbeat: either decides the same. */
export const vantageEffects: Effects<UpdateEffect, unknown, never, Updating> = {
  update: {
    order: 'beside',
    carriedBy: 'anybody',
    async deliver({ checks }, _, __, { updateVerdicts }) {
      await updateVerdicts(checks)
      return { status: 'done' }
    },
  },
}
