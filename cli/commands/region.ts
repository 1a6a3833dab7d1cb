import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { shortDuration } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions, readBoth } from '../configuration.ts'
import { type Everywhere, findTargets, inEach, tellMissed } from '../every-region.ts'
import { BAD, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { type Differences, differencesOf, type RegionState, readRegion } from '../region-state.ts'
import { table } from '../table.ts'
import { addTargetOptions, type Target, type TargetOptions } from '../target.ts'
import { commonWords } from '../words/common.ts'
import { regionWords } from '../words/region.ts'

type RegionOptions = ConfigOptions & TargetOptions & { json?: true }

export function addRegion(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = regionWords[io.language]
  const command = program.command('region').description(say.about).option('--json', commonWords[io.language].json)
  addTargetOptions(addConfigOption(command))
    .withNotes(say.notes, 'bin/fenghuo.js region --stage prod')
    .action(async (options: RegionOptions) => done(await region(options, io)))
}

/** A region beside the first one that has told of itself. */
interface Told extends RegionState {
  region: string
  differs: Differences
}

async function region(options: RegionOptions, io: CliIo): Promise<number> {
  const targets = findTargets(options, io)
  const read = await inEach(targets, (target) => readRegion(target, configOf(options, io), io))
  const told = compared(read)
  if (options.json) io.out(JSON.stringify(shown(targets, told), null, 2))
  else
    io.out(
      table(
        regionWords[io.language].head,
        targets.map((target) => row(target, told, io)),
      ),
    )
  const isAll = tellMissed(read.missed, () => regionWords[io.language].lost, io)
  return isAll && told.every(({ isWell, differs }) => isWell && isNone(differs)) ? FINE : BAD
}

/** What is wrong with the file is told by `validate`, and by day. */
function configOf(options: RegionOptions, io: CliIo): CompiledConfig | undefined {
  return readBoth(options, io).config
}

function compared({ done }: Everywhere<RegionState>): Told[] {
  const [{ result: first }] = done
  return done.map(({ target, result }) => ({ region: target.region, ...result, differs: differencesOf(first, result) }))
}

function isNone({ projects, silences }: Differences): boolean {
  return projects.length === 0 && silences === 0
}

function row({ region }: Target, told: Told[], io: CliIo): string[] {
  const say = regionWords[io.language]
  const state = told.find((one) => one.region === region)
  if (state === undefined) return [region, say.silent, '?', '?', '?']
  return [region, healthText(state, io), numbersText(state.pages), numbersText(state.guards), differsText(state, io)]
}

function healthText({ isWell, wellForMs, canaryAt }: RegionState, io: CliIo): string {
  const say = regionWords[io.language]
  const duration = (ms: number) => shortDuration(Math.max(0, Math.round(ms / 1_000) * 1_000), io.language)
  if (isWell) return say.well(duration(wellForMs))
  return canaryAt === undefined ? say.never : say.late(duration(io.now() - canaryAt))
}

/** More numbers than these are counted alone. */
const NAMED = 5

function numbersText(numbers: number[]): string {
  if (numbers.length === 0) return '0'
  const named = numbers.slice(0, NAMED).map((number) => `#${number}`)
  return [...named, ...(numbers.length > NAMED ? [`+${numbers.length - NAMED}`] : [])].join(' ')
}

function differsText({ differs }: Told, io: CliIo): string {
  const say = regionWords[io.language]
  const { projects, silences } = differs
  const parts = [
    ...(projects.length > 0 ? [say.people(projects.join(words[io.language].list))] : []),
    ...(silences > 0 ? [say.silences(silences)] : []),
  ]
  return parts.join(words[io.language].comma) || '-'
}

function shown(targets: Target[], told: Told[]) {
  return targets.map(({ region }) => {
    const state = told.find((one) => one.region === region)
    if (state === undefined) return { region, answers: false }
    const { isWell, wellForMs, canaryAt, pages, guards, differs } = state
    return { region, answers: true, isWell, wellForMs, canaryAt, pages, guards, differs }
  })
}
