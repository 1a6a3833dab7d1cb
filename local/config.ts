import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseDocument } from 'yaml'
import type { CompiledConfig } from '../shared/config/compiled.ts'
import { filesBeside, type ReadText } from '../shared/config/files.ts'
import { loadConfig } from '../shared/config/load.ts'
import { formatProblems, type Problem } from '../shared/config/problem.ts'
import { loadOnCall } from '../shared/oncall/oncallFile.ts'
import type { Directory } from '../shared/oncall/plan.ts'

/** The configuration as this machine runs it. */
export interface LocalConfig {
  config: CompiledConfig
  people: Directory
  /** The vantage that this machine plays. */
  vantage: string
  region: string
}

/** A mistake of whoever started the stack, told without a stack trace. */
export class StartError extends Error {}

/**
 * Reads both files, adds a check of `url` if one is asked for, and keeps what one machine can run: it plays the first AWS
 * vantage, and the others, which would be missing here, are left out. Throws `StartError` with all that is wrong.
 */
export function loadLocalConfig(options: {
  /** What file names are relative to. */
  root: string
  configFile: string
  oncallFile: string
  url?: string
}): LocalConfig {
  const { root, configFile, oncallFile, url } = options
  const oncall = loadOnCall(read(root, oncallFile), oncallFile)
  const people = oncall.directory
  const text = read(root, configFile)
  const files = filesBeside(resolve(root, configFile))
  const written = loadConfig(text, configFile, people, files)
  const { config } = written
  if (!people || !config) throw new StartError(formatProblems([...written.problems, ...oncall.problems]))

  const [short, vantage] = Object.entries(config.vantages).find(([, place]) => place.startsWith('aws/')) ?? []
  if (short === undefined || vantage === undefined) {
    throw new StartError(
      `${configFile}: vantages: the local stack plays an AWS one: add a line such as sg: aws/ap-southeast-1`,
    )
  }
  const extended = url === undefined ? config : withCheck(text, { file: configFile, people, files }, url, short)
  return { config: seenFrom(vantage, extended), people, vantage, region: vantage.slice('aws/'.length) }
}

/** Puts a check of `url` beside those of the file, in a project of its own, so that it passes the same validation. */
function withCheck(
  text: string,
  { file, people, files }: { file: string; people: Directory; files: ReadText },
  url: string,
  vantage: string,
): CompiledConfig {
  checkUrl(url)
  const document = parseDocument(text)
  const zh = document.get('language') !== 'en'
  const check = { title: zh ? '自选服务' : 'Your service', http: url, from: [vantage], interval: '1m' }
  document.setIn(['projects', 'this-machine'], { title: zh ? '本机' : 'Local', checks: { url: check } })
  const { config, problems } = loadConfig(document.toString(), file, people, files)
  if (!config) throw new StartError(`--check ${url}: ${problems.map((problem: Problem) => problem.message).join('; ')}`)
  return config
}

function checkUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed && /^https?:$/.test(parsed.protocol) && parsed.hostname) return
  throw new StartError(`--check ${url}: is not a URL to watch: write one such as http://localhost:8080/health`)
}

function seenFrom(vantage: string, config: CompiledConfig): CompiledConfig {
  return {
    ...config,
    vantages: Object.fromEntries(Object.entries(config.vantages).filter(([, place]) => place === vantage)),
    checks: config.checks
      .filter((check) => check.from.length === 0 || check.from.includes(vantage))
      .map((check) => ({ ...check, from: check.from.filter((place) => place === vantage) })),
  }
}

function read(root: string, file: string): string {
  try {
    return readFileSync(resolve(root, file), 'utf8')
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(error)
    throw new StartError(`${file}: ${reason}`)
  }
}
