import type { CompiledCheck, CompiledConfig } from '../../contracts/compiled-config.ts'
import { DAY_MS } from '../../contracts/milliseconds.ts'
import type { CompiledStatusPage } from '../../contracts/status-page.ts'
import type { Instant } from '../../contracts/words.ts'
import { type Availability, dayOf } from '../../evaluation/history.ts'
import { type ComponentDays, STATUS_DAYS } from '../../incidents/status/view.ts'
import type { StoreIo } from '../../store/io.ts'
import { shareOf } from '../console/uptime.ts'
import { type FunctionHistory, keysAt, readHistories } from '../console/view-checks.ts'

type Config = Pick<CompiledConfig, 'checks' | 'projects'>

/** Reads how the components of a page have been, by their names, from the sums that are kept. Rejects when the table does. */
export async function readComponentDays(
  { components }: Pick<CompiledStatusPage, 'components'>,
  config: Config,
  io: Pick<StoreIo, 'checks' | 'log' | 'now'>,
): Promise<Record<string, ComponentDays>> {
  const now = io.now()
  const wanted = Object.values(components).flatMap(({ checks }) => checks)
  const histories = await readHistories([...new Set(wanted)], config, io)
  return Object.fromEntries(
    Object.entries(components).map(([id, { checks }]) => [
      id,
      daysOf(
        config.checks.filter((one) => checks.includes(one.id)),
        histories,
        now,
      ),
    ]),
  )
}

function daysOf(checks: CompiledCheck[], histories: FunctionHistory[], now: Instant): ComponentDays {
  const today = dayOf(now)
  const parts = checks.flatMap((check) =>
    histories.filter(({ state }) => check.from.includes(state.vantage)).flatMap((one) => partsOf(check, one, today)),
  )
  const byDay = Map.groupBy(parts, ({ day }) => day)
  const days = Array.from({ length: STATUS_DAYS }, (_, index) => today - (STATUS_DAYS - 1 - index) * DAY_MS)
  const shown = days.map((day) => byDay.get(day) ?? [])
  const uptime = shareOf(shown.flat())
  return { days: shown.map((own) => shareOf(own)), ...(uptime !== undefined && { uptime }) }
}

/** What is known of a check at a probe function: of whole days from their sums, of today from its hours. */
function partsOf(
  { id }: CompiledCheck,
  { state, hours, days }: FunctionHistory,
  today: Instant,
): (Availability & { day: Instant })[] {
  const keys = new Set(keysAt(id, state).map(({ key }) => key))
  const isOwn = ({ key }: { key: number }) => keys.has(key)
  const before = days.flatMap(({ day, checks }) =>
    day < today ? checks.filter(isOwn).map((one) => ({ ...one, day })) : [],
  )
  const since = hours.flatMap(({ at, checks }) =>
    at >= today ? checks.filter(isOwn).map((one) => ({ ...one, day: today })) : [],
  )
  return [...before, ...since]
}
