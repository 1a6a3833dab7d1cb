import { descriptors } from '../../shared/channels/descriptors.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { fateOf } from '../../shared/engine/console/fate-of-key.ts'
import { whyIncident } from '../../shared/engine/console/why-incident.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { changeText } from '../../shared/messages/changes.ts'
import { timelineText } from '../../shared/messages/timeline.ts'
import { fateText, notCalledText, ruleText } from '../../shared/messages/why.ts'
import { type ConfigOptions, noteUnknownProject, readConfig } from '../configuration.ts'
import { contactsOf, storeOf } from '../engine.ts'
import { findIncident, titleOf } from '../incident.ts'
import type { CliIo } from '../io.ts'
import { findTarget, type Target, type TargetOptions } from '../target.ts'
import type { Fate, Why } from './desk.ts'

type Options = TargetOptions & ConfigOptions

export async function whyThere(number: number, options: Options, io: CliIo): Promise<Why> {
  const config = readConfig(options, io)
  const { found, target } = await findIncident(number, options, io)
  return whyOf(found, config, target, io)
}

export async function whyOfKeyThere(
  key: string,
  project: string | undefined,
  options: Options,
  io: CliIo,
): Promise<Why | Fate> {
  const config = readConfig(options, io)
  const target = findTarget(options, io)
  if (project !== undefined) noteUnknownProject(project, config, io)
  const projects = project === undefined ? Object.keys(config.projects) : [project]
  const found = await fateOf(key, projects, config, storeOf(target, io))
  if ('incident' in found) return whyOf(found.incident, config, target, io)
  const { fate } = found
  return {
    fate: fateText(fate, io.language, io.now(), io.timezone),
    neverCame: fate.code === 'never-came',
    machines: found,
  }
}

async function whyOf(incident: Incident, config: CompiledConfig, target: Target, io: CliIo): Promise<Why> {
  const { language, timezone } = io
  const { number, project, openedAt } = incident
  const directory = async (of: string) => (await contactsOf(target).read(of))?.directory
  const sources = { config, directory, mayTell: () => true }
  const { changes, decisions, notCalled, policy } = await whyIncident(incident, sources, storeOf(target, io))
  const told = decisions.map(({ entry, rule }) => ({
    ...entry,
    text: timelineText(entry, language, timezone, descriptors),
    rule: rule && { ...rule, text: ruleText(rule, language) },
  }))
  return {
    title: titleOf(incident, io),
    project,
    openedAt,
    changes: changes?.map((change) => changeText(change, openedAt - change.at, language)),
    decisions: told.map(({ at, text, rule }) => ({ at, text, rule: rule?.text })),
    notCalled: notCalled.map(({ name, why }) => ({ name, why: notCalledText(why, language, openedAt, timezone) })),
    hasPolicy: policy !== undefined,
    machines: { number, changes, decisions: told, notCalled },
  }
}
