import { mutedIn } from '../incidents/pause/muted.ts'
import type { Muted } from '../incidents/pause/pause.ts'
import { directoryOf } from '../oncall/owner.ts'
import type { Planning } from '../oncall/plans.ts'
import type { StoreIo } from '../store/io.ts'
import { readSilences } from '../store/silences.ts'

/** What is muted in each of these projects now, by their names. What cannot be read now is left out: it is to delay no message. */
export async function readMutedNow(
  projects: Iterable<string>,
  { config, directory }: Pick<Planning, 'config' | 'directory'>,
  io: StoreIo,
): Promise<Map<string, Muted[]>> {
  const { maintenance = {}, timezone } = config
  try {
    const silences = await readSilences(io)
    const each = [...new Set(projects)].map(async (project) => {
      const people = { ...(await directoryOf(project, config, directory)), timezone }
      return [project, mutedIn(project, silences, maintenance, people, io.now())] as const
    })
    return new Map(await Promise.all(each))
  } catch (error) {
    io.log({ level: 'warn', event: 'silences not read', error: String(error) })
    return new Map()
  }
}
