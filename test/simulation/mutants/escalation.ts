import { editsOf, type Mutant } from './mutant.ts'

const layer = 'shared/incidents/escalation/layer.ts'
const outcome = 'shared/incidents/escalation/outcome.ts'
const life = 'shared/incidents/life.ts'
const machine = 'shared/incidents/machine.ts'

/** How an incident is escalated, taken and ended. */
export const escalation: Mutant[] = [
  {
    name: 'c3',
    what: 'a step that is over wants a plan all the same',
    edits: editsOf('shared/engine/take-escalation.ts', [
      "    if (message.step !== undefined && message.step !== incident.step) return { type: 'stale' }\n",
      '',
    ]),
  },
  {
    name: 'c4',
    what: 'a deadline that comes early counts',
    edits: editsOf(layer, [
      "  if (now < deadlineAt - CLOCK_DIFFERENCE_MS) return { incident, effects: [], reason: 'early' }\n",
      '',
    ]),
  },
  {
    name: 'e1',
    what: 'an acknowledgement calls nobody off',
    edits: editsOf(life, ['      ...callOff(incident, by),\n      ...(dueAt', '      ...(dueAt']),
  },
  {
    name: 'e2',
    what: 'the end calls nobody off',
    edits: editsOf(life, ['      ...callOff(incident, by),\n      ...(incident.proof', '      ...(incident.proof']),
  },
  {
    name: 'e6',
    what: 'the end of a layer calls nobody off',
    edits: editsOf(layer, ['      ...callOff(incident),\n', '']),
  },
  {
    name: 'h4',
    what: 'a deadline does not wait for who listens',
    edits: editsOf(layer, [
      "  if (heardUntil !== undefined) return { ...waitUntil(incident, heardUntil), reason: 'someone is listening' }\n",
      '',
    ]),
  },
  {
    name: 'k3',
    what: 'an acknowledgement of an earlier generation counts',
    edits: editsOf(machine, [
      "  if (event.generation !== incident.generation) return unchanged(incident, 'an earlier generation')\n  const isTaken",
      '  const isTaken',
    ]),
  },
  {
    name: 'k8',
    what: 'nobody is told that nobody answered',
    edits: editsOf(layer, ["      ...tell(next, 'exhausted', now, [...robots, ...people], extras),\n", '']),
  },
  {
    name: 'k9',
    what: 'nobody is called again after nobody answered',
    edits: editsOf(layer, [
      "return { ...begin(incident, plan, incident.escalation.round, EVERYBODY, now), reason: 'everybody again' }",
      "return { incident, effects: [], reason: '' }",
    ]),
  },
  {
    name: 'k11',
    what: 'no second call of a layer',
    edits: editsOf(outcome, [
      'changed.call >= Math.min(changed.calls ?? Number.POSITIVE_INFINITY, next.escalation.calls)',
      'changed.call >= 0',
    ]),
  },
  {
    name: 'k12',
    what: 'no other channel takes over from a phone that failed',
    edits: editsOf(outcome, [
      "event.outcome === 'failed' ? standIn(next, changed, now) : endIfOver(next, now)",
      'endIfOver(next, now)',
    ]),
  },
  {
    name: 'k13',
    what: 'a layer ends though a phone of it still rings',
    edits: editsOf(outcome, [
      'rang.every((one) => !isUnderWay(one.status))',
      'rang.some((one) => !isUnderWay(one.status))',
    ]),
  },
  {
    name: 'k23',
    what: 'a rise in severity pages nobody',
    edits: editsOf(life, [
      '  if (!isBeyond(now, incident)) return false\n',
      '  if (!isBeyond(now, incident) || phase) return false\n',
    ]),
  },
  {
    name: 'l1',
    what: 'an escalation under way follows whatever policy is deployed',
    edits: editsOf('shared/engine/take-escalation.ts', [
      '    const begunBy = followedPolicy(incident)\n',
      '    const begunBy = undefined\n',
    ]),
  },
  {
    name: 'l2',
    what: 'nobody is called at another number',
    edits: editsOf(outcome, ['  if (other !== undefined) return after(', '  if (other === null) return after(']),
  },
  {
    name: 'l3',
    what: 'a layer that only tells robots has no time of its own',
    edits: editsOf(layer, ['targets.length === 0 && !tells', 'targets.length === 0']),
  },
  {
    name: 'm4',
    what: 'a fall in severity is obeyed',
    edits: editsOf('shared/incidents/severity.ts', [
      'return worst ?? severity',
      'return worst === undefined ? severity : severity',
    ]),
  },
]
