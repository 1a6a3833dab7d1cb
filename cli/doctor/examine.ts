import { type Examination, type Found, FoundError } from '../../shared/channels/diagnoses/finding.ts'
import { lost } from '../../shared/channels/network.ts'
import { type Bilingual, inBoth } from '../../shared/contracts/words.ts'
import { troubleOf } from '../failure.ts'
import { doctorWords } from '../words/doctor.ts'
import { found } from '../words/findings/examine.ts'
import { type Area, areaNames, type Finding } from './finding.ts'
import type { Patient } from './patient.ts'

export interface Examining {
  /** Ends an examination that takes too long; one for each. */
  limit(): AbortSignal
  /** Told of each examination's end. */
  onDone?(done: number, all: number): void
}

/**
 * Makes all examinations of the areas side by side. Rejects never: one that throws or hangs is a fault of its own line. Findings
 * come in the order of the areas, and no secret or whole phone number is in them.
 */
export async function examine(areas: Area[], patient: Patient, { limit, onDone }: Examining): Promise<Finding[]> {
  const sorted = areas.toSorted((one, other) => areaNames.indexOf(one.name) - areaNames.indexOf(other.name))
  const each = sorted.map(async ({ name, examinations }) =>
    (await examinations(patient)).map((examination) => ({ area: name, examination })),
  )
  const all = (await Promise.all(each)).flat()
  let done = 0
  const findings = await Promise.all(
    all.map(async ({ area, examination }) => {
      const answered = await answerOf(examination, limit())
      onDone?.(++done, all.length)
      return [answered].flat().map((one): Finding => ({ area, subject: examination.subject, ...one }))
    }),
  )
  return oneOfEach(findings.flat()).map((finding) => withoutSecrets(finding, patient.secrets))
}

/** One cause that spoils lines of several areas is one fault, told in the first: no credentials are no forty faults. */
function oneOfEach(findings: Finding[]): Finding[] {
  const causes = Map.groupBy(findings, ({ status, detail, remedy }) => JSON.stringify([status, detail, remedy]))
  const wide = [...causes.values()].filter(
    (same) => same[0]?.status === 'fault' && new Set(same.map(({ area }) => area)).size > 1,
  )
  return findings.flatMap((finding) => {
    const same = wide.find((group) => group.includes(finding))
    if (same === undefined) return [finding]
    if (same[0] !== finding) return []
    const others = same.slice(1)
    const areas = [...new Set(others.map(({ area }) => area))]
    const detail = inBoth((language) => finding.detail[language] + doctorWords[language].alsoFor(others.length, areas))
    return [{ ...finding, detail }]
  })
}

async function answerOf({ ask }: Examination, limit: AbortSignal): Promise<Found | Found[]> {
  const late = found('late')
  const tooLate = new Promise<Found>((resolve) => {
    if (limit.aborted) resolve(late)
    limit.addEventListener('abort', () => resolve(late), { once: true })
  })
  const answered = Promise.resolve()
    .then(() => ask(limit))
    .catch((error: unknown) => (limit.aborted ? late : thrown(error)))
  return Promise.race([answered, tooLate])
}

/** What it means that a question rejected. */
export function thrown(error: unknown): Found {
  if (error instanceof FoundError) return error.found
  if (error instanceof TypeError && error.message === 'fetch failed') return found('network', lost(error).failure)
  const trouble = troubleOf(error)
  if (trouble !== undefined) return found('trouble', trouble)
  return found('unexpected', error instanceof Error ? error.message : String(error))
}

/** A plus and digits that may be somebody's number. */
const phoneNumber = /\+\d{4,11}(\d{4})\b/g

function withoutSecrets(finding: Finding, secrets: ReadonlySet<string>): Finding {
  const clean = (text: Bilingual) =>
    inBoth((language) => {
      let cleaned = text[language]
      for (const secret of secrets) cleaned = cleaned.replaceAll(secret, '****')
      return cleaned.replace(phoneNumber, '****$1')
    })
  const { subject, detail, remedy } = finding
  return { ...finding, subject: clean(subject), detail: clean(detail), ...(remedy && { remedy: clean(remedy) }) }
}
