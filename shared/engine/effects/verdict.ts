import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { VerdictEffect, VerdictEvent, VerdictState } from '../../evaluation/verdict-state.ts'
import { takeAlerts } from '../alerts/take-alerts.ts'
import type { EngineIo } from '../io.ts'
import type { Effects } from './table.ts'
import { type Updating, vantageEffects } from './vantage.ts'

/** What the effects of a verdict are carried out with. */
interface Alerting extends Updating {
  config: Pick<CompiledConfig, 'projects'>
  io: EngineIo
}

/** The effects of a verdict. */
export const verdictEffects: Effects<VerdictEffect, VerdictState, VerdictEvent, Alerting> = {
  alert: {
    order: 'beside',
    carriedBy: 'anybody',
    async deliver({ alert }, _, __, { config, io }) {
      await takeAlerts([{ ...alert, takenAt: alert.at }], config, io)
      return { status: 'done' }
    },
  },
  // To the checks that depend on it the same happens as when their own vantages report.
  update: vantageEffects.update,
}
