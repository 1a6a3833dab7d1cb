import {
  type CompiledConfig,
  type CompiledPolicy,
  type CompiledProject,
  type CompiledRoute,
  OWN_PROJECT,
} from '../contracts/compiled-config.ts'
import { ownProperty } from '../contracts/own-property.ts'
import { personalReaches } from '../contracts/reach.ts'
import type { Instant, Severity } from '../contracts/words.ts'
import type { Directory, Plan } from './plan.ts'
import { defaultPolicy, layerDefaults } from './policy.ts'
import { resolvePlan } from './resolve.ts'

/** A project's contacts, however they are kept; undefined when nobody has been applied for it. */
export type Directories = (project: string) => Promise<Directory | undefined>

/** What is needed to say who is to be reached. */
export interface Planning {
  config: CompiledConfig
  directory: Directories
  phoneHashOf(phone: string): string
}

/** What is known of the incident that a plan is for. */
interface PlanFacts {
  /** Whom each layer of this round has reached. */
  reached?: string[][] | undefined
  /** See `Alert`. */
  once?: boolean | undefined
  /** Contacts and schedules that it was handed to. */
  first?: string[] | undefined
  /** By which its escalation began, and which it follows while that reaches anybody. */
  begunBy?: CompiledPolicy | undefined
}

/** Who is to be reached for a project and severity, now. */
export async function planFor(
  project: string,
  severity: Severity,
  now: Instant,
  planning: Planning,
  { reached = [], once = false, first, begunBy }: PlanFacts = {},
): Promise<Plan> {
  const { config, phoneHashOf } = planning
  const { chat, directory, policy: own } = await ownerOf(project, config, planning.directory)
  const present = first === undefined ? own : pagingFirst(first, own)
  const configured = personalReaches.filter((reach) => ownProperty(config.channels, reach))
  const { language, timezone } = config
  const { routes = [] } = Object(config.channels.phone?.settings) as { routes?: CompiledRoute[] }
  const people = { severity, directory, chat, phoneHashOf, language, timezone, routes, configured }
  const planBy = (policy: CompiledPolicy): Plan => ({
    ...resolvePlan({ ...people, policy, now, reached, once }),
    policy,
  })
  const begun = begunBy && planBy(begunBy)
  return begun && reachesAnybody(begun) ? begun : planBy(present)
}

function reachesAnybody({ layers }: Plan): boolean {
  return layers.some(({ targets }) => targets.length > 0)
}

/** The policy behind a layer of its own for those whom an incident was handed to. */
function pagingFirst(page: string[], policy: CompiledPolicy): CompiledPolicy {
  const { calls, ackTimeoutMs } = layerDefaults
  return { ...policy, layers: [{ page, calls, ackTimeoutMs }, ...policy.layers] }
}

/** The directory that knows a project's people. */
export async function directoryOf(project: string, config: CompiledConfig, find: Directories): Promise<Directory> {
  return (await ownerOf(project, config, find)).directory
}

async function ownerOf(
  project: string,
  config: CompiledConfig,
  find: Directories,
): Promise<{ chat: string[]; directory: Directory; policy: CompiledPolicy }> {
  const configured = ownProperty(config.projects, project)
  const found = await find(project)
  const ours: CompiledProject | undefined = config.projects[OWN_PROJECT]
  // A seed row without a project in the configuration brings its own layers.
  if (configured === undefined && found?.layers !== undefined)
    return { chat: ours?.chat ?? [], directory: found, policy: defaultPolicy(found.layers) }
  const owner = configured ?? ours
  const directory = (configured === undefined ? await find(OWN_PROJECT) : found) ?? nobody
  return {
    chat: owner?.chat ?? [],
    directory,
    policy: config.policies[owner?.policy ?? ''] ?? defaultPolicy(directory.layers ?? []),
  }
}

const nobody: Directory = { contacts: {}, schedules: {}, overrides: [] }
