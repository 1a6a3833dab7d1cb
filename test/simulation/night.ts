import type { Contact, Directory, Override, Schedule } from '../../shared/oncall/plan.ts'
import { keepingPresent } from '../../shared/oncall/rotation-change.ts'
import type { World } from './world.ts'

const MINUTE = 60_000

/** The schedule that people take turns in. They hand over each day, seven minutes after a world begins. */
export const SCHEDULE = 'sre'
export const TURNS = ['lin', 'wang', 'chen']
export const FIRST_TURN = Date.UTC(2025, 11, 20, 2, 20)
export const TURN_MS = 24 * 60 * MINUTE

/** Whom each layer of the policy pages. */
export const PAGES = [[SCHEDULE], [`${SCHEDULE}.next`], ['chen']]

/** What nobody has taken for so long is worse than its sender says. */
export const RAISE_AFTER_MS = { error: 4 * MINUTE }

/** From when until when somebody is away, or stands in: both count at once. */
interface Spell {
  who: string
  from: number
  until: number
}

/** What happens to the schedule in a night, as it happened. */
export interface Night {
  edit?: { at: number; rotation: string[] }
  away?: Spell
  standIn?: Spell
}

/** The contacts of a world who take turns. */
export function directoryOf(people: Record<string, Contact>): Directory {
  const schedule: Schedule = { timezone: 'UTC', rotation: TURNS, handoff: '02:20', start: '2025-12-20' }
  return { contacts: people, schedules: { [SCHEDULE]: schedule }, overrides: [] }
}

/** Somebody edits the rotation, goes on leave, and has somebody stand in, while incidents are escalated. */
export function liveThrough(
  night: Night,
  world: World,
  has: { directory: Directory },
  after: (delayMs: number, work: () => void) => void,
): void {
  const some = (minutes: number) => Math.floor(world.random() * minutes * MINUTE)
  const soon = () => Math.floor(some(10) * world.size.pace)
  const override = (made: Override) => {
    has.directory = { ...has.directory, overrides: [...has.directory.overrides, made] }
  }
  const spell = (who: string): Spell => ({
    who,
    from: world.now,
    until: wholeMinute(world.now + 2 * MINUTE + some(20)),
  })
  if (world.chance(0.7)) {
    const rotation = world.pick([
      ['chen', 'wang', 'lin'],
      ['lin', 'zhao', 'wang', 'chen'],
      ['lin', 'chen'],
      ['zhao', 'lin'],
    ])
    after(soon(), () => {
      night.edit = { at: world.now, rotation }
      has.directory = edited(has.directory, rotation, world.now)
    })
  }
  if (world.chance(0.5)) {
    const who = world.pick(TURNS)
    after(soon(), () => {
      night.away = spell(who)
      override({ away: who, ...dated(night.away) })
    })
  }
  if (world.chance(0.5)) {
    const who = world.pick(['zhao', 'chen'])
    after(soon(), () => {
      night.standIn = spell(who)
      override({ schedule: SCHEDULE, contact: who, ...dated(night.standIn) })
    })
  }
}

/** As `apply` edits a rotation: whoever is on call finishes the shift. */
function edited(before: Directory, rotation: string[], now: number): Directory {
  const schedule = before.schedules[SCHEDULE]
  if (schedule === undefined || 'layers' in schedule) throw new Error('Nobody takes turns')
  const after = { ...before, schedules: { ...before.schedules, [SCHEDULE]: { ...schedule, rotation } } }
  return { ...after, schedules: { ...after.schedules, [SCHEDULE]: keepingPresent(before, after, SCHEDULE, now) } }
}

function dated({ from, until }: Spell): { from: string; to: string } {
  const text = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ')
  return { from: text(from), to: text(until) }
}

function wholeMinute(at: number): number {
  return Math.floor(at / MINUTE) * MINUTE
}
