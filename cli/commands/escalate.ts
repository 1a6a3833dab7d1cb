import { InvalidArgumentError } from 'commander'
import { notNamed } from '../../shared/config/reader.ts'
import { type CompiledConfig, OWN_PROJECT } from '../../shared/contracts/compiled-config.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import type { Language } from '../../shared/contracts/words.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { escalatedAs } from '../../shared/incidents/severity.ts'
import { whyNotHanded } from '../../shared/oncall/hand-over.ts'
import { actWherePaged, refuse } from '../acting.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { contactsOf } from '../engine.ts'
import { CommandError, FINE } from '../failure.ts'
import { numberOf, shownIncident, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions, type Target } from '../target.ts'
import { actingWords } from '../words/acting.ts'
import { commonWords } from '../words/common.ts'

type EscalateOptions = ActingOptions & ConfigOptions & { layer?: number; to?: string[]; policy?: string }

export function addEscalate(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = actingWords[io.language].escalate
  const common = commonWords[io.language]
  const command = program
    .command('escalate')
    .description(say.about)
    .argument('<number>', common.number, numberOf(io.language))
    .option('--layer <layer>', say.layer, layerOf(io.language))
    .option('--to <names...>', say.to)
    .option('--policy <policy>', say.policy)
  addActingOptions(addConfigOption(command))
    .withNotes(
      say.notes,
      'bin/fenghuo.js escalate 1024 --stage prod',
      'bin/fenghuo.js escalate 1024 --layer 3',
      'bin/fenghuo.js escalate 1024 --to dba wang',
      'bin/fenghuo.js escalate 1024 --policy network',
    )
    .action(async (number: number, options: EscalateOptions) => done(await escalate(number, options, io)))
}

const layerOf =
  (language: Language) =>
  (text: string): number => {
    if (/^[1-9]\d?$/.test(text)) return Number(text) - 1
    throw new InvalidArgumentError(actingWords[language].escalate.notLayer)
  }

async function escalate(number: number, options: EscalateOptions, io: CliIo): Promise<number> {
  const { layer, to, policy } = options
  const config = policy === undefined ? undefined : readConfig(options, io)
  const asked = {
    ...(layer !== undefined && { layer }),
    ...(to !== undefined && { to }),
    ...(policy !== undefined && { policy }),
  }
  const acted = await actWherePaged(
    number,
    options,
    async (incident, by, target) => {
      const { project, generation } = incident
      if (config === undefined || policy === undefined) checkLayer(layer, incident.escalation.layers)
      else {
        await checkPolicy(policy, incident, { config, target }, io)
        checkLayer(layer, config.policies[policy]?.layers.length)
      }
      await checkNames(to ?? [], project, target)
      return { type: 'escalate', generation, via: 'cli', by, ...asked }
    },
    io,
  )
  if (!acted.changed)
    refuse(
      acted,
      {
        en: 'pages nobody now, because of a silence, its policy or its severity: see bin/fenghuo.js incidents',
        zh: '现在不呼叫任何人，因为静默、策略或它的级别：见 bin/fenghuo.js incidents',
      },
      io,
    )
  if (options.json) io.out(JSON.stringify({ ...asked, incident: shownIncident(acted.state, io) }, null, 2))
  else io.out(actingWords[io.language].escalate.escalated(titleOf(acted.found, io), to?.join(', '), policy))
  return FINE
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
