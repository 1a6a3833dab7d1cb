import type { Directory } from '../../../shared/oncall/plan.ts'
import { directory } from '../world.ts'

/** Lin has it from the 23rd at 10:00, Wang from the 24th. */
export const sre = { timezone: 'Asia/Shanghai', rotation: ['lin', 'wang'], handoff: '10:00', start: '2026-11-21' }
export const people: Directory = { ...directory, schedules: { sre } }

/** What Lin asks of Wang: these two turns for each other. */
export const asked = {
  ...{ schedule: 'sre', by: 'lin', to: 'wang' },
  mine: { from: '2026-11-23 10:00', to: '2026-11-24 10:00' },
  yours: { from: '2026-11-24 10:00', to: '2026-11-25 10:00' },
}
