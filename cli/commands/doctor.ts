import { type Command, InvalidArgumentError } from 'commander'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { areas } from '../doctor/areas.ts'
import { examine } from '../doctor/examine.ts'
import { type AreaName, areaNames } from '../doctor/finding.ts'
import { patientOf } from '../doctor/patient.ts'
import { countOf, countsText, findingTable } from '../doctor/tell.ts'
import { BAD, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { addTargetOptions, findStack, findTarget, type TargetOptions } from '../target.ts'

interface DoctorOptions extends ConfigOptions, TargetOptions {
  only?: AreaName[]
  json?: true
}

/** What hangs is given up after this. */
const LIMIT_MS = 15_000

export function addDoctor(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('doctor')
    .description('Look at a deployment from outside: what is wrong with it, and what to do about it')
    .option('--only <areas>', `some of ${areaNames.join(',')}`, areasOf)
    .option('--json', 'one object for machines')
  addTargetOptions(addConfigOption(command))
    .addHelpText(
      'after',
      '\nNothing is changed, nobody is called and nothing is posted or sent. It asks with your own credentials of each cloud, and' +
        "\ntries the channels' keys as the deployed functions have them. A line that nothing can tell of from here is skipped." +
        '\nExit codes: 0 no fault, warnings or not, 1 any fault, 2 bad usage.' +
        '\n\nExamples:\n  bin/fenghuo.js doctor --stage prod\n  bin/fenghuo.js doctor --stage prod --only phone,sms --json',
    )
    .action(async (options: DoctorOptions) => done(await doctor(options, io)))
}

async function doctor(options: DoctorOptions, io: CliIo): Promise<number> {
  const { only, json } = options
  const config = readConfig(options, io)
  const target = findTarget(options, io)
  const stack = options.stage === undefined ? findStack(options, io) : undefined
  const where = options.stage === undefined ? {} : { stage: options.stage }
  const patient = patientOf({ config, target, ...where, ...(stack && { stack }) }, { ...io, fetch })
  const chosen = areas.filter(({ name }) => only === undefined || only.includes(name))

  if (!io.progress) io.err(`looking at ${target.name}`)
  const findings = await examine(chosen, patient, {
    limit: () => AbortSignal.timeout(LIMIT_MS),
    onDone: (count, all) => io.progress?.(`looking at ${target.name}: ${count} of ${all}`),
  })
  io.progress?.('')
  const counts = countOf(findings)
  const isWell = counts.fault === 0
  if (json) io.out(JSON.stringify({ ok: isWell, target: target.name, counts, findings }, null, 2))
  else io.out(`${findingTable(findings, io.screen?.size().columns)}\n\n${target.name}: ${countsText(counts)}`)
  const code = isWell ? FINE : BAD
  // What was given up may wait for minutes yet.
  io.leave?.(code)
  return code
}

function areasOf(text: string): AreaName[] {
  return text.split(',').map((part) => {
    const name = areaNames.find((one) => one === part.trim())
    if (name === undefined) throw new InvalidArgumentError(`should be some of ${areaNames.join(', ')}.`)
    return name
  })
}
