import * as z from 'zod'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import { mistake } from '../contracts/mistake.ts'
import { name } from '../contracts/name.ts'
import { malformedReferences } from '../contracts/references.ts'
import type { Directory } from '../oncall/plan.ts'
import { checkAudience } from './audience.ts'
import { checkPlaces } from './check-places.ts'
import { checkPolicies } from './check-policies.ts'
import { checkQuorum } from './check-quorum.ts'
import { checkTargets } from './check-targets.ts'
import { checkTimes } from './check-times.ts'
import { compile } from './compile.ts'
import { readConsole } from './console-schema.ts'
import { checkDependencies } from './dependencies.ts'
import { type FenghuoFile, type ReadProject, robotsOf } from './file.ts'
import type { ReadText } from './files.ts'
import { noteTwice } from './listed-twice.ts'
import { checkPerVantage } from './per-vantage.ts'
import type { Problem } from './problem.ts'
import { readChannels } from './read-channels.ts'
import { readChecks } from './read-checks.ts'
import { readFailover } from './read-failover.ts'
import { readInhibit } from './read-inhibit.ts'
import { readMaintenance } from './read-maintenance.ts'
import { type Named, readPolicies } from './read-policies.ts'
import { kindSections, readSections, type Sections } from './read-sections.ts'
import { readSenders } from './read-senders.ts'
import { readStatus } from './read-status.ts'
import { readVantages } from './read-vantages.ts'
import { createReader, type Reader } from './reader.ts'
import { compiledRegions, regionsKeys } from './regions-schema.ts'
import { defaults, general, group, project } from './schema.ts'
import type { Path } from './yaml.ts'

/**
 * Reads `fenghuo.yml`. `file` is the name that problems carry; with `people` (what `loadOnCall` made of `oncall.yml`), or who is `named`
 * there in spite of its mistakes, the names in policies are checked against it. `files` reads what it names, such as certificates. `config`
 * is there only when there is no problem; all problems are told at once.
 */
export function loadConfig(
  text: string,
  file: string,
  people?: Directory,
  files?: ReadText,
  named: Named | undefined = people && {
    contacts: Object.keys(people.contacts),
    schedules: Object.keys(people.schedules),
  },
): { config?: CompiledConfig; problems: Problem[] } {
  const reader = createReader(text, file, files)
  const read = readFile(reader, named)
  checkDependencies(reader, read)
  checkPlaces(reader, read)
  const config = compile(read)
  checkAudience(reader, read, config)
  checkPolicies(reader, config, people)
  checkPerVantage(reader, config)
  checkTimes(reader, config)
  checkQuorum(reader, config)
  checkTargets(reader, config)
  checkReferences(reader, reader.get([]), [])
  const problems = reader.problems()
  return problems.length === 0 ? { config, problems } : { problems }
}

const sections = z.strictObject({
  ...general,
  ...regionsKeys,
  vantages: z.unknown().optional(),
  senders: z.unknown().optional(),
  groups: z.unknown().optional(),
  channels: z.unknown().optional(),
  policies: z.unknown().optional(),
  maintenance: z.unknown().optional(),
  inhibit: z.unknown().optional(),
  failover: z.unknown().optional(),
  console: z.unknown().optional(),
  status: z.unknown().optional(),
  defaults: z.unknown().optional(),
  projects: z.unknown().optional(),
  ...Object.fromEntries(kindSections.map(({ key }) => [key, z.unknown().optional()])),
})

function readFile(reader: Reader, named: Named | undefined): FenghuoFile {
  const { language = 'zh', timezone = 'UTC', baseUrl, ...keys } = reader.readKeys(sections, [])
  if (keys.guard !== undefined && reader.get(['regions']) === undefined)
    reader.note(
      ['guard'],
      mistake('no-effect', { en: 'has no effect without `regions`', zh: '没有 `regions` 时没有作用' }),
    )
  const regions = compiledRegions(keys)
  const console = readConsole(reader)
  return {
    language,
    timezone,
    ...(baseUrl && { baseUrl }),
    ...(regions && { regions }),
    ...(console && { console }),
    ...readVantages(reader),
    senders: readSenders(reader),
    groups: readGroups(reader),
    channels: readChannels(reader),
    policies: readPolicies(reader, named),
    maintenance: readMaintenance(reader),
    inhibit: readInhibit(reader),
    failover: readFailover(reader),
    status: readStatus(reader),
    defaults: reader.get(['defaults']) === undefined ? {} : readInherited(reader, ['defaults'], defaults),
    projects: readProjects(reader, readSections(reader)),
  }
}

function readGroups(reader: Reader): Record<string, string[]> {
  const groups: Record<string, string[]> = {}
  for (const key of reader.names(name, ['groups'])) {
    reader.lookUp(['groups', key], 'vantage', reader.keys(['vantages']))
    groups[key] = reader.read(group, ['groups', key]) ?? []
  }
  return groups
}

function readProjects(reader: Reader, sections: Sections): Record<string, ReadProject> {
  const projects: Record<string, ReadProject> = {}
  for (const key of reader.names(name, ['projects'])) {
    const path = ['projects', key]
    const { checks: _, ...value } = reader.read(z.record(z.string(), z.unknown()), path) ?? {}
    const settings = readInherited(reader, path, project, { value, alsoKnown: ['checks'] })
    projects[key] = { ...settings, checks: readChecks(reader, [...path, 'checks'], sections) }
  }
  return projects
}

/** Reads what a project or `defaults` hands down, and looks up the names in it. */
function readInherited<T extends object>(
  reader: Reader,
  path: string[],
  schema: z.ZodType<T>,
  options?: { value: unknown; alsoKnown: string[] },
): Partial<T> {
  reader.lookUp([...path, 'from'], 'vantage', reader.keys(['vantages']))
  reader.lookUp([...path, 'chat'], 'robot', robotsOf(reader.keys(['channels'])))
  for (const key of ['policy', 'handOver']) reader.lookUp([...path, key], 'policy', reader.keys(['policies']))
  noteTwice(reader, [...path, 'handOver'])
  return reader.readKeys(schema, path, options)
}

function checkReferences(reader: Reader, value: unknown, path: Path): void {
  if (typeof value === 'string') {
    for (const written of malformedReferences(value)) {
      const words = {
        en: `${written} is no reference: \${NAME} has the letters, digits and _ of an environment variable`,
        zh: `${written} 不是引用：\${NAME} 由环境变量的字母、数字和 _ 组成`,
      }
      reader.note(path, mistake('no-reference', words))
    }
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      checkReferences(reader, item, [...path, index])
    })
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) checkReferences(reader, item, [...path, key])
  }
}
