import {
  type CompiledConfig,
  type CompiledPolicy,
  type CompiledProject,
  OWN_PROJECT,
} from '../contracts/compiled-config.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Directory } from './plan.ts'
import { defaultPolicy } from './policy.ts'

/** A project's contacts, however they are kept; undefined when nobody has been applied for it. */
export type Directories = (project: string) => Promise<Directory | undefined>

/** The directory that knows a project's people. */
export async function directoryOf(
  project: string,
  config: Pick<CompiledConfig, 'projects' | 'policies'>,
  find: Directories,
): Promise<Directory> {
  return (await ownerOf(project, config, find)).directory
}

/** The directory, the policy and the chats by which a project's incidents reach people: its own, or those of `fenghuo`. */
export async function ownerOf(
  project: string,
  config: Pick<CompiledConfig, 'projects' | 'policies'>,
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

/** The policies by which a project's incidents may be paged: its own first. Those that are not there are left out. */
export function policiesOf(
  { policy, handOver = [] }: Pick<CompiledProject, 'policy' | 'handOver'>,
  { policies }: Pick<CompiledConfig, 'policies'>,
): Map<string, CompiledPolicy> {
  const names = [...new Set([policy, ...handOver])]
  return new Map(
    names.flatMap((name) => {
      const found = ownProperty(policies, name)
      return found === undefined ? [] : [[name, found] as const]
    }),
  )
}

const nobody: Directory = { contacts: {}, schedules: {}, overrides: [] }
