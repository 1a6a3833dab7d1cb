import { editsOf, type Mutant } from './mutant.ts'

const takeAlerts = 'shared/engine/alerts/take-alerts.ts'

/** How many alerts at once are taken, each for itself. */
export const storms: Mutant[] = [
  {
    name: 'n1',
    what: 'an alert that cannot be read costs its whole message',
    edits: editsOf('shared/engine/ingest/read-alerts.ts', [
      '  if (alerts.length === 0) throw',
      '  if (wrong.length > 0) throw',
    ]),
  },
  {
    name: 'n2',
    what: 'what comes above a project’s limit is left to nobody',
    edits: editsOf(takeAlerts, ['  works.push(() => passOn(loud.filter(goesOn).flat(), io))\n', '']),
  },
  {
    name: 'n3',
    what: 'nobody keeps who has joined a storm',
    edits: editsOf('shared/engine/alerts/take-storm.ts', [
      '      await keepMembers(project.name, generation, chunksOf(news), io)\n',
      '',
    ]),
  },
  {
    name: 'n4',
    what: 'what is above the limit when a batch begins is left to nobody',
    edits: editsOf(takeAlerts, ['known === undefined ? [...groups.filter(canBePassedOn), ...rest] : rest', 'rest']),
  },
]
