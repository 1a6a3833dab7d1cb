import { OWN_PROJECT } from '../contracts/compiled-config.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Instant, Severity } from '../contracts/words.ts'
import { policiesOf } from './owner.ts'
import { type PlanSources, planFor, reachesSomebody } from './plans.ts'

/**
 * Why an incident can't be handed over to a policy: its project lists it not among its own (`among`), or nobody can be reached by it for
 * this severity now. Undefined: it can. Rejects when the directory does.
 */
export async function whyNotHanded(
  policy: string,
  { project, severity }: { project: string; severity: Severity },
  planning: PlanSources,
  now: Instant,
): Promise<{ code: 'unlisted'; among: string[] } | { code: 'reaches-nobody' } | undefined> {
  const { projects } = planning.config
  const found = ownProperty(projects, project) ?? projects[OWN_PROJECT]
  const among = found === undefined ? [] : [...policiesOf(found, planning.config).keys()]
  if (!among.includes(policy)) return { code: 'unlisted', among }
  const plan = await planFor(project, severity, now, planning, { handedTo: policy })
  const isAnother = plan.layers.some(({ notes }) => notes.some(({ code }) => code === 'not-handed'))
  return reachesSomebody(plan) && !isAnother ? undefined : { code: 'reaches-nobody' }
}
