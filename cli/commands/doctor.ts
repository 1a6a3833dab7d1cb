import { InvalidArgumentError } from 'commander'
import type { Language } from '../../shared/contracts/words.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { areas } from '../doctor/areas.ts'
import { examine } from '../doctor/examine.ts'
import { type AreaName, areaNames } from '../doctor/finding.ts'
import { patientOf } from '../doctor/patient.ts'
import { countOf, countsText, findingTable, inLanguage } from '../doctor/tell.ts'
import { BAD, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { addTargetOptions, findStack, findTarget, type TargetOptions } from '../target.ts'
import { commonWords } from '../words/common.ts'
import { doctorWords } from '../words/doctor.ts'

interface DoctorOptions extends ConfigOptions, TargetOptions {
  only?: AreaName[]
  json?: true
}

/** What hangs is given up after this. */
const LIMIT_MS = 15_000

export function addDoctor(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = doctorWords[io.language]
  const command = program
    .command('doctor')
    .description(say.about)
    .option('--only <areas>', say.only(areaNames.join(',')), areasOf(io.language))
    .option('--json', commonWords[io.language].json)
  addTargetOptions(addConfigOption(command))
    .withNotes(
      say.notes,
      'bin/fenghuo.js doctor --stage prod',
      'bin/fenghuo.js doctor --stage prod --only phone,sms --json',
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

  const say = doctorWords[io.language]
  if (!io.progress) io.err(say.looking(target.name))
  const findings = await examine(chosen, patient, {
    limit: () => AbortSignal.timeout(LIMIT_MS),
    onDone: (count, all) => io.progress?.(say.lookingOf(target.name, count, all)),
  })
  io.progress?.('')
  const counts = countOf(findings)
  const isWell = counts.fault === 0
  const shown = findings.map((finding) => inLanguage(finding, io.language))
  if (json) io.out(JSON.stringify({ ok: isWell, target: target.name, counts, findings: shown }, null, 2))
  else {
    const counted = say.result(target.name, countsText(counts, io.language))
    io.out(`${findingTable(findings, io.language, io.screen?.size().columns)}\n\n${counted}`)
  }
  const code = isWell ? FINE : BAD
  // What was given up may wait for minutes yet.
  io.leave?.(code)
  return code
}

const areasOf =
  (language: Language) =>
  (text: string): AreaName[] =>
    text.split(',').map((part) => {
      const name = areaNames.find((one) => one === part.trim())
      if (name === undefined) throw new InvalidArgumentError(doctorWords[language].notOne(areaNames.join(', ')))
      return name
    })
