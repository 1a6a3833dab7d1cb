import { type Examination, type Found, FoundError, fault } from '../../shared/channels/finding.ts'
import { lost } from '../../shared/channels/network.ts'
import { failureText } from '../../shared/messages/failure.ts'
import { troubleOf } from '../failure.ts'
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
      const found = await look(examination, limit())
      onDone?.(++done, all.length)
      return [found].flat().map((one): Finding => ({ area, subject: examination.subject, ...one }))
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
    const areas = [...new Set(others.map(({ area }) => area))].join(', ')
    const lines = others.length === 1 ? 'another line' : `${others.length} other lines`
    const { detail, zh } = finding
    const told = zh && { ...zh, detail: `${zh.detail}；另有 ${others.length} 行也是如此（${areas}）` }
    return [{ ...finding, detail: `${detail}; so it is for ${lines} (${areas})`, ...(told && { zh: told }) }]
  })
}

async function look({ look }: Examination, limit: AbortSignal): Promise<Found | Found[]> {
  const late = fault(
    { en: 'no answer in time', zh: '超时没有应答' },
    { en: 'try again; if it stays so, look at the network from here', zh: '再试一次；仍然如此就查看这里的网络' },
  )
  const tooLate = new Promise<Found>((resolve) => {
    if (limit.aborted) resolve(late)
    limit.addEventListener('abort', () => resolve(late), { once: true })
  })
  const found = Promise.resolve()
    .then(() => look(limit))
    .catch((error: unknown) => (limit.aborted ? late : thrown(error)))
  return Promise.race([found, tooLate])
}

/** What it means that a look at something rejected. */
export function thrown(error: unknown): Found {
  if (error instanceof FoundError) return error.found
  if (error instanceof TypeError && error.message === 'fetch failed') {
    return fault(
      {
        en: `the network: ${failureText(lost(error).failure, 'en')}`,
        zh: `网络：${failureText(lost(error).failure, 'zh')}`,
      },
      { en: 'check the network, and the address if you moved it', zh: '检查网络；如果改过地址，也检查地址' },
    )
  }
  const said = error instanceof Error ? error.message : String(error)
  const { what, remedy, cause } = troubleOf(error) ?? {
    what: { en: `this should not happen, please report it ${said}`, zh: `这不应该发生，请反馈给我们 ${said}` },
  }
  const because = cause === undefined ? { en: '', zh: '' } : { en: ` (${cause})`, zh: `（${cause}）` }
  const text = { en: (what.en + because.en).replace(/\s+/g, ' '), zh: (what.zh + because.zh).replace(/\s+/g, ' ') }
  return fault(text, remedy ?? { en: 'the other lines stand by themselves', zh: '其他各行不受影响' })
}

/** A plus and digits that may be somebody's number. */
const phoneNumber = /\+\d{4,11}(\d{4})\b/g

function withoutSecrets(finding: Finding, secrets: ReadonlySet<string>): Finding {
  const clean = (text: string) => {
    let cleaned = text
    for (const secret of secrets) cleaned = cleaned.replaceAll(secret, '****')
    return cleaned.replace(phoneNumber, '****$1')
  }
  const cleaned = ({ detail, remedy }: { detail: string; remedy?: string }) => ({
    detail: clean(detail),
    ...(remedy === undefined ? {} : { remedy: clean(remedy) }),
  })
  const { zh, subject } = finding
  return { ...finding, subject: clean(subject), ...cleaned(finding), ...(zh && { zh: cleaned(zh) }) }
}
