import { describe, expect, it } from 'vitest'
import { callOrKeep, linkContact } from '../../shared/store/contact-links.ts'
import { logNothing } from './log-nothing.ts'
import { MemoryTable } from './memory-table.ts'

const over = { type: 'disconnected', contactId: 'contact-1', answered: false } as const
const mine = { phoneHash: 'lin', seq: 1, contactId: 'contact-1' }

/** A table that loses answers to its next conditional writes, which it has taken or not. */
class Losing extends MemoryTable {
  readonly losses: ('written' | 'not written' | undefined)[] = []
  writes = 0

  override async putIfVersion(...all: Parameters<MemoryTable['putIfVersion']>): Promise<boolean> {
    this.writes++
    const loss = this.losses.shift()
    const isWritten = loss !== 'not written' && (await super.putIfVersion(...all))
    if (loss !== undefined) throw new Error('TimeoutError')
    return isWritten
  }
}

function links() {
  const table = new Losing()
  return { table, io: { incidents: table, checks: table, now: () => 0, log: logNothing } }
}

describe('a call whose end comes before its vendor’s answer', () => {
  it('is over as soon as it is known whose it is', async () => {
    const { io } = links()

    expect(await callOrKeep(over, io)).toBeUndefined()
    expect(await linkContact(mine, io)).toEqual([over])
    expect(await callOrKeep(over, io)).toEqual({ phoneHash: 'lin', seq: 1 })
  })

  it.each([
    'written',
    'not written',
  ] as const)('is over at once though the answer to this is lost: %s', async (loss) => {
    const { table, io } = links()
    await callOrKeep(over, io)
    // The first write expects nothing there, and is refused by what is.
    table.losses.push(undefined, loss)

    expect(await linkContact(mine, io)).toEqual([over])
    expect(await callOrKeep(over, io)).toEqual({ phoneHash: 'lin', seq: 1 })
  })

  it.each(['written', 'not written'] as const)('keeps its end though the answer to that is lost: %s', async (loss) => {
    const { table, io } = links()
    table.losses.push(loss)

    expect(await callOrKeep(over, io)).toBeUndefined()
    expect(await linkContact(mine, io)).toEqual([over])
  })
})

describe('a call of one that is known', () => {
  it('is linked in one write, and is not read', async () => {
    const { table, io } = links()
    table.get = () => expect.fail('It was read')

    expect(await linkContact(mine, io)).toEqual([])
    expect(table.writes).toBe(1)
  })

  it('is not linked by who is refused twice', async () => {
    const { table, io } = links()
    table.losses.push('not written', 'not written')

    await expect(linkContact(mine, io)).rejects.toThrow('TimeoutError')
    expect(table.rows.size).toBe(0)
  })
})
