import type { EngineIo } from '../../../shared/engine/io.ts'
import { sessionsEndedAt } from '../../../shared/store/ended-sessions.ts'
import { recently } from '../../../shared/store/recently.ts'
import type { Person } from './rights.ts'

/** An ended session may open pages for so long yet, ms: nobody who is called waits for another read. */
const FRESH_MS = 15_000

/** So many people's are kept. */
const KEPT = 500

/** The names by which somebody's sessions are ended. */
function namesOf({ id, email, keys = [] }: Person): string[] {
  return [id, ...(email === undefined ? [] : [email]), ...keys.filter((key) => !key.endsWith(':*'))]
}

/** Makes what finds out whether somebody's session was ended. While the table does not answer it was not, and the log says so. */
export function endedReader(io: () => EngineIo): (person: Person) => Promise<boolean> {
  const read = recently(
    (names) => sessionsEndedAt(names.split('\n'), io()),
    FRESH_MS,
    () => io().now(),
    KEPT,
  )
  return async (person) => {
    try {
      const at = await read(namesOf(person).join('\n'))
      return at !== undefined && (person.since ?? 0) <= at
    } catch (error) {
      io().log({ level: 'error', event: 'sessions not looked up', error: String(error) })
      return false
    }
  }
}
