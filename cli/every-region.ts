import type { Everywhere as InEach, Missed } from '../shared/contracts/in-each.ts'
import { reasonOf } from './failure.ts'
import type { CliIo } from './io.ts'
import { findTarget, type Target, type TargetOptions } from './target.ts'
import { commonWords } from './words/common.ts'
import { regionsOf } from './written-config.ts'

/** What something came to in each region. */
export type Everywhere<T> = InEach<Target, T>

/**
 * Every region of a deployment, in the order of fenghuo.yml: what is changed in one is changed in all. The one that `--region` names,
 * and the local stack, are alone. Throws a `CommandError` that says how to name it.
 */
export function findTargets(options: TargetOptions & { config?: string }, io: CliIo): [Target, ...Target[]] {
  const isOne = options.stage === undefined || options.region !== undefined
  const [first, ...others] = isOne ? [] : regionsOf(options, io)
  const of = (region: string) => findTarget({ ...options, region }, io)
  return first === undefined ? [findTarget(options, io)] : [of(first), ...others.map(of)]
}

/** Says where something was not done, why, and what follows from that. Whether it was done everywhere. */
export function tellMissed(missed: Missed<Target>[], remedy: (target: Target) => string, io: CliIo): boolean {
  const say = commonWords[io.language]
  for (const { target, error } of missed)
    io.err(say.warning(say.missed(target.name, reasonOf(error, io.language), remedy(target))))
  return missed.length === 0
}
