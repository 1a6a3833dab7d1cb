import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { filesBeside } from '../shared/config/files.ts'
import { loadConfig } from '../shared/config/load.ts'
import { loadOnCall } from '../shared/config/oncall-file.ts'
import { formatProblems, type Problem } from '../shared/config/problem.ts'
import { parseYaml } from '../shared/config/yaml.ts'
import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import type { Directory } from '../shared/oncall/plan.ts'
import { CommandError } from './failure.ts'
import type { CliIo } from './io.ts'
import type { Placing } from './warnings.ts'

export interface ConfigOptions {
  config?: string
}

export interface OnCallOptions extends ConfigOptions {
  oncall?: string
}

/** Both files as they were read. */
interface Configuration {
  /** Absent when there is a problem in its file; `people` likewise, and when there is no oncall.yml at all. */
  config?: CompiledConfig
  people?: Directory
  /** Where oncall.yml is, or would be. */
  oncallPath: string
  problems: Problem[]
  /** The problems with the lines they are about, for a terminal; empty without one. */
  told: string
  /** Where something of either file stands. */
  placed: Record<'config' | 'people', Placing>
}

export function addConfigOption(command: Command): Command {
  return command.option('--config <file>', "what is watched (default: the project's fenghuo.yml)")
}

export function addOnCallOption(command: Command): Command {
  return command.option('--oncall <file>', "who is on call (default: the project's oncall.yml)")
}

/** Reads and validates fenghuo.yml. Throws a `CommandError` with all that is wrong. */
export function readConfig(options: ConfigOptions, io: CliIo): CompiledConfig {
  const { name, text, path } = present(find('fenghuo.yml', options.config, io))
  const { config, problems } = loadConfig(text, name, undefined, filesBeside(path))
  if (config === undefined) throw new CommandError(`the configuration is wrong\n${formatProblems(problems, text)}`)
  return config
}

/** Reads both files and checks them against each other; an oncall.yml that nobody asked for may be missing. */
export function readBoth(options: OnCallOptions, io: CliIo): Configuration {
  const watched = present(find('fenghuo.yml', options.config, io))
  const found = find('oncall.yml', options.oncall, io)
  const people = 'text' in found || options.oncall !== undefined ? present(found) : undefined
  const oncall = people && loadOnCall(people.text, people.name, filesBeside(people.path))
  const written = loadConfig(watched.text, watched.name, oncall?.directory, filesBeside(watched.path))
  const told = [
    formatProblems(written.problems, watched.text),
    formatProblems(oncall?.problems ?? [], people?.text ?? ''),
  ]
  return {
    ...(written.config && { config: written.config }),
    ...(oncall?.directory && { people: oncall.directory }),
    oncallPath: found.path,
    problems: [...written.problems, ...(oncall?.problems ?? [])],
    told: told.filter((text) => text !== '').join('\n'),
    placed: {
      config: parseYaml(watched.text, watched.name).problem,
      people: parseYaml(people?.text ?? '', people?.name ?? found.name).problem,
    },
  }
}

/** Both files where nothing works without either. Throws a `CommandError` with all that is wrong. */
export function requireBoth(
  options: OnCallOptions,
  io: CliIo,
): { config: CompiledConfig; people: Directory; oncallPath: string } {
  const { config, people, oncallPath, problems, told } = readBoth(options, io)
  if (problems.length > 0) throw new CommandError(`the configuration is wrong\n${told}`)
  if (config === undefined || people === undefined)
    throw new CommandError('there is no oncall.yml: copy oncall.example.yml, or name another file with --oncall')
  return { config, people, oncallPath }
}

type Found = { name: string; path: string } & ({ text: string } | { reason: string })

function find(usual: string, given: string | undefined, io: CliIo): Found {
  const path = given === undefined ? join(io.root, usual) : resolve(io.cwd, given)
  const name = given ?? usual
  try {
    return { name, path, text: readFileSync(path, 'utf8') }
  } catch (error) {
    return { name, path, reason: reasonOf(error) }
  }
}

function present(found: Found): { name: string; path: string; text: string } {
  if ('text' in found) return found
  throw new CommandError(`${found.name}: ${found.reason}`)
}

/** Why a file can't be read, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'is a folder, not a file'
  if (code === 'EACCES') return 'may not be read'
  return message
}
