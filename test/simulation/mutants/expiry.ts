import { editsOf, type Mutant } from './mutant.ts'

const machine = 'shared/incidents/machine.ts'
const item = 'shared/store/item.ts'
const guard = 'if (expiresAt !== undefined && item.outbox.length === 0) row.expiresAt = expiresAt'

/** What is forgotten, and when. */
export const expiry: Mutant[] = [
  { name: 'i1', what: 'nothing ever expires', edits: editsOf(item, [`  ${guard}\n`, '']) },
  {
    name: 'i2',
    what: 'an item expires though something of it is not carried out',
    edits: editsOf(item, [guard, 'if (expiresAt !== undefined) row.expiresAt = expiresAt']),
  },
  {
    name: 'i3',
    what: 'an open incident expires a year after it opened',
    edits: editsOf(machine, [
      "if (incident.status !== 'resolved') return undefined\n    const endedAt",
      "if (incident.status !== 'resolved') return Math.floor((incident.openedAt + ITEM_KEPT_MS) / MS_PER_SECOND)\n    const endedAt",
    ]),
  },
  {
    name: 'i4',
    what: 'a resolved incident expires at once',
    edits: editsOf(machine, [
      'return Math.floor((Math.max(endedAt, incident.notedAt ?? 0) + ITEM_KEPT_MS) / MS_PER_SECOND)',
      'return Math.floor(endedAt / MS_PER_SECOND)',
    ]),
  },
  {
    name: 'i5',
    what: 'a phone line forgets after an hour what it was called for',
    edits: editsOf('shared/phoneline/requests.ts', [
      'export const SETTLED_MS = 15 * 86_400_000',
      'export const SETTLED_MS = 3_600_000',
    ]),
  },
  {
    name: 'i6',
    what: 'an event of a call that nobody knows yet is kept for a second',
    edits: editsOf('shared/store/contact-links.ts', ['const KEPT_EVENT_MS = 3_600_000', 'const KEPT_EVENT_MS = 1_000']),
  },
  {
    name: 'i7',
    what: 'a phone line that is in a call expires',
    edits: editsOf('shared/phoneline/machine.ts', ['      if (call !== undefined) return undefined\n', '']),
  },
]
