import type { CompiledFailover } from '../../contracts/compiled-config.ts'
import type { LogEntry } from '../../contracts/log-entry.ts'
import type { Instant } from '../../contracts/words.ts'

/** What the table says is taken for so long, ms: a flow asks for every caller. */
const FRESH_MS = 3_000

/**
 * What a contact flow gets: text alone, since a flow takes nothing else (Administrator Guide, "Invoke Lambda functions", STRING_MAP).
 * `source`: the table; the memory of what it last said; or the configuration, whose first region is told.
 */
export interface RegionAnswer {
  statusCode: '200' | '404'
  primaryCode: string
  source: 'table' | 'memory' | 'configuration'
}

export interface LookUpIo {
  /** The region that serves, by the table; undefined where it says nothing. Gives up by itself, well within a second. */
  read(name: string): Promise<string | undefined>
  now(): Instant
  log(entry: LogEntry): void
}

type Region = Pick<RegionAnswer, 'primaryCode' | 'source'>

/**
 * Makes the function that contact flows ask which region serves, by the parameter `failover` or, as of old, `region`. It always answers:
 * a flow in which it throws has nowhere to go. While the table can't be read it answers what it knew, or the first region; a name that
 * nobody knows is answered 404 with the region that was asked for.
 */
export function regionLookUp(failover: CompiledFailover[], io: LookUpIo): (event: unknown) => Promise<RegionAnswer> {
  const known = new Map<string, { region: Region; until: Instant }>()

  async function served({ name, regions }: CompiledFailover): Promise<Region> {
    const last = known.get(name)
    if (last !== undefined && io.now() < last.until) return last.region
    const region = await io.read(name).then(
      (found): Region | undefined =>
        regions.some((one) => one.region === found) ? { primaryCode: String(found), source: 'table' } : undefined,
      (error: unknown) => {
        io.log({ level: 'error', event: 'table not read', failover: name, error: String(error) })
        return undefined
      },
    )
    const first: Region = { primaryCode: regions[0]?.region ?? '', source: 'configuration' }
    const remembered: Region | undefined =
      last && (last.region.source === 'configuration' ? last.region : { ...last.region, source: 'memory' })
    const answer = region ?? remembered ?? first
    known.set(name, { region: answer, until: io.now() + FRESH_MS })
    return answer
  }

  return async (event) => {
    const asked = askedIn(event)
    const found = failoverOf(asked, failover)
    if (found !== undefined) return { statusCode: '200', ...(await served(found)) }
    io.log({ level: 'error', event: 'unknown failover', asked })
    return { statusCode: '404', primaryCode: asked ?? failover[0]?.regions[0]?.region ?? '', source: 'configuration' }
  }
}

/** By its name; the only one that serves from that region; the only one that there is. */
function failoverOf(asked: string | undefined, failover: CompiledFailover[]): CompiledFailover | undefined {
  const named = failover.find(({ name }) => name === asked)
  if (named !== undefined) return named
  const [first, ...others] =
    asked === undefined ? failover : failover.filter(({ regions }) => regions.some(({ region }) => region === asked))
  return others.length === 0 ? first : undefined
}

function askedIn(event: unknown): string | undefined {
  const parameters = Object(Object(Object(event).Details).Parameters)
  const asked = parameters.failover ?? parameters.region
  return typeof asked === 'string' && asked !== '' ? asked : undefined
}
