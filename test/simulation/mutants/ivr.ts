import { editsOf, type Mutant } from './mutant.ts'

const ask = 'shared/delivery/ask-routes.ts'
const receipts = 'shared/engine/answers/take-receipts.ts'
const call = 'shared/phoneline/call.ts'
const machine = 'shared/phoneline/machine.ts'

/** How people in mainland China are called: their vendor knows no repeats, ends no call, and tells of keys by receipts. */
export const ivr: Mutant[] = [
  {
    name: 'v1',
    what: 'nobody counts the calls to one number',
    edits: editsOf(ask, [
      'if (why !== undefined) return notPlaced(voice, why)',
      'if (why?.afterMs === 0) return notPlaced(voice, why)',
    ]),
  },
  {
    name: 'v2',
    what: 'a call that was asked for is taken back though the vendor counts it',
    edits: editsOf(ask, [
      "if (placed.status === 'retry') await takeBack",
      "if (placed.status !== 'unknown') await takeBack",
    ]),
  },
  {
    name: 'v3',
    what: 'nobody writes down whose call a name is before it is asked for',
    edits: editsOf(ask, ['if (voice.receipts !== undefined) await nameCall(', 'if (index < 0) await nameCall(']),
  },
  {
    name: 'v4',
    what: 'a receipt that names no call of ours counts as that of its contact',
    edits: editsOf(receipts, [
      "if (call?.vendor !== vendor) return 'unknown'",
      "if (call?.vendor !== vendor) return event.type === 'rings' ? 'unknown' : takeContactEvent(event, io)",
    ]),
  },
  {
    name: 'v5',
    what: 'a receipt with the name of a call counts though its contact is another',
    edits: editsOf(call, ['if (call.contactId !== undefined && call.contactId !== contactId) return false\n', '']),
  },
  {
    name: 'v6',
    what: 'receipts are known by their contact alone, which a lost answer has not told',
    edits: editsOf(receipts, ['if (name === undefined) return', 'if (name !== "") return']),
  },
  {
    name: 'v7',
    what: 'the vendor is not asked how a call has ended whose receipts are lost',
    edits: editsOf('shared/delivery/stop-call.ts', [
      'const end = await voice?.query?.(contactId, askedAt, settings, io)',
      'const end = tries < 0 ? await voice?.query?.(contactId, askedAt, settings, io) : undefined',
    ]),
  },
  {
    name: 'v8',
    what: 'an answer that may stand for a call that rings counts as a refusal',
    edits: editsOf('shared/channels/voice/not-placed.ts', [
      "answer.status === 'unknown' ? 'unknown' : 'refused'",
      "answer.status === 'sent' ? 'unknown' : 'refused'",
    ]),
  },
  {
    name: 'v9',
    what: 'a call that nobody can stop counts as over when one that can be stopped would',
    edits: editsOf(call, [
      'return isLeftToItself && lastsMs !== undefined ? lastsMs',
      'return isLeftToItself && lastsMs === 0 ? lastsMs',
    ]),
  },
  {
    name: 'v10',
    what: 'what waits joins a call that cannot tell of it any more',
    edits: editsOf(machine, ['const asks = call.lastsMs === undefined', 'const asks = call.lastsMs !== 0']),
  },
]
