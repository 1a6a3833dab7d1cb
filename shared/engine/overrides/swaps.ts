import { createHash } from 'node:crypto'
import { DAY_MS } from '../../contracts/milliseconds.ts'
import { MAKER_CHARACTERS } from '../../contracts/override-limits.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import type { Instant } from '../../contracts/words.ts'
import { overrideSpan } from '../../oncall/override.ts'
import type { Directory } from '../../oncall/plan.ts'
import { shiftsBetween } from '../../oncall/shifts.ts'
import { changeSwap, isAnswerable, readSwap, readSwaps, type Swap, type Turn } from '../../store/swaps.ts'
import type { EngineIo } from '../io.ts'
import { type RegionPeople, readEach } from './everywhere.ts'
import { type AskedOverride, type Making, makeOverrides, prepareOverrides } from './make.ts'
import { OverrideRefusal, refusal } from './refusal.ts'
import { rowsFor } from './rows.ts'
import { FIRST_LOOK_MS } from './swap-letters.ts'
import { isMadeElsewhere, madeIds, takeBack } from './take-back.ts'

/** What somebody asks for; times as they write them. */
export type AskedSwap = Pick<Swap, 'schedule' | 'by' | 'to' | 'mine' | 'yours' | 'note'>

/** Nobody answers what was asked longer ago, ms. */
const ASKED_MS = 7 * DAY_MS

/** More is nobody's turn: who is on call in all of it is looked up, and kept. */
const LONGEST_TURN_DAYS = 92

/** Whoever answers has written all regions by then, or has died, ms. */
const ANSWERING_MS = 30_000

/** With what swaps are asked for and answered. */
export interface Swapping<P extends RegionPeople> {
  regions: P[]
  making: Making
  io: EngineIo
  /** Where the other one answers. */
  url: string
}

/**
 * Asks somebody to take a turn, and tells them by their own channel; nothing is routed otherwise before they accept. Rejects with an
 * `OverrideRefusal` for what could not be made if they did, or who is not on call in their turn.
 */
export async function askSwap<P extends RegionPeople>(
  asked: AskedSwap,
  { regions, making, io, url }: Swapping<P>,
): Promise<Swap> {
  const { done } = await readEach(making.projects, regions)
  const { overrides, rows } = prepareOverrides(overridesOf(asked), done[0].result, making)
  const [mine, yours] = overrides.map(({ from, to }): Turn => ({ from, to }))
  const [first] = rows
  if (mine === undefined || first === undefined) throw new RangeError('a swap is of one turn at least')
  const { directory } = first.row
  checkTurn(asked.by, asked.schedule, mine, directory)
  if (yours) checkTurn(asked.to, asked.schedule, yours, directory)
  const { schedule, by, to, note } = asked
  const wanted = { schedule, by, to, mine, ...(yours && { yours }) }
  // Who presses twice has asked once, be it at the same moment.
  const alike = (await readSwaps(io)).filter((one) => isAlike(one, wanted))
  const same = alike.find((one) => isAnswerable(one, io.now()))
  if (same !== undefined) return same
  const swap = {
    ...{ id: freeId(wanted, alike), ...wanted, at: io.now(), state: 'asked' as const, letter: io.token() },
    ...(note !== undefined && { note }),
    until: Math.min(io.now() + ASKED_MS, lastMoment([mine, yours], schedule, directory, io.now())),
    shifts: shiftsIn([mine, yours], schedule, directory),
  }
  const content = {
    ...{ code: 'swap-asked' as const, by: nameOf(by, directory) },
    ...{ schedule: withZone(schedule, directory), mine: textOf(mine) },
    ...(yours && { yours: textOf(yours) }),
    ...(note !== undefined && { note }),
    swap: { id: swap.id, at: swap.at, letter: swap.letter },
  }
  // On its way before it is asked: nobody waits for an answer of somebody who is not told.
  const letter = { v: 1 as const, kind: 'letter' as const, project: first.project, content, url }
  await io.escalate({ ...letter, contact: to, until: swap.until }, FIRST_LOOK_MS)
  const isOurs = await changeSwap(swap.id, (now) => (now === undefined ? swap : undefined), io)
  return isOurs ? swap : ((await readSwap(swap.id, io)) ?? swap)
}

/** The same for the same wish, and none of those that were answered: which of these are forgotten already says nothing of the others. */
function freeId(wanted: Wanted, alike: Pick<Swap, 'id'>[], before = 0): string {
  const id = createHash('sha256')
    .update(JSON.stringify([saidOf(wanted), before]))
    .digest('hex')
    .slice(0, ID_CHARACTERS)
  return alike.some((one) => one.id === id) ? freeId(wanted, alike, before + 1) : id
}

const ID_CHARACTERS = 8

/**
 * What became of an answer. `over`: somebody has answered, or nobody did in time; `busy`: somebody does at this moment; `elsewhere`: somebody has
 * accepted it in another region, of which this one has not heard yet how far that came.
 */
export type Answered<P> =
  | { result: 'over' | 'busy' | 'elsewhere'; swap: Swap | undefined }
  | { result: 'done'; swap: Swap; missed: { target: P }[] }

/**
 * Accepts, declines or withdraws what was asked; `mayAnswer` says whether whoever does so may. What is accepted is made only if who is on call
 * then is who was when it was asked. Whoever asked hears the answer. Wherever it stops, the same answer again finishes it, and another takes
 * back what was half made. Rejects with an `OverrideRefusal` for what cannot be made any more: then it is still asked.
 */
export async function answerSwap<P extends RegionPeople>(
  id: string,
  answer: Exclude<Swap['state'], 'asked'>,
  mayAnswer: (swap: Swap) => boolean,
  swapping: Swapping<P>,
): Promise<Answered<P>> {
  const { making, io } = swapping
  const said = { at: io.now(), by: making.by, letter: io.token() }
  const isAccepted = answer === 'accepted'
  let swap: Swap | undefined
  const isOurs = await changeSwap(
    id,
    (now) => {
      swap = now
      const isOpen = now !== undefined && isAnswerable(now, io.now()) && (now.busyUntil ?? 0) <= io.now()
      if (!isOpen || !mayAnswer(now)) return undefined
      const accepting = isAccepted
        ? { ...said, at: acceptedAt(now, said) }
        : now.accepting && { ...now.accepting, isStopped: true as const }
      return { ...now, busyUntil: io.now() + ANSWERING_MS, ...(accepting && { accepting }) }
    },
    io,
  )
  if (swap !== undefined && !mayAnswer(swap)) throw refusal('not-theirs', { what: 'swap' })
  if (!isOurs || swap === undefined) return { result: (swap?.busyUntil ?? 0) > io.now() ? 'busy' : 'over', swap }
  // Whoever accepted it elsewhere may have finished, or not: within minutes this region hears which, and what was half made is taken back then.
  if (!isAccepted && (await isMadeElsewhere(swap, swapping))) {
    await changeSwap(id, (now) => now && released(now, 'nowhere'), io)
    return { result: 'elsewhere', swap }
  }
  // It counts whether or not they hear of it, and the page says so.
  if (answer !== 'withdrawn')
    await tellAnswer(swap, { accepted: isAccepted, ...said }, swapping).catch((error: unknown) => {
      io.log({ level: 'error', event: 'answer to a swap not told', error: String(error) })
    })
  const wasHalf = swap.accepting !== undefined
  try {
    const missed = isAccepted ? await accept(swap, said, swapping) : wasHalf ? await takeBack(swap, swapping) : []
    await changeSwap(id, (now) => now && ended(now, answer, said), io)
    return { result: 'done', swap, missed }
  } catch (error) {
    // What was refused is made nowhere; of what broke off nobody knows, and whoever answers next finishes it or takes it back.
    const made = !(error instanceof OverrideRefusal) ? 'perhaps' : wasHalf ? 'half' : 'nowhere'
    await changeSwap(id, (now) => now && released(now, made), io)
    throw error
  }
}

interface Said {
  at: Instant
  by: string
  letter: string
}

/** Who dies of accepting it, and has it finished later, has accepted it then. */
function acceptedAt({ accepting }: Swap, { at, by }: Said): Instant {
  return accepting?.by === by && accepting.isStopped !== true ? accepting.at : at
}

function ended({ accepting, busyUntil: _, ...swap }: Swap, state: Swap['state'], { at, by, letter }: Said): Swap {
  const since = state === 'accepted' && accepting !== undefined ? accepting.at : at
  return { ...swap, state, answered: { at: since, by }, letter }
}

/** `half`: the rest is refused. */
function released({ accepting, busyUntil: _, ...swap }: Swap, made: 'nowhere' | 'perhaps' | 'half'): Swap {
  if (accepting === undefined || made === 'nowhere') return swap
  return { ...swap, accepting: { ...accepting, ...(made === 'half' && { isStopped: true }) } }
}

/** Has whoever asked be told, once it is so. Rejects when a table or the queue does. */
async function tellAnswer<P extends RegionPeople>(
  { id, schedule, mine, by, to }: Swap,
  { accepted, at, letter }: { accepted: boolean } & Said,
  { regions, making, io, url }: Swapping<P>,
): Promise<void> {
  const rows = (await readEach(making.projects, regions)).done[0].result
  const first = rows.find(({ row }) => ownProperty(row.directory.schedules, schedule) !== undefined)
  if (first === undefined) return
  const { directory } = first.row
  const of = { schedule: withZone(schedule, directory), mine: textOf(mine), swap: { id, at, letter } }
  const content = { code: 'swap-answered' as const, by: nameOf(to, directory), ...of, accepted }
  const message = { v: 1 as const, kind: 'letter' as const, project: first.project, contact: by, content, url }
  await io.escalate({ ...message, until: io.now() + ASKED_MS }, FIRST_LOOK_MS)
}

/** Resolves with where its overrides could not be made. */
async function accept<P extends RegionPeople>(swap: Swap, { at, by }: Said, swapping: Swapping<P>) {
  const { regions, making } = swapping
  const { done } = await readEach(making.projects, regions)
  const [row] = rowsFor(done[0].result, swap, making)
  if (row === undefined || hasChanged(swap, row.row.directory)) throw refusal('changed', {})
  const maker = by.slice(0, MAKER_CHARACTERS)
  const asked = overridesOf(swap).map((one, index) => {
    return { ...one, made: { id: madeIds(swap.id)[index] ?? '', by: maker, at } }
  })
  return (await makeOverrides(asked, regions, making)).missed
}

/** What was half accepted before, by somebody whose process died, is so already. */
function hasChanged({ schedule, mine, yours, shifts, ...swap }: Swap, directory: Directory): boolean {
  const asked = overridesOf({ schedule, mine, ...(yours && { yours }), ...swap })
  const before = {
    ...directory,
    overrides: directory.overrides.filter((one) => !asked.some((other) => isLike(one, other))),
  }
  return shiftsIn([mine, yours], schedule, before) !== shifts
}

function isLike(one: AskedOverride, other: AskedOverride): boolean {
  const said = ({ from, to, ...rest }: AskedOverride) =>
    'contact' in rest ? [rest.schedule, rest.contact, rest.for, from, to].join('\n') : ''
  return said(one) !== '' && said(one) === said(other)
}

/** What a swap makes once it is accepted. */
export function overridesOf({ schedule, by, to, mine, yours, note }: AskedSwap): AskedOverride[] {
  const why = note === undefined ? {} : { note }
  return [
    { schedule, contact: to, for: by, ...mine, ...why },
    ...(yours ? [{ schedule, contact: by, for: to, ...yours, ...why }] : []),
  ]
}

function spansOf(turns: (Turn | undefined)[], schedule: string, { schedules }: Directory) {
  const zone = ownProperty(schedules, schedule)?.timezone ?? 'UTC'
  return turns.flatMap((turn) => (turn ? [overrideSpan({ ...turn, away: '' }, zone)] : []))
}

/** Who is on call in some turns, and from when. */
function shiftsIn(turns: (Turn | undefined)[], schedule: string, directory: Directory): string {
  const spans = spansOf(turns, schedule, directory).map(({ start, end }) =>
    shiftsBetween(directory, schedule, start, end).map((shift) => [Math.max(shift.start, start), ...shift.contacts]),
  )
  return JSON.stringify(spans)
}

/** When the first turn begins; of what has begun, when it ends. */
function lastMoment(turns: (Turn | undefined)[], schedule: string, directory: Directory, now: Instant): Instant {
  const spans = spansOf(turns, schedule, directory)
  const starts = spans.map(({ start }) => start)
  return starts.every((start) => start > now) ? Math.min(...starts) : Math.min(...spans.map(({ end }) => end))
}

function checkTurn(contact: string, schedule: string, turn: Turn, directory: Directory): void {
  const [span] = spansOf([turn], schedule, directory)
  if (span && span.end - span.start > LONGEST_TURN_DAYS * DAY_MS)
    throw refusal('too-long', { most: LONGEST_TURN_DAYS, turn: textOf(turn) })
  const shifts = span ? shiftsBetween(directory, schedule, span.start, span.end) : []
  if (shifts.some(({ contacts }) => contacts.includes(contact))) return
  throw refusal('no-turns', { person: contact, schedule, turn: textOf(turn) })
}

type Wanted = Pick<Swap, 'schedule' | 'by' | 'to' | 'mine' | 'yours'>

function isAlike(one: Wanted, other: Wanted): boolean {
  return saidOf(one) === saidOf(other)
}

function saidOf({ schedule, by, to, mine, yours }: Wanted): string {
  return JSON.stringify([schedule, by, to, mine, yours])
}

/** `sre (Asia/Shanghai)`: a letter's times are by that clock. */
function withZone(schedule: string, { schedules }: Directory): string {
  return `${schedule} (${ownProperty(schedules, schedule)?.timezone ?? 'UTC'})`
}

function nameOf(contact: string, { contacts }: Directory): string {
  return (ownProperty(contacts, contact)?.name ?? contact).slice(0, NAME_CHARACTERS)
}

const NAME_CHARACTERS = 200

function textOf({ from, to }: Turn): string {
  return `${from} – ${to}`
}
