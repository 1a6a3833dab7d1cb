import type { Command } from 'commander'
import { runChecks } from '../../shared/checks/run.ts'
import type { CompiledCheck } from '../../shared/config/compiled.ts'
import { didYouMean } from '../../shared/config/suggest.ts'
import type { Observation } from '../../shared/contracts/report.ts'
import { type VerdictWord, verdicts } from '../../shared/contracts/words.ts'
import { latency } from '../../shared/messages/times.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { BAD, CommandError, FAILED, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { several, table } from '../table.ts'
import { findStack } from '../target.ts'

type CheckOptions = ConfigOptions & { json?: true }

export function addCheck(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('check')
    .description('Run checks now, from this machine')
    .argument('[name]', 'project/name, or a project; all when absent')
    .option('--json', 'one object for machines')
  addConfigOption(command)
    .addHelpText(
      'after',
      '\nOne look each, without the confirmation that a page needs.' +
        '\nExit codes: 0 all are up or degraded, 1 any is down, 2 any could not be looked at, or bad usage.' +
        '\n\nExamples:\n  fenghuo check\n  fenghuo check pay/web\n  fenghuo check pay --json',
    )
    .action(async (name: string | undefined, options: CheckOptions) => done(await check(name, options, io)))
}

async function check(name: string | undefined, options: CheckOptions, io: CliIo): Promise<number> {
  const checks = chosen(readConfig(options, io).checks, name)
  const startedAt = io.now()
  const observations = await observe(checks, io)
  const counts = countOf(observations)
  if (options.json) io.out(JSON.stringify({ ok: codeOf(counts) === FINE, counts, observations }, null, 2))
  else {
    io.out(table(['STATE', 'CHECK', 'TIME', 'DETAIL', 'PHASES'], observations.map(row)))
    const words = verdicts.filter((word) => counts[word] > 0).map((word) => `${counts[word]} ${word}`)
    io.out(`${words.join(', ')}, in ${latency(io.now() - startedAt)}`)
  }
  return codeOf(counts)
}

function chosen(checks: CompiledCheck[], name: string | undefined): CompiledCheck[] {
  if (checks.length === 0) throw new CommandError('the configuration has no checks')
  if (name === undefined) return checks
  const found = checks.filter((check) => check.id === name || check.project === name)
  if (found.length > 0) return found
  const known = [...new Set(checks.flatMap(({ id, project }) => [id, project]))]
  throw new CommandError(`no check or project with checks is named \`${name}\`${didYouMean(name, known)}`)
}

async function observe(checks: CompiledCheck[], io: CliIo): Promise<Observation[]> {
  const seen: Observation[] = []
  const progress = () => {
    const { down } = countOf(seen)
    io.progress?.(`${seen.length} of ${several(checks.length, 'check')}${down > 0 ? `, ${down} down` : ''}`)
  }
  if (io.progress) progress()
  else io.err(`running ${several(checks.length, 'check')}`)
  const observations = await runChecks(
    checks,
    {
      now: io.now,
      monotonic: () => performance.now(),
      // What the local stack adds to its probe's environment.
      env: { ...demoOf(io), ...io.env },
      signal: new AbortController().signal,
    },
    {
      onObserved(observation) {
        seen.push(observation)
        progress()
      },
    },
  )
  io.progress?.('')
  return observations
}

function demoOf(io: CliIo): CliIo['env'] {
  const stack = findStack({ data: '.fenghuo' }, io)
  return stack ? { DEMO_URL: stack.demo } : {}
}

function countOf(observations: Observation[]): Record<VerdictWord, number> {
  const counts = { up: 0, degraded: 0, down: 0, unknown: 0 }
  for (const { outcome } of observations) counts[outcome]++
  return counts
}

/** A check that could not be looked at is no good news. */
function codeOf({ down, unknown }: Record<VerdictWord, number>): number {
  if (down > 0) return BAD
  return unknown > 0 ? FAILED : FINE
}

function row({ check, outcome, latencyMs, detail, phases }: Observation): string[] {
  const parts = Object.entries({ ...phases }).map(([phase, ms]) => `${phase} ${latency(ms ?? 0)}`)
  return [
    outcome.toUpperCase(),
    check,
    latencyMs === undefined ? '' : latency(latencyMs),
    detail ?? '',
    parts.join(' '),
  ]
}
