import type { Command } from 'commander'
import { latency } from '../../shared/messages/times.ts'
import { type Chosen, chooseToRun } from '../check/choose.ts'
import { progressLine } from '../check/progress.ts'
import { jsonRenderer, lineRenderer, screenRenderer } from '../check/renderers.ts'
import type { CheckResult } from '../check/result.ts'
import { resultTable } from '../check/rows.ts'
import { type CheckRun, codeOf, countOf, countText, type Runner, runnerOf, shownRuns } from '../check/run.ts'
import { type Renderer, watchChecks } from '../check/watch.ts'
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
    .option('--watch', 'run again at each interval, until Ctrl-C')
    .option('--json', 'one object for machines; with --watch one on a line for each round')
  addConfigOption(command)
    .addHelpText(
      'after',
      '\nEach is run once, without the confirmation that a page needs. Heartbeats are listed: their jobs report, nobody runs them.' +
        '\nWith --watch a terminal shows the table as it is now; a file or a pipe gets one line for each change.' +
        '\nExit codes: 0 all are up or degraded, 1 any is down, 2 any could not be looked at, or bad usage.' +
        '\n\nExamples:\n  bin/fenghuo.js check\n  bin/fenghuo.js check pay/web "shop/*"\n  bin/fenghuo.js check --from sg --watch\n  bin/fenghuo.js check pay --json',
    )
    .action(async (names: string[], options: CheckOptions) => done(await check(names, options, io)))
}

async function check(names: string[], options: CheckOptions, io: CliIo): Promise<number> {
  const chosen = chooseToRun(readConfig(options, io), names, options.from)
  const interrupted = new AbortController()
  const goOn = io.onInterrupt(() => interrupted.abort())
  const run = runnerOf(io, interrupted.signal)
  try {
    if (options.watch) return await watch(chosen, run, options, io, interrupted.signal)
    return await once(chosen, run, options, io)
  } finally {
    goOn()
  }
}

async function once(chosen: Chosen, run: Runner, { json }: CheckOptions, io: CliIo): Promise<number> {
  const { active, passive } = chosen
  const startedAt = io.now()
  const runs = await withProgress(active.length, (onRun) => run(active, onRun), io)
  const isWhole = runs.length === active.length
  if (!isWhole) io.err(`stopped: ${runs.length} of ${several(active.length, 'check')} had been run`)
  const { ok, counts, observations } = shownRuns(runs, io.language)
  if (json) {
    const shown = { ok: ok && isWhole, counts, observations, passive: passive.map(({ id }) => id) }
    io.out(JSON.stringify(shown, null, 2))
  } else if (runs.length > 0) {
    tellTable(
      runs.map(({ result }) => result),
      chosen,
      io,
    )
    io.out(`${countText(counts)}, in ${latency(io.now() - startedAt)}`)
  }
  return isWhole ? codeOf(counts) : FAILED
}

async function withProgress(
  all: number,
  run: (onRun: (run: CheckRun) => void) => Promise<CheckRun[]>,
  io: CliIo,
): Promise<CheckRun[]> {
  const seen: CheckRun[] = []
  const progress = () =>
    io.progress?.(
      progressLine(
        seen.map(({ observation }) => observation.outcome),
        all,
      ),
    )
  if (io.progress) progress()
  else io.err(`running ${several(all, 'check')}`)
  const runs = await run((one) => {
    seen.push(one)
    progress()
  })
  io.progress?.('')
  return runs
}

/** The exit code is that of what was seen last. */
async function watch(
  chosen: Chosen,
  run: Runner,
  { json }: CheckOptions,
  io: CliIo,
  signal: AbortSignal,
): Promise<number> {
  const { active, passive } = chosen
  const results = new Map<string, CheckResult>()
  const screen = json ? undefined : io.screen
  const shown: Renderer = json
    ? jsonRenderer(io)
    : screen === undefined
      ? lineRenderer(io)
      : screenRenderer(results, active, passive, screen, io)
  if (screen === undefined) io.err(`watching ${several(active.length, 'check')}, Ctrl-C ends`)
  const onRun = (one: CheckRun) => {
    results.set(one.observation.check, one.result)
    shown.onRun(one)
  }
  try {
    await watchChecks(active, run, { ...shown, onRun }, io, signal)
  } finally {
    screen?.leave()
  }
  const last = active.flatMap(({ id }) => results.get(id) ?? [])
  if (screen !== undefined && last.length > 0) {
    tellTable(last, chosen, io)
    io.out(countText(countOf(last)))
  }
  return last.length === active.length ? codeOf(countOf(last)) : FAILED
}

function tellTable(results: CheckResult[], { passive }: Chosen, io: CliIo): void {
  io.out(resultTable(results, passive, io, io.screen?.size().columns))
}
