import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { localFunction, TimedOut } from '../../local/invoke.ts'
import { startTimer } from '../../local/timers.ts'
import type { Handler } from '../../shared/clouds/aws/lambda.ts'

describe('a function', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fenghuo-logs-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  function make(handler: Handler, timeoutMs = 1000) {
    const wire = vi.fn(async () => handler)
    const onError = vi.fn()
    const fn = localFunction({
      name: 'page',
      timeoutMs,
      wire,
      logFolder: folder,
      now: () => 1_790_000_000_000,
      onLine: () => {},
      onError,
    })
    return { fn, wire, onError, log: () => readFile(join(folder, 'page.log'), 'utf8') }
  }

  it('is wired once and told its request, its name and its time', async () => {
    const contexts: unknown[] = []
    const { fn, wire } = make(async (event, context) => {
      contexts.push({ ...context, left: context.getRemainingTimeInMillis() })
      return event
    })
    expect(await Promise.all([fn.invoke(1), fn.invoke(2)])).toEqual([1, 2])
    expect(wire).toHaveBeenCalledTimes(1)
    expect(contexts).toMatchObject([
      { functionName: 'page', left: 1000 },
      { functionName: 'page', left: 1000 },
    ])
    await fn.close()
  })

  it('keeps what it writes in its own log, after its end too', async () => {
    let later = () => {}
    const { fn, log } = make(async () => {
      console.log('now', { a: 1 })
      const waited = new Promise<void>((done) => {
        later = done
      })
      void waited.then(() => console.error('later'))
    })
    await fn.invoke({})
    later()
    await Promise.resolve()
    await fn.close()
    expect(await log()).toBe('2026-09-21T14:13:20.000Z now { a: 1 }\n2026-09-21T14:13:20.000Z later\n')
  })

  it('fails after its time', async () => {
    const { fn, onError } = make(() => new Promise(() => {}), 20)
    await expect(fn.invoke({})).rejects.toThrow(new TimedOut('page', 20))
    expect(onError).toHaveBeenCalledTimes(1)
    await fn.close()
  })

  it('may write after its log was closed: that is lost, and harms nothing', async () => {
    let later = () => {}
    const { fn, log } = make(async () => {
      const waited = new Promise<void>((done) => {
        later = done
      })
      void waited.then(() => console.log('too late'))
    })
    await fn.invoke({})
    await fn.close()
    later()
    await Promise.resolve()
    expect(await log()).toBe('')
  })

  it('is wired again after wiring failed', async () => {
    const { fn, wire } = make(async () => 'ok')
    wire.mockRejectedValueOnce(new Error('WECOM_KEY is not set'))
    await expect(fn.invoke({})).rejects.toThrow('WECOM_KEY is not set')
    expect(await fn.invoke({})).toBe('ok')
    await fn.close()
  })
})

describe('a timer', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('runs at once, then every interval, a failed run notwithstanding', async () => {
    const runs: number[] = []
    const timer = startTimer(60_000, async () => {
      runs.push(performance.now())
      throw new Error('failed')
    })
    await vi.advanceTimersByTimeAsync(130_000)
    await timer.stop()
    await vi.advanceTimersByTimeAsync(130_000)
    expect(runs.map((at) => at - (runs[0] ?? 0))).toEqual([0, 60_000, 120_000])
  })

  it('never overlaps itself: a run that takes too long puts the next one off', async () => {
    const starts: number[] = []
    const first = performance.now()
    const timer = startTimer(60_000, async () => {
      starts.push(performance.now() - first)
      if (starts.length === 1) await new Promise((done) => setTimeout(done, 90_000))
    })
    await vi.advanceTimersByTimeAsync(151_000)
    expect(starts.map((at) => Math.floor(at / 1000))).toEqual([0, 90, 150])
    await timer.stop()
  })
})
