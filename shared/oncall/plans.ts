import type { CompiledConfig, CompiledPolicy, CompiledRoute } from '../contracts/compiled-config.ts'
import { ownProperty } from '../contracts/own-property.ts'
import { personalReaches } from '../contracts/reach.ts'
import type { Instant, Severity } from '../contracts/words.ts'
import { personalOf, usesOf } from './layer-reach.ts'
import type { PlanNote } from './notes.ts'
import { type Directories, ownerOf } from './owner.ts'
import type { Plan } from './plan.ts'
import { layerDefaults } from './policy.ts'
import { resolvePlan } from './resolve.ts'

/** What is needed to say who is to be reached. */
export interface Planning {
  config: CompiledConfig
  directory: Directories
  phoneHashOf(phone: string): string
}

/** The same with what of the configuration a plan is made of. */
export type PlanSources = Omit<Planning, 'config'> & {
  config: Pick<CompiledConfig, 'projects' | 'policies' | 'channels' | 'language' | 'timezone'>
}

/** What is known of the incident that a plan is for. */
interface PlanFacts {
  /** Whom each layer of this round has reached. */
  reached?: string[][] | undefined
  /** See `Alert`. */
  once?: boolean | undefined
  /** Contacts and schedules that it was handed to. */
  first?: string[] | undefined
  /** A policy that it was handed to, by its key. */
  handedTo?: string | undefined
  /** Contacts who prove with it that they can be reached. */
  proof?: string[] | undefined
  /** By which its escalation began, and which it follows while that reaches anybody. */
  begunBy?: CompiledPolicy | undefined
}

/** Who is to be reached for a project and severity, now. */
export async function planFor(
  project: string,
  severity: Severity,
  now: Instant,
  planning: PlanSources,
  { reached = [], once = false, first, handedTo, begunBy, proof }: PlanFacts = {},
): Promise<Plan> {
  const { config, phoneHashOf } = planning
  const { chat, directory, policy: own } = await ownerOf(project, config, planning.directory)
  const withFirst = (policy: CompiledPolicy) => (first === undefined ? policy : pagingFirst(first, policy))
  const configured = personalReaches.filter((reach) => ownProperty(config.channels, reach))
  const { language, timezone } = config
  const { routes = [] } = Object(config.channels.phone?.settings) as { routes?: CompiledRoute[] }
  const people = { severity, directory, chat, phoneHashOf, language, timezone, routes, configured }
  const planBy = (policy: CompiledPolicy): Plan => ({
    ...resolvePlan({ ...people, policy, now, reached, once }),
    policy,
  })
  const begun = begunBy && planBy(begunBy)
  if (begun && isOfPeopleThere(begun)) return begun
  if (proof) return planBy(proving(proof, own))
  if (handedTo === undefined) return planBy(withFirst(own))
  const handed = ownProperty(config.policies, handedTo)
  const plan = handed && planBy(withFirst(handed))
  return plan && reachesSomebody(plan)
    ? plan
    : noting({ code: 'not-handed', args: { policy: handedTo } }, planBy(withFirst(own)))
}

/** A plan whose first layer says something. */
function noting(note: PlanNote, plan: Plan): Plan {
  const [first, ...others] = plan.layers
  return first === undefined ? plan : { ...plan, layers: [{ ...first, notes: [...first.notes, note] }, ...others] }
}

/** Whether a plan names anybody to reach by its layers. */
export function reachesSomebody({ layers }: Plan): boolean {
  return layers.some(({ targets }) => targets.length > 0)
}

/** Whether a plan reaches anybody, and names nobody who is gone: somebody else may have their place by now. */
function isOfPeopleThere(plan: Plan): boolean {
  const isGone = plan.layers.some(({ notes }) => notes.some(({ code }) => code === 'no-such-contact'))
  return !isGone && reachesSomebody(plan)
}

/** Each of them is reached once as the policy reaches people for what is critical, and no robot is told. */
function proving(page: string[], policy: CompiledPolicy): CompiledPolicy {
  const { calls, ackTimeoutMs } = layerDefaults
  const channels = { critical: personalOf(usesOf(policy, 'critical')) }
  return { ...policy, layers: [{ page, calls, ackTimeoutMs, channels }], rounds: 1 }
}

/** The policy behind a layer of its own for those whom an incident was handed to. */
function pagingFirst(page: string[], policy: CompiledPolicy): CompiledPolicy {
  const { calls, ackTimeoutMs } = layerDefaults
  return { ...policy, layers: [{ page, calls, ackTimeoutMs }, ...policy.layers] }
}
