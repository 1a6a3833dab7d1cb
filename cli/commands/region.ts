import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { inEach } from '../../shared/contracts/in-each.ts'
import { type Difference, differencesOf, idleBy } from '../../shared/engine/regions/differences.ts'
import { type Deliveries, deliveriesOf } from '../../shared/evaluation/deliveries.ts'
import { factIn } from '../../shared/messages/facts.ts'
import { shortDuration, timeSeenFrom } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions, readBoth } from '../configuration.ts'
import { type DutyOptions, releaseDuty, takeDuty } from '../duty.ts'
import { type Everywhere, findTargets, tellMissed } from '../every-region.ts'
import { BAD, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { type RegionState, readRegion } from '../region-state.ts'
import { table } from '../table.ts'
import { addTargetOptions, type Target, type TargetOptions } from '../target.ts'
import { commonWords } from '../words/common.ts'
import { differenceText, regionWords } from '../words/region.ts'

type RegionOptions = ConfigOptions & TargetOptions & { json?: true }

export function addRegion(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = regionWords[io.language]
  const command = program.command('region').description(say.about)
  const json = (one: SpokenCommand) => addConfigOption(one).option('--json', commonWords[io.language].json)
  addTargetOptions(json(command.command('show', { isDefault: true }).description(say.show)))
    .withNotes(say.notes, 'bin/fenghuo.js region --stage prod')
    .action(async (options: RegionOptions) => done(await region(options, io)))
  const take = command.command('take').description(say.take).argument('<region>', say.taker)
  addDutyOptions(json(take))
    .option('--for <time>', say.for)
    .option('--yes', say.yes)
    .withNotes(say.takeNotes, 'bin/fenghuo.js region take ap-northeast-1 --for 2h --stage prod')
    .action(async (name: string, options: DutyOptions) => done(await takeOver(name, options, io)))
  addDutyOptions(json(command.command('release').description(say.release)))
    .withNotes('', 'bin/fenghuo.js region release --stage prod')
    .action(async (options: DutyOptions) => done(await release(options, io)))
}

function addDutyOptions(command: SpokenCommand): SpokenCommand {
  const say = regionWords[command.language]
  return command.requiredOption('--stage <stage>', commonWords[command.language].stage).option('--as <name>', say.as)
}

async function takeOver(name: string, options: DutyOptions, io: CliIo): Promise<number> {
  const said = await takeDuty(name, options, io)
  const until = said.until === undefined ? undefined : timeSeenFrom(io.now(), said.until, io.timezone)
  io.out(options.json ? JSON.stringify(said, null, 2) : regionWords[io.language].taken(name, until))
  return FINE
}

async function release(options: DutyOptions, io: CliIo): Promise<number> {
  const said = await releaseDuty(options, io)
  io.out(options.json ? JSON.stringify(said, null, 2) : regionWords[io.language].released)
  return FINE
}

/** A region beside the first one that has told of itself. */
interface Told extends RegionState {
  region: string
  differs: Difference[]
}

async function region(options: RegionOptions, io: CliIo): Promise<number> {
  const targets = findTargets(options, io)
  const read = await inEach(targets, (target) => readRegion(target, configOf(options, io), io))
  const told = compared(read)
  const deliveries = deliveriesOf(
    targets.map((target) => target.region),
    told.flatMap(({ probes }) => probes),
    io.now(),
  )
  if (options.json) io.out(JSON.stringify(shown(targets, told, deliveries), null, 2))
  else
    io.out(
      table(
        regionWords[io.language].head,
        targets.map((target) => row(target, told, targets[0].region, io)),
      ),
    )
  if (!options.json)
    for (const one of told)
      if (one.words.refused > 0) io.out(regionWords[io.language].refused(one.region, one.words.refused))
  if (!options.json) for (const one of deliveries) tellUntaken(one, io)
  const isAll = tellMissed(read.missed, () => regionWords[io.language].lost, io)
  return isAll && told.every(({ isWell, differs }) => isWell && differs.every(isFine)) ? FINE : BAD
}

/** What is wrong with the file is told by `validate`, and by day. */
function configOf(options: RegionOptions, io: CliIo): CompiledConfig | undefined {
  return readBoth(options, io).config
}

function compared({ done }: Everywhere<RegionState>): Told[] {
  const [{ result: first }] = done
  return done.map(({ target, result }) => ({ region: target.region, ...result, differs: differencesOf(first, result) }))
}

/** Another version works: it is told, and is no trouble. */
function isFine({ code }: Difference): boolean {
  return code === 'version'
}

function row({ region }: Target, told: Told[], first: string, io: CliIo): string[] {
  const say = regionWords[io.language]
  const state = told.find((one) => one.region === region)
  if (state === undefined) return [region, say.silent, '?', '?', '?', '?']
  return [
    region,
    healthText(state, io),
    dutyText(state, first, io),
    numbersText(state.pages),
    numbersText(state.guards),
    differsText(state, io),
  ]
}

function healthText({ wellForMs, canary }: RegionState, io: CliIo): string {
  const say = regionWords[io.language]
  const duration = (ms: number) => shortDuration(Math.max(0, Math.round(ms / 1_000) * 1_000), io.language)
  const idle = idleBy(canary, io.now())
  if (idle === undefined) return say.well(duration(wellForMs))
  return idle.code === 'late' ? say.late(duration(idle.args.agoMs)) : say.never
}

/** Who has duty as this region knows it, where that is not by the order alone. */
function dutyText({ region, duty }: Told, first: string, io: CliIo): string {
  const say = regionWords[io.language]
  const serving = duty?.serving ?? first
  const who = serving === region ? say.here : serving
  if (duty === undefined || duty.why.code === 'duty-by-order') return who
  const { said, since, why } = duty
  const time = (at: number) => timeSeenFrom(io.now(), at, io.timezone)
  const until = why.code === 'duty-taken' && said?.until !== undefined ? time(said.until) : undefined
  return say.since(who, time(since), factIn(io.language, why), until)
}

/** More numbers than these are counted alone. */
const NAMED = 5

function numbersText(numbers: number[]): string {
  if (numbers.length === 0) return '0'
  const named = numbers.slice(0, NAMED).map((number) => `#${number}`)
  return [...named, ...(numbers.length > NAMED ? [`+${numbers.length - NAMED}`] : [])].join(' ')
}

function differsText({ differs }: Told, { language }: CliIo): string {
  return differs.map((one) => differenceText(one, language)).join(words[language].comma) || '-'
}

function tellUntaken({ region, failing }: Deliveries, io: CliIo): void {
  for (const { vantage, since, why } of failing)
    io.out(regionWords[io.language].untaken(region, vantage, timeSeenFrom(io.now(), since, io.timezone), why))
}

function shown(targets: Target[], told: Told[], deliveries: Deliveries[]) {
  return targets.map(({ region }) => {
    const state = told.find((one) => one.region === region)
    const { taken, failing } = deliveries.find((one) => one.region === region) ?? { taken: [], failing: [] }
    const reports = { taken, failing }
    if (state === undefined) return { region, answers: false, reports }
    const { isWell, wellForMs, canary, duty, words, pages, guards, differs } = state
    const { at: canaryAt, version } = canary ?? {}
    return { region, answers: true, isWell, wellForMs, canaryAt, version, duty, pages, guards, words, reports, differs }
  })
}
