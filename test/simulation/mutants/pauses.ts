import { editsOf, type Mutant } from './mutant.ts'

const pauseFor = 'shared/engine/pauses/pause-for.ts'
const pausing = 'shared/incidents/escalation/pausing.ts'
const machine = 'shared/incidents/machine.ts'
const ackEnd = 'shared/incidents/ack-end.ts'
const watch = 'shared/engine/watch/watch.ts'
const groups = 'shared/engine/alerts/join-groups.ts'
const applySilences = 'shared/engine/pauses/apply-silences.ts'

/** What is silenced, inhibited, grouped, or taken for a while. */
export const pauses: Mutant[] = [
  { name: 'q1', what: 'a step asks for no silences', edits: editsOf(pauseFor, ['      silenced(incident) ??\n', '']) },
  {
    name: 'q2',
    what: 'a step asks for no inhibition',
    edits: editsOf(pauseFor, ['      inhibitionPause(inhibitions, incident, now) ??\n', '']),
  },
  {
    name: 'q13',
    what: 'a step asks for no maintenance',
    edits: editsOf(pauseFor, ['      maintenancePause(maintenance, incident, now) ??\n', '']),
  },
  {
    name: 'q14',
    what: 'a step asks for no hold',
    edits: editsOf(pauseFor, [
      '(holdPause(policy, incident, timezone, now) ?? delayPause(policy, incident, now))',
      'delayPause(policy, incident, now)',
    ]),
  },
  {
    name: 'q15',
    what: 'a step asks for no delay',
    edits: editsOf(pauseFor, [
      '(holdPause(policy, incident, timezone, now) ?? delayPause(policy, incident, now))',
      'holdPause(policy, incident, timezone, now)',
    ]),
  },
  { name: 'q3', what: 'a pause calls nobody off', edits: editsOf(pausing, ['      ...callOff(incident),\n', '']) },
  {
    name: 'q4',
    what: 'what is paused already takes no step when its silence is ended early',
    edits: editsOf(applySilences, [
      "  if (phase === 'paused') return pause?.cause.code === 'silenced' && pause.cause.args.silence === silence.id\n",
      "  if (phase === 'paused') return pause === undefined\n",
    ]),
  },
  {
    name: 'q6',
    what: 'watch looks for nothing that inhibits, or does so no more',
    edits: editsOf(watch, ['    () => applyInhibitions(deps.config, io),\n', '']),
  },
  {
    name: 'q16',
    what: 'watch looks for nothing whose maintenance has begun while it is being paged',
    edits: editsOf(watch, ['    () => applyWindows(deps.config, io),\n', '']),
  },
  {
    name: 'q7',
    what: 'a pause is never over',
    edits: editsOf(machine, [
      '  const { incident: awake, effects } = resumed(incident, now)\n',
      '  const { incident: awake, effects } = { incident, effects: [] }\n',
    ]),
  },
  {
    name: 'q8',
    what: 'an acknowledgement lasts though its time is over',
    edits: editsOf(machine, [
      '  if (now < dueAt - CLOCK_DIFFERENCE_MS) return',
      "  if (now >= dueAt) return unchanged(incident, 'early')\n  if (now < dueAt - CLOCK_DIFFERENCE_MS) return",
    ]),
  },
  {
    name: 'q10',
    what: 'a snooze is taken for an acknowledgement without an end',
    edits: editsOf(ackEnd, [
      "  return status === 'acknowledged' ? (ackEnd",
      "  return status === 'acknowledged' && !ackEnd?.snoozed ? (ackEnd",
    ]),
  },
  {
    name: 'q12',
    what: 'a group is over with the first of its alerts',
    edits: editsOf(groups, [
      "action: open.length > 0 ? 'trigger' : 'resolve'",
      "action: open.length === group.members.size ? 'trigger' : 'resolve'",
    ]),
  },
]
