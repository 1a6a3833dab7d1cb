import type { Command } from 'commander'
import { latency } from '../../shared/messages/times.ts'
import { type Chosen, chooseToRun } from '../check/choose.ts'
import { codeOf, countOf, countText, type Look, type Looker, lookerOf, shownLooks } from '../check/look.ts'
import { jsonOnlooker, lineOnlooker, screenOnlooker } from '../check/onlookers.ts'
import { progressLine } from '../check/progress.ts'
import { sightTable } from '../check/rows.ts'
import type { Sight } from '../check/sight.ts'
import { type Onlooker, watchChecks } from '../check/watch.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { FAILED } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { several } from '../table.ts'

type CheckOptions = ConfigOptions & { from?: string; watch?: true; json?: true }

export function addCheck(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('check')
    .description('Run checks now, from this machine')
    .argument('[names...]', 'project/name, a project, or a pattern such as "pay/*"; all when absent')
    .option('--from <vantage>', 'only what runs from this vantage, with its limits there; still from this machine')
    .option('--watch', 'look again at each interval, until Ctrl-C')
    .option('--json', 'one object for machines; with --watch one on a line for each round')
  addConfigOption(command)
    .addHelpText(
      'after',
      '\nOne look each, without the confirmation that a page needs. Heartbeats are listed: their jobs report, nobody runs them.' +
        '\nWith --watch a terminal shows the table as it is now; a file or a pipe gets one line for each change.' +
        '\nExit codes: 0 all are up or degraded, 1 any is down, 2 any could not be looked at, or bad usage.' +
        '\n\nExamples:\n  fenghuo check\n  fenghuo check pay/web "shop/*"\n  fenghuo check --from sg --watch\n  fenghuo check pay --json',
    )
    .action(async (names: string[], options: CheckOptions) => done(await check(names, options, io)))
}

async function check(names: string[], options: CheckOptions, io: CliIo): Promise<number> {
  const chosen = chooseToRun(readConfig(options, io), names, options.from)
  const interrupted = new AbortController()
  const goOn = io.onInterrupt(() => interrupted.abort())
  const look = lookerOf(io, interrupted.signal)
  try {
    if (options.watch) return await watch(chosen, look, options, io, interrupted.signal)
    return await once(chosen, look, options, io)
  } finally {
    goOn()
  }
}

async function once(chosen: Chosen, look: Looker, { json }: CheckOptions, io: CliIo): Promise<number> {
  const { active, passive } = chosen
  const startedAt = io.now()
  const looks = await withProgress(active.length, (onLook) => look(active, onLook), io)
  const isWhole = looks.length === active.length
  if (!isWhole) io.err(`stopped: ${looks.length} of ${several(active.length, 'check')} had been looked at`)
  const { ok, counts, observations } = shownLooks(looks, io.language)
  if (json) {
    const shown = { ok: ok && isWhole, counts, observations, passive: passive.map(({ id }) => id) }
    io.out(JSON.stringify(shown, null, 2))
  } else if (looks.length > 0) {
    tellTable(
      looks.map(({ sight }) => sight),
      chosen,
      io,
    )
    io.out(`${countText(counts)}, in ${latency(io.now() - startedAt)}`)
  }
  return isWhole ? codeOf(counts) : FAILED
}

async function withProgress(
  all: number,
  run: (onLook: (look: Look) => void) => Promise<Look[]>,
  io: CliIo,
): Promise<Look[]> {
  const seen: Look[] = []
  const progress = () =>
    io.progress?.(
      progressLine(
        seen.map(({ observation }) => observation.outcome),
        all,
      ),
    )
  if (io.progress) progress()
  else io.err(`running ${several(all, 'check')}`)
  const looks = await run((look) => {
    seen.push(look)
    progress()
  })
  io.progress?.('')
  return looks
}

/** The exit code is that of what was seen last. */
async function watch(
  chosen: Chosen,
  look: Looker,
  { json }: CheckOptions,
  io: CliIo,
  signal: AbortSignal,
): Promise<number> {
  const { active, passive } = chosen
  const sights = new Map<string, Sight>()
  const screen = json ? undefined : io.screen
  const shown: Onlooker = json
    ? jsonOnlooker(io)
    : screen === undefined
      ? lineOnlooker(io)
      : screenOnlooker(sights, active, passive, screen, io)
  if (screen === undefined) io.err(`watching ${several(active.length, 'check')}, Ctrl-C ends`)
  const onLook = (one: Look) => {
    sights.set(one.observation.check, one.sight)
    shown.onLook(one)
  }
  try {
    await watchChecks(active, look, { ...shown, onLook }, io, signal)
  } finally {
    screen?.leave()
  }
  const last = active.flatMap(({ id }) => sights.get(id) ?? [])
  if (screen !== undefined && last.length > 0) {
    tellTable(last, chosen, io)
    io.out(countText(countOf(last)))
  }
  return last.length === active.length ? codeOf(countOf(last)) : FAILED
}

function tellTable(sights: Sight[], { passive }: Chosen, io: CliIo): void {
  io.out(sightTable(sights, passive, io, io.screen?.size().columns))
}
