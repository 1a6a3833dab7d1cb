import type { Status } from '../../shared/channels/diagnoses/finding.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { words } from '../../shared/messages/words.ts'
import { table, wrap } from '../table.ts'
import { several } from '../words/counts.ts'
import { doctorWords } from '../words/doctor.ts'
import type { Finding } from './finding.ts'

/** Lines are broken for a terminal of this width unless it says another. */
const COLUMNS = 120
const REMEDY = '         → '

/** A line for each finding, and its remedy below it. */
export function findingTable(findings: Finding[], language: Language, columns = COLUMNS): string {
  const say = doctorWords[language]
  const told = findings.map((finding) => inLanguage(finding, language))
  const rows = told.map(({ area, subject, status, detail }) => [say.status[status], say.area[area], subject, detail])
  const [head = '', ...lines] = table(say.head, rows, 200).split('\n')
  const all = lines.flatMap((line, index) => {
    const { remedy } = told[index] ?? {}
    if (remedy === undefined) return [line]
    const [first = '', ...rest] = remedy.split('\n').flatMap((part) => wrap(part, columns - REMEDY.length))
    return [line, REMEDY + first, ...rest.map((part) => ' '.repeat(REMEDY.length) + part)]
  })
  return [head, ...all].join('\n')
}

/** A finding as it is told in one language. */
export interface ToldFinding extends Pick<Finding, 'area' | 'status' | 'code'> {
  subject: string
  detail: string
  remedy?: string
}

export function inLanguage({ area, subject, status, code, detail, remedy }: Finding, language: Language): ToldFinding {
  return {
    area,
    subject: subject[language],
    status,
    code,
    detail: detail[language],
    ...(remedy && { remedy: remedy[language] }),
  }
}

/** `22 ok, 1 warning, no fault`. */
export function countsText(counts: Record<Status, number>, language: Language): string {
  const say = doctorWords[language]
  const skipped = counts.skipped === 0 ? [] : [say.skipped(counts.skipped)]
  const faults = counts.fault === 0 ? say.noFault : several(counts.fault, 'fault', language)
  const all = [say.ok(counts.ok), ...skipped, several(counts.warning, 'warning', language), faults]
  return all.join(words[language].comma)
}

export function countOf(findings: Finding[]): Record<Status, number> {
  const counts = { ok: 0, warning: 0, fault: 0, skipped: 0 }
  for (const { status } of findings) counts[status]++
  return counts
}
