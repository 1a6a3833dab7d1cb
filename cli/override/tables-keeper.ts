import type { Missed } from '../../shared/contracts/in-each.ts'
import { type Bilingual, inBoth } from '../../shared/contracts/words.ts'
import { readEach } from '../../shared/engine/overrides/everywhere.ts'
import { overridesAhead } from '../../shared/engine/overrides/list.ts'
import { makeOverrides } from '../../shared/engine/overrides/make.ts'
import { OverrideRefusal } from '../../shared/engine/overrides/refusal.ts'
import { removeOverride } from '../../shared/engine/overrides/remove.ts'
import { shiftsBy } from '../../shared/engine/overrides/shifts.ts'
import { overrideRefusedText } from '../../shared/messages/override-refused.ts'
import { unreachedText } from '../../shared/messages/unreached.ts'
import { overrideText } from '../../shared/oncall/override.ts'
import type { Directory, Override } from '../../shared/oncall/plan.ts'
import { unreachedBy } from '../../shared/oncall/unreached.ts'
import { audited, type Deed } from '../audited.ts'
import { readBoth, readConfig } from '../configuration.ts'
import { contactsOf } from '../engine.ts'
import { findTargets, tellMissed } from '../every-region.ts'
import { CommandError } from '../failure.ts'
import type { CliIo } from '../io.ts'
import { shiftLines } from '../shift-lines.ts'
import type { Target } from '../target.ts'
import { oncallWords } from '../words/oncall.ts'
import type { OverrideKeeper, OverrideOptions } from './keeper.ts'

/** Keeps overrides in the contacts table of each region. */
export function tablesKeeper(options: OverrideOptions, io: CliIo): OverrideKeeper {
  const say = oncallWords[io.language].override
  return {
    async make(asked) {
      const { config, people } = readBoth(options, io)
      if (config === undefined)
        throw new CommandError({
          en: 'fenghuo.yml is wrong: see bin/fenghuo.js validate',
          zh: 'fenghuo.yml 有误：见 bin/fenghuo.js validate',
        })
      const regions = regionsIn(options, io)
      const making = {
        projects: Object.keys(config.projects),
        by: options.as ?? io.user,
        now: io.now(),
        newId: () => io.randomId().slice(0, 8),
        timezone: io.timezone,
        ...(people && { written: people.contacts }),
      }
      const made = await audited(
        deedOf('override', overrideText(asked), options),
        findTargets(options, io),
        io,
        () => told(makeOverrides([asked], regions, making)),
        ({ overrides }) => overrides.map((one) => `+ ${one.made?.id} ${overrideText(one)}`),
      )
      const [override = asked] = made.overrides
      const before = made.changed.map(({ row }) => row.directory)
      const isEverywhere = tellMissed(
        targetsOf(made.missed),
        ({ region }) => say.brought(options.stage ?? '', region),
        io,
      )
      return {
        override,
        projects: made.changed.map(({ project }) => project),
        changed: made.changed.length > 0,
        shifts: [...new Set(before.flatMap((one) => changesBy(override, one, config.timezone, io)))],
        warnings: unreachedBy(override, { rows: before, known: people?.contacts ?? {} }, config, io.now()).map(
          (one) => `${one.contact} ${unreachedText(one, io.language)}`,
        ),
        isEverywhere,
      }
    },

    async list() {
      const config = readConfig(options, io)
      const read = await readEach(Object.keys(config.projects), regionsIn(options, io))
      return overridesAhead(read.done[0].result, io.now())
    },

    async remove(id) {
      const projects = Object.keys(readConfig(options, io).projects)
      const { override, changed, missed } = await audited(
        deedOf('override rm', id, options),
        findTargets(options, io),
        io,
        () => told(removeOverride(id, regionsIn(options, io), { projects })),
        (gone) => [`- ${id} ${overrideText(gone.override)}`],
      )
      const isEverywhere = tellMissed(targetsOf(missed), ({ region }) => say.again(id, options.stage ?? '', region), io)
      return { override, projects: changed.map(({ project }) => project), isEverywhere }
    },
  }
}

function deedOf(action: string, about: string, { as }: OverrideOptions): Deed {
  return { action, about, by: as === undefined ? undefined : { contact: as, name: as } }
}

/** The people of every region, each with the target that it is. */
function regionsIn(options: OverrideOptions, io: CliIo) {
  return findTargets(options, io).map((target) => ({ target, contacts: contactsOf(target) }))
}

function targetsOf(missed: Missed<{ target: Target }>[]): Missed<Target>[] {
  return missed.map(({ target: { target }, error }) => ({ target, error }))
}

/** What is refused is told with the command that puts it right. */
function told<T>(doing: Promise<T>): Promise<T> {
  return doing.catch((error: unknown) => {
    if (!(error instanceof OverrideRefusal)) throw error
    const { why, code, other } = error
    const remedy = code === 'no-such-override' ? SEE_ALL : takenAway(other?.made?.id)
    throw new CommandError(inBoth((language) => overrideRefusedText(why, language) + remedy[language]))
  })
}

const SEE_ALL: Bilingual = { en: ': see bin/fenghuo.js override ls', zh: '：见 bin/fenghuo.js override ls' }

function takenAway(id: string | undefined): Bilingual {
  if (id === undefined) return { en: '', zh: '' }
  const rm = `bin/fenghuo.js override rm ${id}`
  return { en: ` (${rm} takes it away)`, zh: `（用 ${rm} 撤销它）` }
}

function changesBy(override: Override, before: Directory, timezone: string, io: CliIo): string[] {
  return shiftsBy(override, before, io.now()).flatMap(({ schedule, changes }) =>
    shiftLines(schedule, changes, timezone, io.language),
  )
}
