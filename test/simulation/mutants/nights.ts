import { editsOf, type Mutant } from './mutant.ts'

const onCall = 'shared/oncall/on-call.ts'
const change = 'shared/oncall/rotation-change.ts'
const step = 'shared/engine/take-escalation.ts'
const merged = 'shared/engine/pauses/read-merged.ts'
const machine = 'shared/incidents/machine.ts'
const byHand = 'shared/incidents/escalation/by-hand.ts'
const raise = 'shared/incidents/escalation/raise.ts'
const line = 'shared/phoneline/machine.ts'

/** Who is on call while schedules are edited, and what people do to an incident beside taking it. */
export const nights: Mutant[] = [
  {
    name: 'o1',
    what: 'whoever is away is called',
    edits: editsOf(onCall, ["  if ('away' in override) return [override.away]\n", '']),
  },
  {
    name: 'o2',
    what: 'nobody stands in',
    edits: editsOf(onCall, ["  const present = whole && 'contact' in whole ? [whole.contact] :", '  const present = ']),
  },
  {
    name: 'o3',
    what: 'an edit of a rotation moves who comes next',
    edits: editsOf(change, ['startKept(olds[index], layer, at))\n', 'startKept(olds[index] && layer, layer, at))\n']),
  },
  {
    name: 'o4',
    what: 'whom an edit leaves out does not finish their shift',
    edits: editsOf(change, [
      'if (still.length === 0 || isSameGroup(still, changed)) return moved',
      'if (still) return moved',
    ]),
  },
  {
    name: 'o17',
    what: 'whom an edit leaves in no list is relieved in the middle of a shift',
    edits: editsOf('cli/contact-rows.ts', [
      'keepingShifts(serving, everybody, now)',
      'keepingShifts(serving, directoryFor(everybody, policies), now)',
    ]),
  },
  {
    name: 'o5',
    what: 'who was on call when it opened is called until its end',
    edits: editsOf(step, [
      'escalatedAs(incident), io.now(), planning',
      'escalatedAs(incident), incident.openedAt, planning',
    ]),
  },
  {
    name: 'o6',
    what: 'whom an incident is handed to is forgotten',
    edits: editsOf(byHand, ['handOver({ ...open.incident }, asked)', '{ ...open.incident }']),
  },
  {
    name: 'o7',
    what: 'a press that a chat brings twice counts twice',
    edits: editsOf(machine, [
      "  if (isPressedAlready(incident, event, now)) return unchanged(incident, 'pressed already')\n",
      '',
    ]),
  },
  {
    name: 'o8',
    what: 'key 4 takes it for good',
    edits: editsOf(line, ["      ...(decision === 'snoozed' && { until: now + KEY_SNOOZE_MS }),\n", '']),
  },
  {
    name: 'o9',
    what: 'what is given back waits until watch misses its step',
    edits: editsOf(byHand, [
      "  return atOnce(reopened(incident, { why: 'given-back', by: action }, now), now)",
      "  return reopened(incident, { why: 'given-back', by: action }, now)",
    ]),
  },
  {
    name: 'o10',
    what: 'what nobody takes is never raised',
    edits: editsOf(raise, ['now < dueAt - CLOCK_DIFFERENCE_MS) return undefined', 'now >= 0) return undefined']),
  },
  {
    name: 'o11',
    what: 'what nobody takes is raised at once',
    edits: editsOf(raise, [' || now < dueAt - CLOCK_DIFFERENCE_MS) return undefined', ' || now < 0) return undefined']),
  },
  {
    name: 'o12',
    what: 'nobody does what people ask for by texts of their own',
    edits: editsOf('shared/engine/answers/take-text-reply.ts', [
      '...reply } of replies)',
      '...reply } of replies.slice(1))',
    ]),
  },
  {
    name: 'o13',
    what: 'the policy that an incident is handed to is forgotten',
    edits: editsOf('shared/incidents/escalation/handed.ts', [
      'return { ...rest, handedToPolicy: policy, ...(to',
      'return { ...rest, ...(to',
    ]),
  },
  {
    name: 'o14',
    what: 'what is merged into another pages all the same',
    edits: editsOf(merged, ["let next: Merged['mergedInto'] = mergedInto", "let next: Merged['mergedInto']"]),
  },
  {
    name: 'o15',
    what: 'what is merged into another waits on though that one is over',
    edits: editsOf(merged, ["if (!isThat || into.status === 'resolved')", 'if (!isThat)']),
  },
  {
    name: 'o16',
    what: 'what is merged into another looks after ten minutes whether that one is over',
    edits: editsOf(merged, ['JUDGED_AFTER_MS = 60_000', 'JUDGED_AFTER_MS = 600_000']),
    unseen: {
      test: 'test/engine/merging.test.ts',
      why: 'what outlives what it is merged into waits in one world of 600, in which something else may keep a page from its minute, too',
    },
  },
]
