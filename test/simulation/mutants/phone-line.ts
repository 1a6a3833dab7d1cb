import { editsOf, type Mutant } from './mutant.ts'

const call = 'shared/phoneline/call.ts'
const machine = 'shared/phoneline/machine.ts'
const deadlines = 'shared/phoneline/deadlines.ts'
const place = 'shared/delivery/place-call.ts'
const ask = 'shared/delivery/ask-routes.ts'
const stopCall = 'shared/delivery/stop-call.ts'
const effects = 'shared/engine/effects/phone-line.ts'
const turn = 'shared/phoneline/turn.ts'

const openCheck = editsOf(place, [
  "return incident?.generation === generation && incident.status === 'open' ? [incident] : []",
  'return incident?.generation === generation ? [incident] : []',
])
const wantedCheck = editsOf(effects, [
  'if (uncertain === 0 && !isWanted(line, effect.seq))',
  'if (uncertain < 0 && !isWanted(line, effect.seq))',
])

/** How a person is called, and called off. */
export const phoneLine: Mutant[] = [
  { name: 'd1', what: 'nobody asks whether it is still open before dialling', edits: openCheck },
  { name: 'd2', what: 'nobody asks whether the call is still wanted', edits: wantedCheck },
  { name: 'd3', what: 'nobody asks for either', edits: [...openCheck, ...wantedCheck] },
  {
    name: 'e3',
    what: 'a call that rings is not stopped when it is called off',
    edits: editsOf(machine, ['return stop(calledOff, without)', "return { state: calledOff, outbox: [], reason: '' }"]),
  },
  {
    name: 'e4',
    what: 'a call that was placed too late is not stopped',
    edits: editsOf(machine, ['  if (isOff(placed)) {', '  if (placed.seq < 0) {']),
  },
  {
    name: 'e5',
    what: 'nobody looks back after placing a call: it may have been taken meanwhile',
    edits: editsOf(effects, ["call.outcome === 'ringing' && !(now?", 'call.step < 0 && !(now?']),
  },
  {
    name: 'e7',
    what: 'a stop is never tried again',
    edits: editsOf(stopCall, ['const STOP_TRIES = 6', 'const STOP_TRIES = 1']),
  },
  {
    name: 'e8',
    what: 'a ringing call whose time is over is not stopped first',
    edits: editsOf(deadlines, [
      "return call.stopping ? finish(line, call, 'unanswered', now, NO_WORD) : stop(line, call)",
      "return finish(line, call, 'unanswered', now, NO_WORD)",
    ]),
  },
  {
    name: 'f1',
    what: 'a person is called though they are in a call',
    edits: editsOf(machine, [
      'if (line.call === undefined) return start(next, [], now)',
      'if (next.waiting.length > 0) return start(next, [], now)',
    ]),
  },
  {
    name: 'f2',
    what: 'what waits does not join the call that is answered',
    edits: editsOf(machine, [
      'const { joining, about, left } = takenUp(call.about, asks ? line.waiting : [])',
      'const { joining, about, left } = { ...takenUp([], []), about: call.about, left: line.waiting }',
    ]),
  },
  {
    name: 'f3',
    what: 'what waits is forgotten after the call',
    edits: editsOf(turn, [
      'if (free.waiting.length === 0) return { state: free, outbox, reason }',
      'if (free.seq > 0) return { state: { ...free, waiting: [] }, outbox, reason }',
    ]),
  },
  {
    name: 'f4',
    what: 'a request that is settled is called for again',
    edits: editsOf(machine, [
      'const isSettled = ({ incident, step }: Request) => (line.settled[incident]?.step ?? 0) >= step',
      'const isSettled = ({ step }: Request) => step < 0',
    ]),
  },
  {
    name: 'g1',
    what: 'a call whose caller crashed is dialled again',
    edits: editsOf(place, ['  if (uncertain)\n', '  if (uncertain && seq < 0)\n']),
  },
  {
    name: 'g2',
    what: 'a call of which nothing is known is dialled again when it is given up',
    edits: editsOf(deadlines, [
      "return next(line, [], now, 'unknown call given up')",
      'return dialAgain(line, call, now)',
    ]),
  },
  {
    name: 'g3',
    what: 'a call whose answer was lost is dialled again',
    edits: editsOf(place, [
      "return called({ type: 'lost', seq, failure: placed.failure, ...traitsOf(placed) })",
      "return called({ type: 'throttled', seq, afterMs: 1_000, failure: placed.failure })",
    ]),
  },
  {
    name: 'g4',
    what: 'the next route is tried though nobody knows what became of the first',
    edits: editsOf(
      ask,
      ["if (placed.status === 'unknown') return { ...placed, ...traitsOfCaller(voice) }\n", ''],
      ["if (placed.status === 'refused') failures", "if (placed.status !== 'retry') failures"],
    ),
  },
  {
    name: 'g5',
    what: 'a layer calls again though nobody knows whether its call rings',
    edits: editsOf('shared/incidents/escalation/outcome.ts', [
      '  if (isUnderWay(event.outcome))\n    return after(line, orElsewhere',
      "  if (isUnderWay(event.outcome) && event.outcome !== 'unknown')\n    return after(line, orElsewhere",
    ]),
  },
  {
    name: 'g6',
    what: 'a phone counts as free a minute too early when nobody knows whether it rings',
    edits: editsOf(call, ['unknown: RINGING_MS,', 'unknown: RINGING_MS - 60_000,']),
  },
  {
    name: 'g7',
    what: 'a token of its own for each try of a call',
    edits: editsOf(place, ['token = `line:${phoneHash}:${seq}`', 'token = `line:${phoneHash}:${seq}:${io.now()}`']),
  },
  {
    name: 'h1',
    what: 'no grace after a hang-up',
    edits: editsOf(call, ['const LATE_KEY_MS = 2_000', 'const LATE_KEY_MS = 0']),
  },
  {
    name: 'h2',
    what: 'answered and over is “no key” at once',
    edits: editsOf(machine, [
      '  if (wasAnswered) return endedWithoutKey(line, call, now)',
      "  if (wasAnswered) return finish(line, call, 'no-key', now)",
    ]),
  },
  {
    name: 'h3',
    what: 'a late key of a call that is over is ignored',
    edits: editsOf(machine, [
      'return take(line, past.incidents, [], now, event)',
      "return unchanged(line, 'late key')",
    ]),
  },
  {
    name: 'h5',
    what: 'an event of a call that nobody knows yet is not kept',
    edits: editsOf('shared/store/contact-links.ts', [
      '    if (await write(event.contactId, kept, io.now() + KEPT_EVENT_MS, row, io)) return undefined\n',
      '    if (kept.events.length > 0) return undefined\n',
    ]),
  },
  {
    name: 'k10',
    what: 'a key acknowledges only the first incident of its call',
    edits: editsOf(machine, [
      'const acknowledgements = incidents.map(',
      'const acknowledgements = incidents.slice(0, 1).map(',
    ]),
  },
  {
    name: 'k14',
    what: 'no limit on calls a second',
    edits: editsOf(ask, ['if (afterMs > 0) {', 'if (afterMs < 0) {']),
  },
  {
    name: 'k16',
    what: 'the key that acknowledges does nothing',
    edits: editsOf(machine, [
      "return { state, outbox: [...before, ...acknowledgements, ...outbox], reason: 'acknowledged by key' }",
      'return { state, outbox: [...before, ...acknowledgements.slice(incidents.length), ...outbox], reason: "" }',
    ]),
  },
  {
    name: 'k28',
    what: 'calls are counted for all people together, their tokens name nobody',
    edits: editsOf(place, ['token = `line:${phoneHash}:${seq}`', 'token = `line:${seq}`']),
  },
  {
    name: 'm3',
    what: 'a key that could not be written is not kept',
    edits: editsOf('shared/engine/answers/take-key.ts', ['    await keepKey(input, io)\n', '']),
  },
]
