import { parseDuration } from '../../shared/contracts/duration.ts'
import { inEach } from '../../shared/contracts/in-each.ts'
import { matcherText } from '../../shared/contracts/matcher.ts'
import { LONGEST_SILENCE_MS } from '../../shared/contracts/silence.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import { makeSilence as makeSilenceThere } from '../../shared/engine/console/make-silence.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { isSilencedBy } from '../../shared/incidents/pause/silenced.ts'
import { listIncidents } from '../../shared/store/incidents.ts'
import { readSilence } from '../../shared/store/silences.ts'
import { auditedInEach } from '../audited.ts'
import { engineOf, storeOf } from '../engine.ts'
import { tellMissed } from '../every-region.ts'
import { CommandError } from '../failure.ts'
import type { CliIo } from '../io.ts'
import type { Target } from '../target.ts'
import { timeOption } from '../time-option.ts'
import { silenceWords } from '../words/silence.ts'
import { SilenceOver } from './keeper.ts'

/** When a silence ends: one of both is given. */
export interface Ending {
  for?: string
  until?: string
}

/**
 * The end that is meant, counted from an instant. Throws a `CommandError` for none, for one that is past, and for one too long after the
 * silence's start, however often it was extended.
 */
export function endOf({ for: length, until }: Ending, from: Instant, io: CliIo, startsAt = from): Instant {
  if ((length === undefined) === (until === undefined))
    throw new CommandError({
      en: 'say how long: --for 2h, or --until "Sat 18:00"',
      zh: '写明多久：--for 2h 或 --until "Sat 18:00"',
    })
  const end = length === undefined ? timeOption('--until', until ?? '', from, io.timezone) : from + lengthOf(length)
  if (end <= Math.max(from, startsAt, io.now()))
    throw new CommandError({ en: 'it would be over already: give a time to come', zh: '已经过去了：写将来的时间' })
  if (end - startsAt > LONGEST_SILENCE_MS)
    throw new CommandError({
      en: 'it would last longer than 90 days: take the check out of fenghuo.yml instead',
      zh: '超过 90 天：不如从 fenghuo.yml 里去掉这项检查',
    })
  return end
}

function lengthOf(text: string): number {
  const ms = parseDuration(text)
  if (ms !== undefined && ms > 0) return ms
  throw new CommandError({ en: `--for ${text}: write 30m, 2h or 1d`, zh: `--for ${text}：写成 30m、2h、1d 这样` })
}

/**
 * Keeps a silence in every region, and has what it covers be quiet at once. Resolves with the open incidents that it covers in the first
 * one that took it.
 */
export async function makeSilence(silence: Silence, targets: [Target, ...Target[]], io: CliIo): Promise<Incident[]> {
  const { done, missed } = await keepInEach('silence', silence, targets, io)
  tellMissed(missed, () => silenceWords[io.language].later, io)
  if (silence.startsAt > io.now()) return []
  return (await listIncidents('open', LISTED, storeOf(done[0].target, io))).filter(
    (incident) => incident.status === 'open' && isSilencedBy(silence, incident),
  )
}

function keepInEach(action: string, silence: Silence, targets: [Target, ...Target[]], io: CliIo) {
  const { id, by, matchers, endsAt } = silence
  const fits = matchers.map((group) => group.map(matcherText).join(', '))
  const changes = [
    ...(silence.maintenance ? ['maintenance'] : []),
    ...fits,
    `${new Date(silence.startsAt).toISOString()} – ${new Date(endsAt).toISOString()}`,
  ]
  // Who made it is not who ends it.
  const deed = {
    action,
    about: `/silences ${id}`,
    changes,
    ...(action === 'silence' && { by: { contact: by, name: by } }),
  }
  return auditedInEach(deed, targets, io, (target) => keepIn(target, silence, io))
}

async function keepIn(target: Target, silence: Silence, io: CliIo): Promise<void> {
  await makeSilenceThere(silence, await engineOf(target, io))
}

/** More nobody reads in a terminal. */
const LISTED = 200

/**
 * Gives a silence another end in every region, and has what it no longer covers page. Throws a `CommandError` for an id that no region
 * knows, a `SilenceOver` for one that is over.
 */
export async function endSilenceAt(
  id: string,
  end: (silence: Silence) => Instant,
  targets: [Target, ...Target[]],
  io: CliIo,
): Promise<Silence> {
  const read = await inEach(targets, (target) => readSilence(id, storeOf(target, io)))
  const known = read.done.flatMap(({ result }) => result ?? []).toSorted((a, b) => b.changedAt - a.changedAt)
  const [newest] = known
  if (newest === undefined)
    throw new CommandError({
      en: `no silence has the id ${id}: see bin/fenghuo.js silence ls`,
      zh: `没有 ID 为 ${id} 的静默：见 bin/fenghuo.js silence ls`,
    })
  if (newest.endsAt <= io.now()) throw new SilenceOver(id)
  // By another one's clock it may have been changed a moment from now.
  const changed = { ...newest, endsAt: end(newest), changedAt: Math.max(io.now(), newest.changedAt + 1) }
  const action = changed.endsAt <= io.now() ? 'end-silence' : 'extend-silence'
  const { missed } = await keepInEach(action, changed, targets, io)
  tellMissed(missed, () => silenceWords[io.language].later, io)
  return changed
}
