import type { AsyncConfig } from './rules.ts'
import type { Result, Runner, Target } from './runner.ts'

// "Retry policies of asynchronous invocation".
const ATTEMPTS = 3
const AGE_SECONDS = 86_400

/** One attempt to run a function. */
export interface Run {
  at: number
  kind: 'sync' | 'async' | 'timer'
  /** Of 2.0 alone. */
  serviceName: string
  functionName: string
  qualifier: string
  versionId: string
  /** 1 for the first. */
  attempt: number
  result: Result
}

export interface Invocations {
  /** Every attempt that has ended, oldest first. */
  readonly runs: Run[]
  sync(target: Target, event: Buffer): Promise<Result>
  /** Runs it in the background, again at once when it failed, as often as `config` lets it. */
  async(target: Target, event: Buffer, config: AsyncConfig, kind?: 'async' | 'timer'): Promise<void>
  /** How many of this function run or wait. */
  running(functionName: string): number
  /** Resolves when nothing runs in the background any more. */
  settled(): Promise<void>
  /** Ends all instances; nothing is tried again. */
  close(): Promise<void>
}

/** Invokes functions and notes what became of it; `onRun` is told of each attempt when it has ended. */
export function invocations(runner: Runner, now: () => number, onRun: (run: Run, target: Target) => void): Invocations {
  const runs: Run[] = []
  const background = new Set<Promise<void>>()
  const counts = new Map<string, number>()
  let closed = false

  async function attempt(target: Target, event: Buffer, kind: Run['kind'], number: number): Promise<Result> {
    const { functionName } = target.deployed
    counts.set(functionName, (counts.get(functionName) ?? 0) + 1)
    try {
      const result = await runner.run(target, event, number - 1)
      const { serviceName, qualifier, versionId } = target
      const run: Run = { at: now(), kind, serviceName, functionName, qualifier, versionId, attempt: number, result }
      runs.push(run)
      onRun(run, target)
      return result
    } finally {
      counts.set(functionName, (counts.get(functionName) ?? 1) - 1)
    }
  }

  async function repeat(target: Target, event: Buffer, config: AsyncConfig, kind: 'async' | 'timer'): Promise<void> {
    const { maxAsyncRetryAttempts = ATTEMPTS, maxAsyncEventAgeInSeconds = AGE_SECONDS } = config
    const until = now() + maxAsyncEventAgeInSeconds * 1000
    for (let number = 1; number <= maxAsyncRetryAttempts + 1 && now() <= until; number++) {
      const result = await attempt(target, event, kind, number)
      if (closed || result.errorType === undefined) return
    }
  }

  return {
    runs,
    sync: (target, event) => attempt(target, event, 'sync', 1),
    async(target, event, config, kind = 'async') {
      const done = repeat(target, event, config, kind).finally(() => background.delete(done))
      background.add(done)
      return done
    },
    running: (functionName) => counts.get(functionName) ?? 0,
    settled: async () => {
      while (background.size > 0) await Promise.all(background)
    },
    close: () => {
      closed = true
      return runner.close()
    },
  }
}
