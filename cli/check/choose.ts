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
  if (checks.length === 0) throw new CommandError({ en: 'the configuration has no checks', zh: '配置里没有检查' })
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
  if (passive.length === 0)
    throw new CommandError({ en: `nothing of this runs from ${from}`, zh: `这些检查都不从 ${from} 执行` })
  const waiting = passive.map(({ id }) => id).join(', ')
  throw new CommandError({
    en: `nothing to run: ${waiting} waits for reports of its job, which nobody else can give`,
    zh: `没有可执行的：${waiting} 等的是任务自己的上报，别人代替不了`,
  })
}

/** Those of some checks that are of these names. Throws a `CommandError` for a name that none of them has. */
export function ofNames<C extends Pick<CompiledCheck, 'id' | 'project'>>(checks: C[], names: string[]): C[] {
  const isMeant = (name: string) => (check: C) => fits(name, check.id) || fits(name, check.project)
  const strange = names.find((name) => !checks.some(isMeant(name)))
  if (strange === undefined) return checks.filter((check) => names.some((name) => isMeant(name)(check)))
  const known = [...new Set(checks.flatMap(({ id, project }) => [id, project]))]
  const guess = didYouMean(strange, known)
  throw new CommandError({
    en: `no check or project with checks is named \`${strange}\`${guess.en}`,
    zh: `没有名为 \`${strange}\` 的检查或有检查的项目${guess.zh}`,
  })
}

function vantageOf({ vantages }: CompiledConfig, name: string): string {
  const vantage = ownProperty(vantages, name) ?? Object.values(vantages).find((place) => place === name)
  if (vantage !== undefined) return vantage
  const known = Object.keys(vantages)
  const guess = didYouMean(name, known)
  throw new CommandError({
    en: `no vantage is named \`${name}\`${guess.en}; ${known.length > 0 ? `there are: ${known.join(', ')}` : 'there is none'}`,
    zh: `没有名为 \`${name}\` 的观测点${guess.zh}；${known.length > 0 ? `有：${known.join('、')}` : '一个也没有'}`,
  })
}

function seenFrom(checks: CompiledCheck[], vantage: string): CompiledCheck[] {
  return checks
    .filter(({ from }) => from.includes(vantage))
    .map((check) => ({ ...check, spec: specAt(check, vantage) }))
}
