import { descriptors } from '../../shared/channels/descriptors.ts'
import { type CompiledConfig, OWN_PROJECT } from '../../shared/contracts/compiled-config.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { type NotCalled, notCalled } from '../../shared/incidents/not-called.ts'
import { policyOf } from '../../shared/incidents/policy-of.ts'
import { escalatedAs } from '../../shared/incidents/severity.ts'
import type { TimelineEntry } from '../../shared/incidents/timeline-entry.ts'
import { handedPolicyAt, type Rule, ruleOf, severityAt } from '../../shared/incidents/why.ts'
import { changeText } from '../../shared/messages/changes.ts'
import { timelineText, timelineTime } from '../../shared/messages/timeline.ts'
import { fateText, notCalledText, ruleText } from '../../shared/messages/why.ts'
import { directoryOf } from '../../shared/oncall/owner.ts'
import { planFor } from '../../shared/oncall/plans.ts'
import { changesAround } from '../../shared/store/changes.ts'
import { readTimeline } from '../../shared/store/incidents.ts'
import { readSilences } from '../../shared/store/silences.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions, noteUnknownProject, readConfig } from '../configuration.ts'
import { contactsOf, storeOf } from '../engine.ts'
import { CommandError, FINE } from '../failure.ts'
import { findIncident, numberOf, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { width } from '../table.ts'
import { addTargetOptions, findTarget, type Target, type TargetOptions } from '../target.ts'
import { fateOf } from '../why/fate.ts'
import { commonWords } from '../words/common.ts'
import { whyWords } from '../words/why.ts'

interface WhyOptions extends ConfigOptions, TargetOptions {
  key?: string
  project?: string
  json?: true
}

export function addWhy(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = whyWords[io.language]
  const common = commonWords[io.language]
  const command = program
    .command('why')
    .description(say.about)
    .argument('[number]', common.number, numberOf(io.language))
    .option('--key <key>', say.key)
    .option('--project <project>', say.project)
    .option('--json', common.json)
  addTargetOptions(addConfigOption(command))
    .withNotes(say.notes, 'bin/fenghuo.js why 1024', 'bin/fenghuo.js why --key checkout --project pay --stage prod')
    .action(async (number: number | undefined, options: WhyOptions) => {
      await why(number, options, io)
      done(FINE)
    })
}

async function why(number: number | undefined, options: WhyOptions, io: CliIo): Promise<void> {
  const { key } = options
  if ((number === undefined) === (key === undefined))
    throw new CommandError({ en: whyWords.en.one, zh: whyWords.zh.one })
  if (number !== undefined && options.project !== undefined)
    throw new CommandError({ en: whyWords.en.keysProject, zh: whyWords.zh.keysProject })
  const config = readConfig(options, io)
  if (number !== undefined) {
    const { found, target } = await findIncident(number, options, io)
    return tell(found, config, target, options, io)
  }
  const target = findTarget(options, io)
  if (options.project !== undefined) noteUnknownProject(options.project, config, io)
  const projects = options.project === undefined ? Object.keys(config.projects) : [options.project]
  const found = await fateOf(key ?? '', projects, config, storeOf(target, io))
  if ('incident' in found) return tell(found.incident, config, target, options, io)
  if (options.json) return io.out(JSON.stringify({ fate: found.fate }, null, 2))
  io.out(fateText(found.fate, io.language, io.now(), io.timezone))
}

interface Decided {
  entry: TimelineEntry
  rule: Rule | undefined
}

async function tell(
  incident: Incident,
  config: CompiledConfig,
  target: Target,
  { json }: WhyOptions,
  io: CliIo,
): Promise<void> {
  const store = storeOf(target, io)
  const [entries, silences, changes] = await Promise.all([
    readTimeline(incident, store),
    readSilences(store),
    changesAround(incident.project, incident.openedAt, store),
  ])
  const decided = entries.map(
    (entry): Decided => ({
      entry,
      rule: ruleOf(entry, routedAt(entries, entry, incident), severityAt(entries, entry.at, incident.severity), {
        config,
        silences,
      }),
    }),
  )
  const others = await notCalledOf(incident, entries, config, target)
  if (json) {
    const decisions = decided.map(({ entry, rule }) => ({
      ...entry,
      text: timelineText(entry, io.language, io.timezone, descriptors),
      rule: rule && { ...rule, text: ruleText(rule, io.language) },
    }))
    return io.out(JSON.stringify({ number: incident.number, changes, decisions, notCalled: others }, null, 2))
  }
  const say = whyWords[io.language]
  const lines = decided.flatMap(({ entry, rule }) => {
    const time = timelineTime(incident.openedAt, entry.at, io.timezone)
    const told = `${time}  ${timelineText(entry, io.language, io.timezone, descriptors)}`
    return rule === undefined ? [told] : [told, `${' '.repeat(time.length)}  ${say.rule(ruleText(rule, io.language))}`]
  })
  const without = policyOf(incident, config) ? [] : [say.noPolicy(incident.project)]
  const changed = changes.map((change) => say.changed(changeText(change, incident.openedAt - change.at, io.language)))
  io.out(
    [titleOf(incident, io), ...changed, ...lines, ...without, '', ...uncalledLines(others, incident, io)].join('\n'),
  )
}

/** By what an incident was paged when a line of its history was written. */
function routedAt(entries: TimelineEntry[], { at }: TimelineEntry, { project }: Incident) {
  const handedToPolicy = handedPolicyAt(entries, at)
  return { project, ...(handedToPolicy !== undefined && { handedToPolicy }) }
}

async function notCalledOf(
  incident: Incident,
  entries: TimelineEntry[],
  config: CompiledConfig,
  target: Target,
): Promise<ReturnType<typeof notCalled>> {
  const contacts = contactsOf(target)
  const directories = async (project: string) => (await contacts.read(project))?.directory
  const severity = escalatedAs(incident)
  const { project, once = false, handedTo: first, handedToPolicy: handedTo, openedAt, escalation } = incident
  const { policy: begunBy } = escalation
  const planning = { config, directory: directories, phoneHashOf: () => '' }
  const [plan, directory] = await Promise.all([
    planFor(project, severity, openedAt, planning, { once, first, handedTo, begunBy }),
    directoryOf(project, config, directories),
  ])
  const found = policyOf(incident, config) ?? policyOf({ project: OWN_PROJECT }, config)
  const pages = (begunBy ?? found?.policy)?.layers.map(({ page }) => page) ?? []
  const policy = { name: found?.name ?? '', pages }
  return notCalled({ incident, entries, plan, policy, directory, severity })
}

function uncalledLines(others: { name: string; why: NotCalled }[], { openedAt }: Incident, io: CliIo): string[] {
  const say = whyWords[io.language]
  if (others.length === 0) return [say.everybody]
  const widest = Math.max(...others.map(({ name }) => width(name)))
  const lines = others.map(({ name, why }) => {
    const reason = notCalledText(why, io.language, openedAt, io.timezone)
    return `  ${name}${' '.repeat(widest - width(name))}  ${reason}`
  })
  return [say.notCalled, ...lines]
}
