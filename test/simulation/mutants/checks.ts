import { editsOf, type Mutant } from './mutant.ts'

const vantage = 'shared/evaluation/vantage.ts'
const consensus = 'shared/evaluation/consensus.ts'
const late = 'if (before !== undefined && at <= before.at) continue'

/** What probes and senders are believed. */
export const checks: Mutant[] = [
  {
    name: 'j1',
    what: 'an observation that comes twice counts twice',
    edits: editsOf(vantage, [late, 'if (before !== undefined && at < before.at) continue']),
  },
  {
    name: 'j2',
    what: 'a late observation counts',
    edits: editsOf(vantage, [late, 'if (before !== undefined && at === before.at) continue']),
  },
  {
    name: 'j3',
    what: 'a late alert counts',
    edits: editsOf('shared/incidents/machine.ts', ['return ends ? order < 0 : order <= 0', 'return ends && order > 2']),
  },
  {
    name: 'j4',
    what: 'a sender that says it begins in the future is believed',
    edits: editsOf('shared/incidents/life.ts', [
      'return Math.min(since ?? takenAt, at ?? takenAt, takenAt, now)',
      'return Math.max(since ?? takenAt, at ?? takenAt, 0 * now)',
    ]),
  },
  {
    name: 'j5',
    what: 'a vantage whose clock is ahead is believed',
    edits: editsOf(vantage, [
      'const at = Math.min(observation.at - skewMs, sentAt + CLOCK_AHEAD_MS)',
      'const at = observation.at',
    ]),
  },
  {
    name: 'k22',
    what: 'one vantage is enough to call it down',
    edits: editsOf(consensus, [
      'const majority = Math.floor(words.length / 2) + 1',
      'const majority = Math.min(1, words.length)',
    ]),
  },
  {
    name: 'm5',
    what: 'who saw it down and fell silent has no vote',
    edits: editsOf(consensus, ['    ...standing.mute.map(', '    ...standing.mute.slice(standing.mute.length).map(']),
  },
]
