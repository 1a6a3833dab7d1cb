import { directoryToBe } from '../../cli/contact-rows.ts'
import type { CompiledPolicy } from '../../shared/contracts/compiled-config.ts'
import type { Contact, Directory, Override, Schedule } from '../../shared/oncall/plan.ts'
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

const turns: CompiledPolicy = {
  layers: [{ page: [SCHEDULE], calls: 1, ackTimeoutMs: MINUTE }],
  rounds: 1,
  repeatEveryMs: 30 * MINUTE,
  acknowledgeOn: 'key',
  channels: { critical: ['phone'], error: ['sms'], warning: [], info: [] },
}

/** Whoever applies an edited rotation does so once more after this, as a build does: it moves nobody either. */
const APPLIED_AGAIN_MS = 3 * MINUTE

/** The contacts of a world who take turns, as their file has it. */
export function directoryOf(people: Record<string, Contact>, rotation = TURNS): Directory {
  const schedule: Schedule = { timezone: 'UTC', rotation, handoff: '02:20', start: '2025-12-20' }
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
    const by = { id: `made-${has.directory.overrides.length}`, by: 'lin', at: world.now }
    has.directory = { ...has.directory, overrides: [...has.directory.overrides, { ...made, made: by }] }
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
    const apply = () => {
      has.directory = applied(rotation, has.directory, world.now)
    }
    const editedAfter = soon()
    after(editedAfter, () => {
      night.edit = { at: world.now, rotation }
      apply()
    })
    world.after(editedAfter + APPLIED_AGAIN_MS, apply)
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

/**
 * What `apply` makes of a file with such a rotation, where the schedule alone is paged: whoever is on call finishes the shift, and overrides
 * that were made elsewhere stay. Who is a contact is decided elsewhere.
 */
function applied(rotation: string[], before: Directory, now: number): Directory {
  const file = directoryOf(before.contacts, rotation)
  const { directory } = directoryToBe(file, [turns], { base: before, elsewhere: [] }, false, now)
  const { contacts, schedules, overrides } = directory
  return { ...before, contacts: { ...before.contacts, ...contacts }, schedules, overrides }
}

function dated({ from, until }: Spell): { from: string; to: string } {
  const text = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ')
  return { from: text(from), to: text(until) }
}

function wholeMinute(at: number): number {
  return Math.floor(at / MINUTE) * MINUTE
}
