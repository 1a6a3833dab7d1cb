import { type ProjectRow, readRows } from '../../shared/engine/overrides/rows.ts'
import { overrideText } from '../../shared/oncall/override.ts'
import type { Directory, Override } from '../../shared/oncall/plan.ts'
import { type OnCallOptions, readConfig, requireBoth } from '../configuration.ts'
import { contactsOf } from '../engine.ts'
import type { CliIo } from '../io.ts'
import { findTarget, type TargetOptions } from '../target.ts'
import { commonWords } from '../words/common.ts'
import { routeWords } from '../words/route.ts'

/** Everybody and every schedule of oncall.yml, or of a deployment. */
export interface People {
  directory: Directory
  /** Where they are from: `oncall.yml`, `fenghuo-prod in ap-southeast-1`. */
  source: string
  /** Of the configuration. */
  timezone: string
}

/** Those of a deployment if one is named, or with `--deployed`; those of oncall.yml otherwise. */
export async function findPeople(
  options: OnCallOptions & TargetOptions & { deployed?: true },
  io: CliIo,
): Promise<People> {
  const { deployed, local, stage, region } = options
  if (!deployed && !local && stage === undefined && region === undefined) {
    const { config, people } = requireBoth(options, io)
    return { directory: people, source: 'oncall.yml', timezone: config.timezone }
  }
  const target = findTarget(options, io)
  const config = readConfig(options, io)
  const rows = await readRows(Object.keys(config.projects), contactsOf(target))
  for (const { project, row } of rows)
    for (const problem of row.problems)
      io.err(commonWords[io.language].note(routeWords[io.language].row(project, problem[io.language])))
  return { directory: together(rows), source: target.name, timezone: config.timezone }
}

/** What all projects have: each row has what its project's policy needs. */
function together(rows: ProjectRow[]): Directory {
  const directories = rows.map(({ row }) => row.directory)
  const overrides = new Map<string, Override>(
    directories.flatMap((each) => each.overrides.map((override) => [overrideText(override), override] as const)),
  )
  return {
    contacts: Object.assign({}, ...directories.map((each) => each.contacts)),
    schedules: Object.assign({}, ...directories.map((each) => each.schedules)),
    overrides: [...overrides.values()],
    calendars: Object.assign({}, ...directories.map((each) => each.calendars)),
  }
}
