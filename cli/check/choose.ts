import { specAt } from '../../shared/config/compile-for.ts'
import type { CompiledCheck, CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { fits } from '../../shared/contracts/name-pattern.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import { CommandError } from '../failure.ts'

/** The checks that somebody asked for: those to run, and those that wait for a report and that nobody runs. */
export interface Chosen {
  active: CompiledCheck[]
  passive: CompiledCheck[]
}

/**
 * The checks of these names: `project/name`, a project, or a pattern with `*`; all without any. Throws a `CommandError` for what is
 * not there.
 */
export function choose({ checks }: CompiledConfig, names: string[]): CompiledCheck[] {
  if (checks.length === 0) throw new CommandError('the configuration has no checks')
  return names.length === 0 ? checks : ofNames(checks, names)
}

/**
 * The same, for looking at them. With `from`, a vantage's short name or `cloud/region`, only what runs there, with its limits
 * there.
 */
export function chooseToRun(config: CompiledConfig, names: string[], from?: string): Chosen {
  const named = choose(config, names)
  const here = from === undefined ? named : seenFrom(named, vantageOf(config, from))
  const active = here.filter(({ isPassive }) => !isPassive)
  const passive = here.filter(({ isPassive }) => isPassive)
  if (active.length > 0) return { active, passive }
  if (passive.length === 0) throw new CommandError(`nothing of this runs from ${from}`)
  const waiting = passive.map(({ id }) => id).join(', ')
  throw new CommandError(`nothing to run: ${waiting} waits for reports of its job, which nobody else can give`)
}

function ofNames(checks: CompiledCheck[], names: string[]): CompiledCheck[] {
  const isMeant = (name: string) => (check: CompiledCheck) => fits(name, check.id) || fits(name, check.project)
  const strange = names.find((name) => !checks.some(isMeant(name)))
  if (strange === undefined) return checks.filter((check) => names.some((name) => isMeant(name)(check)))
  const known = [...new Set(checks.flatMap(({ id, project }) => [id, project]))]
  throw new CommandError(`no check or project with checks is named \`${strange}\`${didYouMean(strange, known)}`)
}

function vantageOf({ vantages }: CompiledConfig, name: string): string {
  const vantage = ownProperty(vantages, name) ?? Object.values(vantages).find((place) => place === name)
  if (vantage !== undefined) return vantage
  const known = Object.keys(vantages)
  const choice = known.length > 0 ? `there are: ${known.join(', ')}` : 'there is none'
  throw new CommandError(`no vantage is named \`${name}\`${didYouMean(name, known)}; ${choice}`)
}

function seenFrom(checks: CompiledCheck[], vantage: string): CompiledCheck[] {
  return checks
    .filter(({ from }) => from.includes(vantage))
    .map((check) => ({ ...check, spec: specAt(check, vantage) }))
}
