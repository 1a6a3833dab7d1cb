import { parseDuration } from '../shared/contracts/duration.ts'
import { tryEach } from '../shared/contracts/in-each.ts'
import type { Instant } from '../shared/contracts/words.ts'
import { dispatchToDuty } from '../shared/engine/regions/duty.ts'
import type { DutyRecord } from '../shared/incidents/duty/record.ts'
import { isSaidAfter, type Said, takenBy } from '../shared/incidents/duty/said.ts'
import { oneLine } from '../shared/messages/cut.ts'
import { canaryIn, healthIn } from '../shared/store/canary.ts'
import { readDuty } from '../shared/store/duty.ts'
import { audited } from './audited.ts'
import { dutyOf, engineOf, incidentsOf } from './engine.ts'
import { findTargets, tellMissed } from './every-region.ts'
import { CommandError } from './failure.ts'
import type { CliIo } from './io.ts'
import type { Target, TargetOptions } from './target.ts'
import { regionWords } from './words/region.ts'

export interface DutyOptions extends Omit<TargetOptions, 'region'> {
  config?: string
  for?: string
  as?: string
  yes?: true
  json?: true
}

/** Regions take no longer name from each other (`contracts/peer.ts`). */
const NAME_CHARACTERS = 200

/** Nobody plans further ahead; whoever wants it for good changes the order in fenghuo.yml. */
const LONGEST_MS = 30 * 86_400_000

/**
 * Has a region take duty: it pages what is open, and what begins, from now on. Throws a `CommandError` for one that does not answer, does
 * not work, or is none of the deployment.
 */
export async function takeDuty(region: string, options: DutyOptions, io: CliIo): Promise<Said> {
  const targets = severalOf(options, io)
  const target = targets.find((one) => one.region === region)
  if (target === undefined) {
    const order = targets.map((one) => one.region).join(', ')
    throw new CommandError({ en: `${region} is none of ${order}`, zh: `${region} 不在 ${order} 中` })
  }
  const until = options.for === undefined ? undefined : io.now() + lengthOf(options.for)
  if (!options.yes) await refuseIfIll(target, io)
  return await say({ region, ...(until !== undefined && { until }) }, target, targets, options, io)
}

/** Has duty go by the order again. Throws a `CommandError` where nobody has taken it, as far as the regions that answer know. */
export async function releaseDuty(options: DutyOptions, io: CliIo): Promise<Said> {
  const targets = severalOf(options, io)
  return await say({}, undefined, targets, options, io)
}

function severalOf(options: DutyOptions, io: CliIo): Targets {
  const targets = findTargets(options, io)
  if (targets.length > 1) return targets
  throw new CommandError({
    en: 'there is one region alone: `regions` in fenghuo.yml names several',
    zh: '只有一个地域：fenghuo.yml 的 regions 列出多个地域',
  })
}

type Targets = [Target, ...Target[]]

function lengthOf(text: string): number {
  const ms = parseDuration(text)
  if (ms !== undefined && ms >= 60_000 && ms <= LONGEST_MS) return ms
  throw new CommandError({
    en: `--for ${text}: write 30m, 2h or 1d, from 1m to 30d`,
    zh: `--for ${text}：写成 30m、2h、1d 这样，从 1m 到 30d`,
  })
}

/** One that does not work on what it takes would page a guard later, when another one finds out. */
async function refuseIfIll(target: Target, io: CliIo): Promise<void> {
  const store = { incidents: incidentsOf(target), now: io.now }
  const [{ isWell }, canary] = await Promise.all([healthIn(store), canaryIn(store)])
  if (isWell) return
  const minutes = canary && Math.round((io.now() - canary.at) / 60_000)
  throw new CommandError({
    en: `${target.region} does not work on what it takes (${minutes === undefined ? 'no canary yet' : `last canary ${minutes} min ago`}): its pages would wait for another region's guard. --yes takes duty all the same`,
    zh: `${target.region} 没有在处理收到的消息（${minutes === undefined ? '还没有探路消息' : `上次探路消息在 ${minutes} 分钟前`}）：由它呼叫的要等别的地域看守到时。--yes 仍然接手`,
  })
}

/**
 * Says it in every region that answers, after whatever was said before; in the one that takes it last, so that no two page at once. Regions
 * that it is not said in hear of it from the others.
 */
async function say(
  what: Pick<Said, 'region' | 'until'>,
  taker: Target | undefined,
  targets: Targets,
  { as }: DutyOptions,
  io: CliIo,
): Promise<Said> {
  const read = await tryEach(targets, (target) => readDuty(dutyOf(target)))
  const lost = read.missed.find(({ target }) => taker === undefined || target === taker)
  if (lost !== undefined && (read.done.length === 0 || taker !== undefined)) throw lost.error
  const last = newestOf(read.done.map(({ result }) => result))
  if (taker === undefined && takenBy(last, orderIn(targets), io.now()) === undefined)
    throw new CommandError({ en: 'nobody has taken duty: it goes by the order', zh: '没有人接手：按顺序值守' })
  const said: Said = { ...what, at: laterThan(last, io.now()), by: oneLine(as || io.user, NAME_CHARACTERS) }
  const deed = {
    action: taker === undefined ? 'region release' : 'region take',
    about: taker?.region ?? orderIn(targets).join(', '),
  }
  const by = { contact: said.by, name: said.by }
  const first = taker ?? read.done[0]?.target ?? targets[0]
  return audited({ ...deed, by }, [first, ...targets.filter((one) => one !== first)], io, () =>
    sayInAll(said, taker, targets, io),
  )
}

async function sayInAll(said: Said, taker: Target | undefined, targets: Target[], io: CliIo): Promise<Said> {
  const others = targets.filter((one) => one !== taker)
  const told = await tryEach(others, (target) => sayIn(target, said, targets, io))
  refuseIfOvertaken(
    said,
    told.done.map(({ result }) => result),
  )
  if (taker !== undefined) refuseIfOvertaken(said, [await sayIn(taker, said, targets, io)])
  else if (told.done.length === 0) throw told.missed[0]?.error
  tellMissed(told.missed, () => regionWords[io.language].hears, io)
  return said
}

/** By another one's clock it may have been said a moment from now. */
function laterThan(last: Said | undefined, now: Instant): Instant {
  return Math.max(now, (last?.at ?? 0) + 1)
}

function newestOf(records: (DutyRecord | undefined)[]): Said | undefined {
  const said = records.flatMap((one) => one?.said ?? [])
  return said.reduce<Said | undefined>((newest, one) => (isSaidAfter(one, newest) ? one : newest), undefined)
}

/** Says it in one region. Resolves with what holds there from now on. */
async function sayIn(target: Target, said: Said, targets: Target[], io: CliIo): Promise<Said | undefined> {
  const place = { own: target.region, order: orderIn(targets) }
  const engine = { ...(await engineOf(target, io)), regions: dutyOf(target) }
  return (await dispatchToDuty({ event: { type: 'said', said, place } }, engine))?.state?.said
}

/** A region that could not be read a moment ago, or somebody in this moment, may have it otherwise: the newest holds in all. */
function refuseIfOvertaken(said: Said, known: (Said | undefined)[]): void {
  const holds = known.find((one) => one !== undefined && isSaidAfter(one, said))
  if (holds === undefined) return
  throw new CommandError({
    en: `${holds.by} has said otherwise meanwhile, and that holds: see \`region\`, and say it again if need be`,
    zh: `${holds.by} 期间另有决定，以那个为准：用 region 查看，需要时再说一次`,
  })
}

function orderIn(targets: Target[]): string[] {
  return targets.map(({ region }) => region)
}
