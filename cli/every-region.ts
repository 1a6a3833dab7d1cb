import { reasonOf } from './failure.ts'
import type { CliIo } from './io.ts'
import { regionsOf } from './regions-of.ts'
import { findTarget, type Target, type TargetOptions } from './target.ts'
import { commonWords } from './words/common.ts'

/** What something came to in each region. */
export interface Everywhere<T> {
  /** Where it was done, in order. */
  done: [Done<T>, ...Done<T>[]]
  missed: Missed[]
}

interface Done<T> {
  target: Target
  result: T
}

/** A region where it was not done. */
export interface Missed {
  target: Target
  error: unknown
}

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

/** Does the same in each region, at once. Rejects with the first region's reason if it is done in none. */
export async function inEach<T>(targets: Target[], work: (target: Target) => Promise<T>): Promise<Everywhere<T>> {
  const { done, missed } = await tryEach(targets, work)
  const [first, ...others] = done
  if (first === undefined) throw missed[0]?.error
  return { done: [first, ...others], missed }
}

/** The same where it may be done in none. Never rejects. */
export async function tryEach<T>(
  targets: Target[],
  work: (target: Target) => Promise<T>,
): Promise<{ done: Done<T>[]; missed: Missed[] }> {
  const settled = await Promise.allSettled(targets.map(async (target) => ({ target, result: await work(target) })))
  const missed = settled.flatMap((one, index) => {
    const target = targets[index]
    return one.status === 'rejected' && target !== undefined ? [{ target, error: one.reason as unknown }] : []
  })
  return { done: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])), missed }
}

/** Says where something was not done, why, and what follows from that. Whether it was done everywhere. */
export function tellMissed(missed: Missed[], remedy: (target: Target) => string, io: CliIo): boolean {
  const say = commonWords[io.language]
  for (const { target, error } of missed)
    io.err(say.warning(say.missed(target.name, reasonOf(error, io.language), remedy(target))))
  return missed.length === 0
}
