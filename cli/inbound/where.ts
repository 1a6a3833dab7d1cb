import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import { references } from '../../shared/contracts/references.ts'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import { readFunction } from '../deployed-function.ts'
import { CommandError } from '../failure.ts'
import type { CliIo } from '../io.ts'
import { findStack, findTarget, type TargetOptions } from '../target.ts'

/** Where alerts of other systems come in. */
export interface WayIn {
  /** For people. */
  name: string
  /** Without a slash at its end. */
  url: string
  /** A key of a project; undefined where this machine has none. */
  keyOf(project: string): string | undefined
}

/** The way in of the local stack, or of a deployment, whose keys are those that the environment has. */
export async function findWayIn(options: TargetOptions, config: CompiledConfig, io: CliIo): Promise<WayIn> {
  const target = findTarget(options, io)
  const stack = options.stage === undefined ? findStack(options, io) : undefined
  if (stack !== undefined)
    return { name: target.name, url: stack.ingest.url, keyOf: (project) => ownProperty(stack.ingest.keys, project) }
  const { url } = await readFunction(`fenghuo-${options.stage}-ingest`, target, io)
  const keyOf = (project: string) => {
    const keys = ownProperty(config.projects, project)?.keys ?? []
    const names = keys.flatMap(({ key }) => references(key))
    return names.map((name) => io.env[name]).find(Boolean)
  }
  return { name: target.name, url: url.replace(/\/+$/, ''), keyOf }
}

/** The project that was named, or the first. Throws a `CommandError` for one that is not there. */
export function projectOf(given: string | undefined, config: CompiledConfig): string {
  const names = Object.keys(config.projects)
  const name = given ?? names[0] ?? ''
  if (ownProperty(config.projects, name)) return name
  const guess = didYouMean(name, names)
  throw new CommandError({
    en: `--project ${name}: there is no such project${guess.en}`,
    zh: `--project ${name}：没有这个项目${guess.zh}`,
  })
}
