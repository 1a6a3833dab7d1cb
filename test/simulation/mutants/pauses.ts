import { editsOf, type Mutant, type Struck } from './mutant.ts'

const pauseFor = 'shared/engine/pause-for.ts'
const pausing = 'shared/incidents/escalation/pausing.ts'
const machine = 'shared/incidents/machine.ts'
const applySilences = 'shared/engine/apply-silences.ts'

/** What is silenced, inhibited, grouped, or taken for a while. */
export const pauses: (Mutant | Struck)[] = [
  { name: 'q1', what: 'a step asks for no silences', edits: editsOf(pauseFor, ['      silenced(incident) ??\n', '']) },
  {
    name: 'q2',
    what: 'a step asks for no inhibition',
    edits: editsOf(pauseFor, ['      inhibitionPause(inhibitions, incident, now) ??\n', '']),
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
    name: 'q7',
    what: 'a pause is never over',
    edits: editsOf(machine, [
      '  const { incident: awake, effects } = resumed(incident, now)\n',
      '  const { incident: awake, effects } = { incident, effects: [] }\n',
    ]),
  },
]
