import type { Language } from '../../shared/contracts/words.ts'
import { CommandError } from '../failure.ts'
import { deployWords } from '../words/deploy.ts'
import type { Deployment } from './deployments.ts'

export type Outcome =
  | { status: 'deployed'; said: string }
  | { status: 'failed'; said: string }
  /** What it waits for failed, or it was stopped before it began. */
  | { status: 'not tried'; said: string }

/** How a deployment is getting on; `said` is the last that was heard of it. What the framework says is in English. */
export type Course = { status: 'waiting' | 'running'; said: string } | Outcome

/** Carries out one deployment. A rejection is a failure. */
export type Deploy = (deployment: Deployment, hear: (line: string) => void) => Promise<Outcome>

/**
 * Carries out all deployments side by side, but none before those that it waits for; a failure stops only those that wait
 * for it. `changed` hears of every change. Resolves with how each went, in their order.
 */
export async function carryOut(
  deployments: Deployment[],
  waitsFor: (deployment: Deployment) => Deployment[],
  deploy: Deploy,
  changed: (deployment: Deployment, course: Course) => void,
  language: Language,
): Promise<Outcome[]> {
  const say = deployWords[language]
  const under = new Map<string, Promise<Outcome>>()
  const start = (deployment: Deployment): Promise<Outcome> => {
    const known = under.get(deployment.name)
    if (known) return known
    const outcome = run(deployment)
    under.set(deployment.name, outcome)
    return outcome
  }
  const run = async (deployment: Deployment): Promise<Outcome> => {
    const first = waitsFor(deployment)
    if (first.length > 0)
      changed(deployment, { status: 'waiting', said: say.waitsFor(first.map(({ name }) => name).join(', ')) })
    const before = await Promise.all(first.map(start))
    const failed = first.filter((_, index) => before[index]?.status !== 'deployed').map(({ name }) => name)
    const outcome: Outcome =
      failed.length > 0
        ? { status: 'not tried', said: say.deployFirst(failed.join(', ')) }
        : await deploy(deployment, (said) => changed(deployment, { status: 'running', said })).catch(
            (error: unknown): Outcome => ({
              status: 'failed',
              said: reasonOf(error, language),
            }),
          )
    changed(deployment, outcome)
    return outcome
  }
  return Promise.all(deployments.map(start))
}

function reasonOf(error: unknown, language: Language): string {
  if (error instanceof CommandError) return error.words[language]
  return error instanceof Error ? error.message : String(error)
}
