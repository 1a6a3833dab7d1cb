import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { filesBeside } from '../shared/config/files.ts'
import { loadConfig } from '../shared/config/load.ts'
import { loadOnCall } from '../shared/config/oncall-file.ts'
import { formatProblems, type Problem } from '../shared/config/problem.ts'
import { parseYaml } from '../shared/config/yaml.ts'
import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import { ownProperty } from '../shared/contracts/own-property.ts'
import { didYouMean } from '../shared/contracts/suggest.ts'
import type { Bilingual, Language } from '../shared/contracts/words.ts'
import type { Directory } from '../shared/oncall/plan.ts'
import type { SpokenCommand } from './command.ts'
import { CommandError } from './failure.ts'
import type { CliIo } from './io.ts'
import type { Placing } from './warnings.ts'
import { commonWords } from './words/common.ts'

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
  words: Bilingual
  /** Where something of either file stands. */
  placed: Record<'config' | 'people', Placing>
}

/** What is wrong with the files. */
export function wrongly({ en, zh }: Bilingual): CommandError {
  return new CommandError({ en: `the configuration is wrong\n${en}`, zh: `配置有误\n${zh}` })
}

export function addConfigOption(command: SpokenCommand): SpokenCommand {
  return command.option('--config <file>', commonWords[command.language].config)
}

export function addOnCallOption(command: SpokenCommand): SpokenCommand {
  return command.option('--oncall <file>', commonWords[command.language].oncall)
}

/** Reads and validates fenghuo.yml. Throws a `CommandError` with all that is wrong. */
export function readConfig(options: ConfigOptions, io: CliIo): CompiledConfig {
  const { name, text, path } = present(find('fenghuo.yml', options.config, io))
  const { config, problems } = loadConfig(text, name, undefined, filesBeside(path))
  if (config === undefined) {
    const told = (language: Language) => formatProblems(problems, language, text)
    throw wrongly({ en: told('en'), zh: told('zh') })
  }
  return config
}

/** Says where the alerts of a project go that nobody has configured; nothing of one that somebody has. */
export function noteUnknownProject(project: string, { projects }: CompiledConfig, io: CliIo): void {
  if (ownProperty(projects, project) !== undefined) return
  const say = commonWords[io.language]
  io.err(say.note(say.noProject(project, didYouMean(project, Object.keys(projects))[io.language])))
}

/** Reads both files and checks them against each other; an oncall.yml that nobody asked for may be missing. */
export function readBoth(options: OnCallOptions, io: CliIo): Configuration {
  const watched = present(find('fenghuo.yml', options.config, io))
  const found = find('oncall.yml', options.oncall, io)
  const people = 'text' in found || options.oncall !== undefined ? present(found) : undefined
  const oncall = people && loadOnCall(people.text, people.name, filesBeside(people.path))
  const written = loadConfig(watched.text, watched.name, oncall?.directory, filesBeside(watched.path), oncall?.named)
  const told = (language: Language) =>
    [
      formatProblems(written.problems, language, watched.text),
      formatProblems(oncall?.problems ?? [], language, people?.text ?? ''),
    ]
      .filter((text) => text !== '')
      .join('\n')
  return {
    ...(written.config && { config: written.config }),
    ...(oncall?.directory && { people: oncall.directory }),
    oncallPath: found.path,
    problems: [...written.problems, ...(oncall?.problems ?? [])],
    words: { en: told('en'), zh: told('zh') },
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
): Required<Pick<Configuration, 'config' | 'people' | 'oncallPath' | 'placed'>> {
  const { config, people, oncallPath, problems, words, placed } = readBoth(options, io)
  if (problems.length > 0) throw wrongly(words)
  if (config === undefined || people === undefined)
    throw new CommandError({
      en: 'there is no oncall.yml: copy oncall.example.yml, or name another file with --oncall',
      zh: '没有 oncall.yml：复制 oncall.example.yml，或用 --oncall 指明另一个文件',
    })
  return { config, people, oncallPath, placed }
}

type Found = { name: string; path: string } & ({ text: string } | { error: unknown })

function find(usual: string, given: string | undefined, io: CliIo): Found {
  const path = given === undefined ? join(io.root, usual) : resolve(io.cwd, given)
  const name = given ?? usual
  try {
    return { name, path, text: readFileSync(path, 'utf8') }
  } catch (error) {
    return { name, path, error }
  }
}

function present(found: Found): { name: string; path: string; text: string } {
  if ('text' in found) return found
  throw unreadable(found.name, found.error)
}

/** Why a file can't be read. */
export function unreadable(name: string, error: unknown): CommandError {
  const { en, zh } = reasonOf(error)
  return new CommandError({ en: `${name}: ${en}`, zh: `${name}：${zh}` })
}

/** Why a file can't be read or written, in words. */
export function reasonOf(error: unknown): Bilingual {
  const { code = '', message } = error as NodeJS.ErrnoException
  return ownProperty(reasons, code) ?? { en: message, zh: message }
}

const reasons: Record<string, Bilingual> = {
  ENOENT: { en: 'there is no such file', zh: '没有这个文件' },
  EISDIR: { en: 'is a folder, not a file', zh: '是目录，不是文件' },
  EACCES: { en: 'may not be read', zh: '没有读取权限' },
}
