import { describe, expect, test } from 'vitest'
import { showLogs, startOf } from '../../../plugins/provider/logs.ts'
import { BilingualError } from '../../../shared/contracts/bilingual-error.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'
import { startAccount } from './account.ts'
import { sessionOn } from './session.ts'

const NAME = 'probes-test-probe'
const ECHO = 'exports.handler = async (event) => { console.log("seen", JSON.stringify(event)); return event }'

const reader = { fault: (words: Bilingual) => new BilingualError(words) }

describe('logs', () => {
  test('are those of this function, from --startTime on, and only those that --filter finds', async () => {
    const account = await startAccount()
    await account.deploy([await account.unit('probe', ECHO), await account.unit('other', ECHO)])
    await account.backend.invoke('', NAME, '"first"', { log: false })
    await account.backend.invoke('', 'probes-test-other', '"other"', { log: false })
    await account.io.wait(3_600_000)
    await account.backend.invoke('', NAME, '"second"', { log: false })
    await account.io.wait(1000)

    const lately = sessionOn(account, { function: 'probe' })
    await showLogs(lately.session)
    expect(lately.printed.filter((line) => line.includes('seen'))).toEqual([expect.stringMatching(/Z seen "second"$/)])

    const all = sessionOn(account, { function: 'probe', startTime: '2h', filter: 'seen' })
    await showLogs(all.session)
    expect(all.printed.map((line) => line.slice(25))).toEqual(['seen "first"', 'seen "second"'])
  })

  test('with --tail go on, each line once', async () => {
    const account = await startAccount()
    await account.deploy([await account.unit('probe', ECHO)])
    await account.backend.invoke('', NAME, '"first"', { log: false })
    const { session, printed } = sessionOn(account, { function: 'probe', tail: true, filter: 'seen' })
    let looks = 0
    const { wait } = session.io
    session.io.wait = async (ms) => {
      looks += 1
      if (looks === 3) await account.backend.invoke('', NAME, '"later"', { log: false })
      if (looks === 6) throw new Error('interrupted')
      await wait(ms)
    }
    await wait(1000)
    await expect(showLogs(session)).rejects.toThrow('interrupted')
    expect(printed.map((line) => line.slice(25))).toEqual(['seen "first"', 'seen "later"'])
  })

  test.each([
    ['10m', -600_000],
    ['2h', -7_200_000],
    ['45s', -45_000],
    ['1d', -86_400_000],
  ])('%s is %d ms from now', (text, ms) => {
    expect(startOf('--startTime', text, 1e12, reader) - 1e12).toBe(ms)
  })

  test('take a time, and refuse what is none', () => {
    expect(startOf('--startTime', '2026-11-21T08:00:00Z', 0, reader)).toBe(Date.UTC(2026, 10, 21, 8))
    expect(startOf('--startTime', '1795248029000', 0, reader)).toBe(1795248029000)
    expect(() => startOf('--startTime', 'yesterday', 0, reader)).toThrow('--startTime yesterday: write 10m')
    const zh = expect.stringContaining('--startTime yesterday：写 10m')
    expect(() => startOf('--startTime', 'yesterday', 0, reader)).toThrow(
      expect.objectContaining({ words: expect.objectContaining({ zh }) }),
    )
  })
})
