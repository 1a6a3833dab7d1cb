import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { filesBeside, type ReadText } from '../shared/config/files.ts'
import { loadConfig } from '../shared/config/load.ts'
import { loadOnCall } from '../shared/config/oncall-file.ts'
import { formatProblems } from '../shared/config/problem.ts'
import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import type { Directory } from '../shared/oncall/plan.ts'
import { type CloudName, cloudNames } from './clouds.ts'
import { StartError } from './start-error.ts'

/** The configuration as this machine runs it. */
export interface LocalConfig {
  config: CompiledConfig
  people: Directory
  /** The vantages that this machine plays, `cloud/region`: one of each cloud, AWS's always. */
  vantages: Partial<Record<CloudName, string>>
  /** Of the AWS one. */
  region: string
}

/**
 * Reads both files, adds a check of `url` if one is asked for, and keeps what one machine can run: it plays the first vantage of
 * each cloud, and the others, which would be missing here, are left out. Throws `StartError` with all that is wrong.
 */
export function loadLocalConfig(options: {
  /** What file names are relative to. */
  root: string
  configFile: string
  oncallFile: string
  url?: string
  /** The AWS one that is played; absent: that of the first vantage there. */
  region?: string
}): LocalConfig {
  const { root, configFile, oncallFile, url, region } = options
  const oncall = loadOnCall(read(root, oncallFile), oncallFile, filesBeside(resolve(root, oncallFile)))
  const people = oncall.directory
  const text = read(root, configFile)
  const files = filesBeside(resolve(root, configFile))
  const written = loadConfig(text, configFile, people, files, oncall.named)
  const { config } = written
  const problems = [...written.problems, ...oncall.problems]
  if (!people || !config)
    throw new StartError({ en: formatProblems(problems, 'en'), zh: formatProblems(problems, 'zh') })

  const played = cloudNames.flatMap((cloud) => {
    const start = cloud === 'aws' && region !== undefined ? `aws/${region}` : `${cloud}/`
    const first = Object.entries(config.vantages).find(([, place]) => place.startsWith(start))
    return first ? [{ cloud, short: first[0], place: first[1] }] : []
  })
  const vantages = Object.fromEntries(played.map(({ cloud, place }) => [cloud, place])) as LocalConfig['vantages']
  if (vantages.aws === undefined) {
    throw new StartError({
      en: `${configFile}: vantages: the local stack plays an AWS one: add a line such as sg: aws/ap-southeast-1`,
      zh: `${configFile}：vantages：本地栈要扮演一个 AWS 的观测点：加上 sg: aws/ap-southeast-1 这样的一行`,
    })
  }
  const shorts = played.map(({ short }) => short)
  const extended = url === undefined ? config : withCheck(text, { file: configFile, people, files }, url, shorts)
  return { config: seenFrom(vantages, extended), people, vantages, region: vantages.aws.slice('aws/'.length) }
}

/** Puts a check of `url` beside those of the file, in a project of its own, so that it passes the same validation. */
function withCheck(
  text: string,
  { file, people, files }: { file: string; people: Directory; files: ReadText },
  url: string,
  from: string[],
): CompiledConfig {
  checkUrl(url)
  const document = parseDocument(text)
  const zh = document.get('language') !== 'en'
  const check = { title: zh ? '自选服务' : 'Your service', http: url, from, interval: '1m' }
  document.setIn(['projects', 'this-machine'], { title: zh ? '本机' : 'Local', checks: { url: check } })
  const { config, problems } = loadConfig(document.toString(), file, people, files)
  if (!config)
    throw new StartError({
      en: `--check ${url}: ${problems.map(({ message }) => message).join('; ')}`,
      zh: `--check ${url}：${problems.map(({ zh }) => zh).join('；')}`,
    })
  return config
}

function checkUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed && /^https?:$/.test(parsed.protocol) && parsed.hostname) return
  throw new StartError({
    en: `--check ${url}: is not a URL to watch: write one such as http://localhost:8080/health`,
    zh: `--check ${url}：不是可以观测的 URL：写成 http://localhost:8080/health 这样`,
  })
}

function seenFrom(vantages: LocalConfig['vantages'], config: CompiledConfig): CompiledConfig {
  const played = Object.values(vantages)
  return {
    ...config,
    vantages: Object.fromEntries(Object.entries(config.vantages).filter(([, place]) => played.includes(place))),
    checks: config.checks
      .map((check) => ({ ...check, from: check.from.filter((place) => played.includes(place)) }))
      .filter(({ isPassive, from }) => isPassive || from.length > 0),
  }
}

function read(root: string, file: string): string {
  try {
    return readFileSync(resolve(root, file), 'utf8')
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new StartError({
      en: `${file}: ${isMissing ? 'there is no such file' : String(error)}`,
      zh: `${file}：${isMissing ? '没有这个文件' : String(error)}`,
    })
  }
}

/** The configuration with links that lead to this machine's own console: a deployment knows nothing of what is paged here. */
export function atThisMachine({ baseUrl: _, ...config }: CompiledConfig, url: string): CompiledConfig {
  return { ...config, console: { access: [], ...config.console, url } }
}
