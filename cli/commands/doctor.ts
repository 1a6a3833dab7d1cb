import { InvalidArgumentError } from 'commander'
import type { Language } from '../../shared/contracts/words.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { areas } from '../doctor/areas.ts'
import { examine } from '../doctor/examine.ts'
import { type AreaName, areaNames, type Finding } from '../doctor/finding.ts'
import { type Patient, patientOf } from '../doctor/patient.ts'
import { countOf, countsText, findingTable, inLanguage } from '../doctor/tell.ts'
import { findTargets } from '../every-region.ts'
import { BAD, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { addTargetOptions, findStack, type Target, type TargetOptions } from '../target.ts'
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
  const config = readConfig(options, io)
  const told: Told[] = []
  // One after the other: each shows its own progress, and a region that is lost costs the others nothing but time.
  const [first, ...others] = findTargets(options, io)
  for (const target of [first, ...others]) {
    const beside = target === first ? { others } : { first, others: [first, ...others].filter((one) => one !== target) }
    const one = await examined({ config, target, ...beside }, options, io)
    if (!options.json) tell(one, io)
    told.push(one)
  }
  const isWell = told.every(({ counts }) => counts.fault === 0)
  if (options.json) io.out(JSON.stringify(shown(told, isWell, io), null, 2))
  const code = isWell ? FINE : BAD
  // What was given up may wait for minutes yet.
  io.leave?.(code)
  return code
}

/** What was found where. */
interface Told {
  target: Target
  findings: Finding[]
  counts: ReturnType<typeof countOf>
}

async function examined(
  of: Pick<Patient, 'config' | 'target' | 'first' | 'others'>,
  options: DoctorOptions,
  io: CliIo,
): Promise<Told> {
  const { target } = of
  const stack = options.stage === undefined ? findStack(options, io) : undefined
  const where = options.stage === undefined ? {} : { stage: options.stage }
  const patient = patientOf({ ...of, ...where, ...(stack && { stack }) }, { ...io, fetch })
  const chosen = areas.filter(({ name }) => options.only === undefined || options.only.includes(name))
  const say = doctorWords[io.language]
  if (!io.progress) io.err(say.looking(target.name))
  const findings = await examine(chosen, patient, {
    limit: () => AbortSignal.timeout(LIMIT_MS),
    onDone: (count, all) => io.progress?.(say.lookingOf(target.name, count, all)),
  })
  io.progress?.('')
  return { target, findings, counts: countOf(findings) }
}

function tell({ target, findings, counts }: Told, io: CliIo): void {
  const counted = doctorWords[io.language].result(target.name, countsText(counts, io.language))
  io.out(`${findingTable(findings, io.language, io.screen?.size().columns)}\n\n${counted}`)
}

/** One region alone is told without a list around it. */
function shown(told: Told[], ok: boolean, { language }: CliIo) {
  const regions = told.map(({ target, counts, findings }) => ({
    target: target.name,
    counts,
    findings: findings.map((finding) => inLanguage(finding, language)),
  }))
  return regions.length === 1 ? { ok, ...regions[0] } : { ok, regions }
}

const areasOf =
  (language: Language) =>
  (text: string): AreaName[] =>
    text.split(',').map((part) => {
      const name = areaNames.find((one) => one === part.trim())
      if (name === undefined) throw new InvalidArgumentError(doctorWords[language].notOne(areaNames.join(', ')))
      return name
    })
