import { latency } from '../../shared/messages/times.ts'
import { type Chosen, chooseToRun } from '../check/choose.ts'
import { tellChecksAt } from '../check/console.ts'
import { progressLine } from '../check/progress.ts'
import { jsonRenderer, lineRenderer, screenRenderer } from '../check/renderers.ts'
import { type ReplayOptions, refuseWithoutReplay, replayed } from '../check/replay.ts'
import type { CheckResult } from '../check/result.ts'
import { resultTable } from '../check/rows.ts'
import { type CheckRun, codeOf, countOf, countText, type Runner, runnerOf, shownRuns } from '../check/run.ts'
import { type Renderer, watchChecks } from '../check/watch.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { consoleOf } from '../desk/place.ts'
import { CommandError, FAILED } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { addConsoleOption, addTargetOptions, type TargetOptions } from '../target.ts'
import { checkWords } from '../words/check.ts'
import { several } from '../words/counts.ts'

type CheckOptions = ConfigOptions &
  TargetOptions &
  ReplayOptions & { from?: string; watch?: true; replay?: string; json?: true }

export function addCheck(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = checkWords[io.language]
  const command = program
    .command('check')
    .description(say.about)
    .argument('[names...]', say.names)
    .option('--from <vantage>', say.from)
    .option('--watch', say.watch)
    .option('--replay <time>', say.replay)
    .option('--confirm <m/n>', say.confirm)
    .option('--quorum <vantages>', say.quorum)
    .option('--json', say.json)
  addConsoleOption(addTargetOptions(addConfigOption(command)), say.console)
    .withNotes(
      say.notes,
      'bin/fenghuo.js check',
      'bin/fenghuo.js check pay/web "shop/*"',
      'bin/fenghuo.js check --from sg --watch',
      'bin/fenghuo.js check pay --json',
      'bin/fenghuo.js check pay/web --replay 7d --confirm 3/5 --stage prod',
      'bin/fenghuo.js check pay --console https://console.example.com',
    )
    .action(async (names: string[], options: CheckOptions) => done(await check(names, options, io)))
}

async function check(names: string[], options: CheckOptions, io: CliIo): Promise<number> {
  if (options.console !== undefined) return believed(names, options, io)
  if (options.replay !== undefined) return replayed(names, { ...options, replay: options.replay }, io)
  refuseWithoutReplay(options)
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

/** What is run here says nothing of a deployment: it is asked only where somebody names its console. */
async function believed(names: string[], options: CheckOptions, io: CliIo): Promise<number> {
  const { from, watch: again, replay } = options
  if (from !== undefined || again || replay !== undefined)
    throw new CommandError({
      en: '--console runs nothing: leave out --from, --watch and --replay',
      zh: '--console 不执行检查：不要同时写 --from、--watch、--replay',
    })
  refuseWithoutReplay(options)
  const place = consoleOf(options, io)
  if (place === undefined)
    throw new CommandError({ en: '--console: write https://HOST', zh: '--console：写 https://主机' })
  return tellChecksAt(names, options.json === true, place, io)
}

async function once(chosen: Chosen, run: Runner, { json }: CheckOptions, io: CliIo): Promise<number> {
  const { active, passive } = chosen
  const startedAt = io.now()
  const runs = await withProgress(active.length, (onRun) => run(active, onRun), io)
  const isWhole = runs.length === active.length
  const say = checkWords[io.language]
  if (!isWhole) io.err(say.stopped(runs.length, several(active.length, 'check', io.language)))
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
    io.out(say.counted(countText(counts, io.language), latency(io.now() - startedAt)))
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
        io.language,
      ),
    )
  if (io.progress) progress()
  else io.err(checkWords[io.language].running(several(all, 'check', io.language)))
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
  if (screen === undefined) io.err(checkWords[io.language].watching(several(active.length, 'check', io.language)))
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
    io.out(countText(countOf(last), io.language))
  }
  return last.length === active.length ? codeOf(countOf(last)) : FAILED
}

function tellTable(results: CheckResult[], { passive }: Chosen, io: CliIo): void {
  io.out(resultTable(results, passive, io, io.screen?.size().columns))
}
