import type { Instant } from '../../contracts/words.ts'
import { type Recorded, type Report, reportOf } from '../../incidents/report.ts'
import { nightsOf } from '../../oncall/night.ts'
import type { Directory } from '../../oncall/plan.ts'

/** What a time on call was like for everybody of some projects; `timezone` is that of who has none. */
export function viewReport(
  recorded: Recorded[],
  stretch: { from: Instant; to: Instant },
  directories: Pick<Directory, 'contacts'>[],
  timezone: string,
): Report {
  const contacts: Directory['contacts'] = Object.assign({}, ...directories.map((one) => one.contacts))
  const people = Object.values(contacts)
  return reportOf(
    recorded,
    stretch,
    people.map(({ name }) => name),
    nightsOf(people, timezone),
  )
}
