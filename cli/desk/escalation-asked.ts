import { notNamed } from '../../shared/config/not-named.ts'
import { type CompiledConfig, OWN_PROJECT } from '../../shared/contracts/compiled-config.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { escalatedAs } from '../../shared/incidents/severity.ts'
import { whyNotHanded } from '../../shared/oncall/hand-over.ts'
import { type ConfigOptions, readConfig } from '../configuration.ts'
import { contactsOf } from '../engine.ts'
import { CommandError } from '../failure.ts'
import type { CliIo } from '../io.ts'
import type { Target } from '../target.ts'
import type { Asked } from './desk.ts'

/** Throws a `CommandError` for a layer, a policy or a name by which an incident cannot go on. */
export async function checkEscalation(
  { layer, to = [], policy }: Extract<Asked, { do: 'escalate' }>,
  incident: Incident,
  target: Target,
  options: ConfigOptions,
  io: CliIo,
): Promise<void> {
  if (policy === undefined) checkLayer(layer, incident.escalation.layers)
  else {
    const config = readConfig(options, io)
    await checkPolicy(policy, incident, { config, target }, io)
    checkLayer(layer, config.policies[policy]?.layers.length)
  }
  await checkNames(to, incident.project, target)
}

/** A layer behind the last would be that one. Until the first begins nobody knows how many there are. */
function checkLayer(layer: number | undefined, layers: number | undefined): void {
  if (layer === undefined || layers === undefined || layer < layers) return
  throw new CommandError({
    en: `--layer ${layer + 1}: the last layer by which it is paged is ${layers}; --to pages others`,
    zh: `--layer ${layer + 1}：它所按的策略最后一层是第 ${layers} 层；要找其他人用 --to`,
  })
}

/** It must be one of those to which the project's incidents may be handed over, and reach somebody. */
async function checkPolicy(
  policy: string,
  incident: Incident,
  { config, target }: { config: CompiledConfig; target: Target },
  io: CliIo,
): Promise<void> {
  const { project } = incident
  const severity = escalatedAs(incident)
  const directory = async (of: string) => (await contactsOf(target).read(of))?.directory
  const why = await whyNotHanded(policy, { project, severity }, { config, directory, phoneHashOf: () => '' }, io.now())
  if (why?.code === 'unlisted')
    throw new CommandError({
      en: `--policy ${policy}: an incident of ${project} goes to ${why.among.join(', ')} alone: list it under \`handOver\` of the project, deploy and apply`,
      zh: `--policy ${policy}：${project} 的告警单只能转给 ${why.among.join('、')}：先写进该项目的 \`handOver\`，再部署并 apply`,
    })
  if (why?.code === 'reaches-nobody')
    throw new CommandError({
      en: `--policy ${policy}: reaches nobody for ${severity} as the people of ${project} are at ${target.name}: see bin/fenghuo.js apply, or name people with --to`,
      zh: `--policy ${policy}：按 ${target.name} 里 ${project} 的人员，${severity} 级找不到任何人：见 bin/fenghuo.js apply，或用 --to 指定人`,
    })
}

/** Whom it is handed to must be somebody whom the project's pages can find. */
async function checkNames(names: string[], project: string, target: Target): Promise<void> {
  if (names.length === 0) return
  const contacts = contactsOf(target)
  const row = (await contacts.read(project)) ?? (await contacts.read(OWN_PROJECT))
  const known = { ...row?.directory.contacts, ...row?.directory.schedules }
  const unknown = names.find((name) => ownProperty<unknown>(known, name) === undefined)
  if (unknown !== undefined) throw new CommandError(notNamed('contact or schedule', unknown, Object.keys(known)).words)
}
