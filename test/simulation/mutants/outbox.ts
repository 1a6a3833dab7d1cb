import { editsOf, type Mutant } from './mutant.ts'

const outboxFile = 'shared/store/outbox.ts'
const apply = 'shared/store/apply.ts'
const incidentEffects = 'shared/engine/effects/incident.ts'
const watch = 'shared/engine/watch/watch.ts'
const free = 'return entry.leaseUntil <= now && entry.notBefore <= now'

/** How what is decided gets carried out, by one and by somebody. */
export const outbox: Mutant[] = [
  {
    name: 'b1',
    what: 'the lease is ignored: two deliver at once',
    edits: editsOf(outboxFile, [free, 'return entry.notBefore <= now']),
  },
  {
    name: 'b2',
    what: 'the lease never runs out: what crashed is never delivered',
    edits: editsOf(outboxFile, [free, 'return entry.leaseUntil === 0 && entry.notBefore <= now']),
  },
  {
    name: 'b3',
    what: 'the lease ends 8 s early',
    edits: editsOf('shared/engine/io.ts', [
      'return now + remainingMs + LEASE_MARGIN_MS',
      'return now + remainingMs + LEASE_MARGIN_MS - 8_000',
    ]),
  },
  {
    name: 'b4',
    what: 'a try that crashed is not counted: a repeat says nothing',
    edits: editsOf(outboxFile, [
      'uncertain: entry.uncertain + (entry.leaseUntil > 0 ? 1 : 0),',
      'uncertain: entry.uncertain,',
    ]),
  },
  {
    name: 'b5',
    what: 'not to be tried before: ignored',
    edits: editsOf(outboxFile, [free, 'return entry.leaseUntil <= now']),
  },
  {
    name: 'k4',
    what: 'nobody is asked to deliver what only others may',
    edits: editsOf(apply, ['  if (outbox.some(isLeft)) await io.nudge(state, 0)\n', '']),
  },
  {
    name: 'k5',
    what: 'nobody is asked to come back for what was put off',
    edits: editsOf(apply, ['  if (next !== undefined) await io.nudge(item.state, next - io.now())\n', '']),
  },
  {
    name: 'm6',
    what: 'whoever comes for what was put off asks nobody to come for the next',
    edits: editsOf(apply, ['entries.some(({ tries }) => tries > 0) || [', '[']),
  },
  {
    name: 'k6',
    what: 'no message for a deadline: only watch knows of it',
    edits: editsOf(incidentEffects, [
      "if (delayMs <= MAX_DELAY_MS) await io.escalate({ v: 1, kind: 'step'",
      "if (delayMs === 0) await io.escalate({ v: 1, kind: 'step'",
    ]),
  },
  {
    name: 'k7',
    what: 'calls are called off beside the next ones, not before them',
    edits: editsOf(incidentEffects, ["order: 'first'", "order: 'beside'"]),
  },
  {
    name: 'k29',
    what: 'that a phone rings is written only when what goes out beside it is done',
    edits: editsOf('shared/store/deliver.ts', ['if (isUrgent && underWay > 0)', 'if (isUrgent && underWay > 99)']),
  },
  {
    name: 'k17',
    what: 'watch leaves phone lines alone',
    edits: editsOf(watch, ['return line && sweepPhoneLine(line, delayMs, isBehind, io)', 'return']),
  },
  {
    name: 'k18',
    what: 'watch delivers no outbox of a check',
    edits: editsOf(watch, ['    () => sweepChecks(deps, io),\n', '']),
  },
  {
    name: 'm1',
    what: 'an outbox is forgotten between the decision and its delivery',
    edits: editsOf('shared/store/item.ts', [
      '  if (item.outbox.length > 0) row.outbox = JSON.stringify(item.outbox)\n',
      '',
    ]),
  },
  {
    name: 'm2',
    what: 'watch sweeps nothing',
    edits: editsOf(watch, ['    () => sweepIncidents(deps, io),\n', '']),
  },
]
