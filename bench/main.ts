import { availableParallelism } from 'node:os'
import { Command, InvalidArgumentError } from 'commander'
import { alertToFirstRequest } from './alert-to-first-request.ts'
import { type Benchmark, resultOf } from './benchmark.ts'
import { bill } from './bill.ts'
import { consoleFunction } from './console.ts'
import { consoleCrowd } from './console-crowd.ts'
import { deploy } from './deploy.ts'
import { ingest } from './ingest.ts'
import { kafkaCold } from './kafka-cold.ts'
import { kafkaThousandGroups } from './kafka-thousand-groups.ts'
import { lighthouse } from './lighthouse.ts'
import { noAnswerNextDial } from './no-answer-next-dial.ts'
import { pageBundle } from './page-bundle.ts'
import { phaseAccuracy } from './phase-accuracy.ts'
import { phoneAttempt, phoneAttemptIvr } from './phone-attempt.ts'
import { probeBundle } from './probe-bundle.ts'
import { httpProbe, httpsProbe } from './probe-cost.ts'
import { region } from './region.ts'
import { silences } from './silences.ts'
import { storm } from './storm.ts'
import { resultTable } from './table.ts'
import { thousandChecks } from './thousand-checks.ts'
import { transitions } from './transitions.ts'

// What a vendor's SDK still uses of old is no news here.
process.noDeprecation = true

const benchmarks: Benchmark[] = [
  phoneAttempt,
  phoneAttemptIvr,
  noAnswerNextDial,
  alertToFirstRequest,
  storm,
  ingest,
  kafkaCold,
  kafkaThousandGroups,
  httpProbe,
  httpsProbe,
  phaseAccuracy,
  probeBundle,
  pageBundle,
  consoleFunction,
  consoleCrowd,
  lighthouse,
  thousandChecks,
  silences,
  transitions,
  deploy,
  bill,
  region,
]

const program = new Command('npm run bench --')
  .description('Measures the path against its peers and floors, on this machine and nothing else.')
  .argument('[name]', 'one benchmark; all without', nameOf)
  .option('--json', 'print one JSON object per benchmark, one to a line')
  .option('--runs <number>', 'how often to measure; figures are medians over the runs', runsOf, 5)
  .addHelpText('after', `\nBenchmarks:\n${benchmarks.map(({ name, summary }) => `  ${name}: ${summary}`).join('\n')}`)
  .parse()

const { json = false, runs } = program.opts<{ json?: boolean; runs: number }>()
const [wanted] = program.processedArgs as [string | undefined]

if (!json) console.log(`Node ${process.version} on ${availableParallelism()} cores; every vendor is a simulator here\n`)
for (const benchmark of benchmarks) {
  if (wanted !== undefined && benchmark.name !== wanted) continue
  const measured = await benchmark.measure(runs, (what) => console.error(`${benchmark.name}: ${what}`))
  const result = resultOf(benchmark.name, measured)
  console.log(json ? JSON.stringify(result) : `${resultTable(result, benchmark.goals)}\n`)
}

function nameOf(text: string): string {
  const names = benchmarks.map(({ name }) => name)
  if (names.includes(text)) return text
  throw new InvalidArgumentError(`There are ${names.join(', ')}.`)
}

function runsOf(text: string): number {
  const runs = Number(text)
  if (Number.isInteger(runs) && runs >= 1 && runs <= 50) return runs
  throw new InvalidArgumentError('It should be 1 to 50.')
}
