import { confirm as confirmSchema } from '../../shared/config/schema.ts'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import { parseDuration } from '../../shared/contracts/duration.ts'
import { mistakeIn } from '../../shared/contracts/mistake.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import { checkKey } from '../../shared/evaluation/record.ts'
import { type Raised, replay, type Seen } from '../../shared/evaluation/replay.ts'
import { placeId } from '../../shared/evaluation/vantage.ts'
import { dateAndTime, duration } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import { KEPT_RUNS_MS, readRuns } from '../../shared/store/history.ts'
import type { StoreIo } from '../../shared/store/io.ts'
import { readVantages } from '../../shared/store/vantages.ts'
import { type ConfigOptions, readConfig } from '../configuration.ts'
import { storeOf } from '../engine.ts'
import { CommandError, FINE } from '../failure.ts'
import type { CliIo } from '../io.ts'
import { table } from '../table.ts'
import { findTarget, type TargetOptions } from '../target.ts'
import { replayWords } from '../words/replay.ts'
import { chooseToRun } from './choose.ts'

/** What is to be tried out. */
export interface ReplayOptions {
  confirm?: string
  quorum?: string
}

/** Throws a `CommandError` for settings that are to be tried out on nothing. */
export function refuseWithoutReplay(options: ReplayOptions): void {
  const [option] = (['confirm', 'quorum'] as const).filter((name) => options[name] !== undefined)
  if (option === undefined) return
  const told = `--${option}`
  throw new CommandError({ en: replayWords.en.needsReplay(told), zh: replayWords.zh.needsReplay(told) })
}

/** Tells what checks would have raised since a time, as they are and with other settings. Gives the exit code. */
export async function replayed(
  names: string[],
  options: ConfigOptions & TargetOptions & ReplayOptions & { replay: string; json?: true },
  io: CliIo,
): Promise<number> {
  if (names.length === 0) throw new CommandError({ en: replayWords.en.noCheck, zh: replayWords.zh.noCheck })
  const since = io.now() - sinceMs(options.replay)
  const config = readConfig(options, io)
  const store = storeOf(findTarget(options, io), io)
  const tried = triedSettings(options)
  const shown: object[] = []
  const checks = chooseToRun(config, names).active
  for (const check of checks) refuseUnmeetable(check, tried?.quorum)
  for (const check of checks) {
    const seen = await seenOf(check, since, io.now(), store)
    const other = tried === undefined ? undefined : { ...check, ...tried }
    const before = replay(check, seen, config.groups)
    const then = other && replay(other, seen, config.groups)
    if (options.json) shown.push({ check: check.id, runs: seen.length, asItIs: before, ...(then && { then }) })
    else io.out(reportOf(check, seen, before, other && { check: other, raised: then ?? [] }, io))
  }
  if (options.json) io.out(JSON.stringify(shown, null, 2))
  return FINE
}

function sinceMs(text: string): number {
  const ms = parseDuration(text)
  if (ms !== undefined && ms > 0 && ms <= KEPT_RUNS_MS) return ms
  throw new CommandError({
    en: `--replay ${text}: write 7d, 12h or 90m, at most 8d: runs are kept no longer`,
    zh: `--replay ${text}：写成 7d、12h、90m 这样，最多 8d：更早的没有保存`,
  })
}

/** What the options say; undefined: nothing is tried out. Throws a `CommandError` for what `validate` would refuse, too. */
function triedSettings({ confirm, quorum }: ReplayOptions): Pick<CompiledCheck, 'confirm' | 'quorum'> | undefined {
  if (confirm === undefined && quorum === undefined) return undefined
  const tried: Partial<CompiledCheck> = {}
  if (confirm !== undefined) {
    const read = confirmSchema.safeParse(confirm)
    if (!read.success) {
      const { en, zh } = mistakeIn(read.error.issues[0] ?? { message: '' }).words
      throw new CommandError({ en: `--confirm: ${en}`, zh: `--confirm：${zh}` })
    }
    tried.confirm = read.data
  }
  if (quorum !== undefined) {
    if (!/^[1-9]\d?$/.test(quorum))
      throw new CommandError({
        en: `--quorum ${quorum}: write how many vantages, such as 2`,
        zh: `--quorum ${quorum}：写几个观测点，如 2`,
      })
    tried.quorum = Number(quorum)
  }
  return tried as Pick<CompiledCheck, 'confirm' | 'quorum'>
}

/** Of more vantages than look at it a check could never be down. */
function refuseUnmeetable({ id, asksPlaces, from }: CompiledCheck, quorum: number | undefined): void {
  if (quorum === undefined || asksPlaces || quorum <= from.length) return
  throw new CommandError({
    en: `--quorum ${quorum}: ${id} has ${from.length === 1 ? 'one vantage' : `${from.length} vantages`}: it could never be down`,
    zh: `--quorum ${quorum}：${id} 只有 ${from.length} 个观测点，永远达不到`,
  })
}

/** All that is kept of a check's runs, oldest first. */
async function seenOf(
  check: CompiledCheck,
  from: Instant,
  until: Instant,
  store: Pick<StoreIo, 'checks' | 'log'>,
): Promise<Seen[]> {
  const vantages = await readVantages(check.from, store)
  const found = await Promise.all(
    vantages.map(async ({ state: { vantage, function: name, places } }) => {
      const asked = places?.[check.id] ?? []
      const placeOf = new Map<number, string | undefined>([
        [checkKey(check.id), undefined],
        ...asked.map((place) => [checkKey(placeId(check.id, place)), place] as const),
      ])
      const runs = await readRuns(vantage, name, from, until, store)
      return runs.flatMap(({ at, points }) =>
        points.flatMap(({ key, outcome, latencyMs }): Seen[] => {
          const place = placeOf.get(key)
          // What a check says for itself counts where it asks no places.
          if (!placeOf.has(key) || (place === undefined && asked.length > 0)) return []
          return [{ vantage, function: name, at, outcome, latencyMs, ...(place !== undefined && { place }) }]
        }),
      )
    }),
  )
  return found.flat().sort((a, b) => a.at - b.at)
}

function reportOf(
  check: CompiledCheck,
  seen: Seen[],
  before: Raised[],
  other: { check: CompiledCheck; raised: Raised[] } | undefined,
  io: CliIo,
): string {
  const say = replayWords[io.language]
  const [first] = seen
  if (first === undefined) return say.nothing(check.id)
  const settings = ({ confirm: { m, n }, quorum }: CompiledCheck): [string, string] => [
    `${m}/${n}`,
    quorum === undefined ? '' : say.quorum(quorum),
  ]
  const last = seen.at(-1)?.at ?? first.at
  const rows = [
    [say.asItIs(...settings(check)), ...sums(before, last, io)],
    ...(other ? [[say.asked(...settings(other.check)), ...sums(other.raised, last, io)]] : []),
  ]
  const vantages = new Set(seen.map((one) => one.place ?? one.vantage)).size
  return [
    say.about(check.id, seen.length, vantages, dateAndTime(first.at, io.timezone)),
    table(say.head, rows),
    ...(before.length + (other?.raised.length ?? 0) > 0 ? [episodes(before, other?.raised, last, io)] : []),
  ].join('\n')
}

function sums(raised: Raised[], last: Instant, { language }: CliIo): string[] {
  const lasted = raised.map(({ from, until = last }) => until - from)
  const all = lasted.reduce((sum, ms) => sum + ms, 0)
  return [String(raised.length), duration(Math.max(0, ...lasted), language), duration(all, language)]
}

/** Each that is raised as things are, with what becomes of it then; and those that would be raised in addition. */
function episodes(before: Raised[], then: Raised[] | undefined, last: Instant, io: CliIo): string {
  const say = replayWords[io.language]
  const { severity } = words[io.language]
  const row = (one: Raised, fate: string[]) => [
    dateAndTime(one.from, io.timezone),
    one.until === undefined ? say.goesOn : duration(one.until - one.from, io.language),
    severity[one.severity],
    ...fate,
  ]
  const meets = (one: Raised, other: Raised) => one.from <= (other.until ?? last) && other.from <= (one.until ?? last)
  const fateOf = (one: Raised): string[] => {
    const other = then?.find((each) => meets(one, each))
    if (then === undefined) return []
    if (other === undefined) return [say.never]
    const ms = other.from - one.from
    if (ms === 0) return [say.alike]
    return [ms > 0 ? say.later(duration(ms, io.language)) : say.earlier(duration(-ms, io.language))]
  }
  const added = (then ?? []).filter((one) => !before.some((each) => meets(one, each)))
  const rows = [...before.map((one) => row(one, fateOf(one))), ...added.map((one) => row(one, [say.added]))]
  const head = then === undefined ? say.episodes.slice(0, -1) : say.episodes
  return table(
    head,
    rows.toSorted(([a = ''], [b = '']) => a.localeCompare(b)),
  )
}
