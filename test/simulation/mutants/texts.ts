import { editsOf, type Mutant } from './mutant.ts'

const send = 'shared/delivery/send-notice.ts'
const queue = 'shared/delivery/recipient-queue/queue.ts'

/** How messages get out. */
export const texts: Mutant[] = [
  {
    name: 'k1',
    what: 'a text is repeated without end',
    edits: editsOf(
      send,
      ["  if (uncertain > 1) return { status: 'unknown', failure: { class: 'lost-answer', tries: 2 } }\n", ''],
      ["      if (entry.uncertain > 0) return delivered(effect, 'unknown', delivery.failure)\n", ''],
    ),
  },
  {
    name: 'k2',
    what: 'a repeat does not say that it may be one',
    edits: editsOf(send, ['  const repeat = uncertain > 0\n', '  const repeat = uncertain < 0\n']),
  },
  {
    name: 'k15',
    what: 'no limit on the posts of a robot',
    edits: editsOf(send, ['return pace === undefined ? 0 :', 'return pace?.posts !== -1 ? 0 :']),
  },
  {
    name: 'r1',
    what: 'a message that the robot does not take for now is forgotten',
    edits: editsOf(queue, [
      'const told = goOn({ ...later(known), refusedSince }',
      'const told = goOn({ ...later([]), refusedSince }',
    ]),
  },
  {
    name: 'r2',
    what: 'what was to be posted after a message that is not taken for now is forgotten',
    edits: editsOf(queue, [
      'waiting: [...first, ...others.flat(), ...queue.waiting],',
      'waiting: [...first, ...queue.waiting],',
    ]),
  },
]
