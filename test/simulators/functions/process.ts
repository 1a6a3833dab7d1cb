import { type FunctionError, type Instance, type InstanceOptions, startInstance, type Word } from './instance.ts'

export interface FunctionProcessOptions extends InstanceOptions {
  /** How long starting and loading may take, real milliseconds. */
  startMs: number
}

export type Outcome =
  /** What the handler returned, as the vendor answers it. */
  | { kind: 'returned'; result: Buffer }
  | { kind: 'threw'; error: FunctionError }
  /** The file or its function could not be loaded, or not within `startMs`. */
  | { kind: 'not-loaded'; error: FunctionError }
  | { kind: 'timed-out' }
  /** The process ended in the middle: the function ended it, or `stop` did. */
  | { kind: 'exited'; code: number | null }

export interface Invocation {
  outcome: Outcome
  /** Standard output and error since the invocation before: of loading too, when it was the first of an instance. */
  output: string
  /** Of the handler alone, real milliseconds. */
  durationMs: number
  /** Resident memory of the instance when the handler ended; 0 when it did not. */
  memoryBytes: number
  /** True when an instance was started for it. */
  coldStart: boolean
}

/**
 * A deployed function in a process of its own. The process starts with the first invocation, stays for the next ones
 * with what they left in memory, and takes one at a time: others wait their turn. After a time-out, an exit or a
 * failure to load the next invocation starts another.
 */
export class FunctionProcess {
  readonly #options: FunctionProcessOptions
  #instance: Instance | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #stopped = false

  constructor(options: FunctionProcessOptions) {
    this.#options = options
  }

  /** Runs the handler with the event's bytes and a context that JSON can carry. `timeoutMs` is for the handler alone. */
  invoke(event: Buffer, { context, timeoutMs }: { context: object; timeoutMs: number }): Promise<Invocation> {
    const invocation = this.#turn.then(() => this.#run(event, context, timeoutMs))
    this.#turn = invocation
    return invocation
  }

  /** Ends the process whatever it does; resolves when it is gone. Invocations that wait or come later do not start. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#instance?.kill()
  }

  /** Lets the invocations that run or wait come to their end, and stops then. */
  async finish(): Promise<void> {
    await this.#turn
    await this.stop()
  }

  async #run(event: Buffer, context: object, timeoutMs: number): Promise<Invocation> {
    const none = { output: '', durationMs: 0, memoryBytes: 0, coldStart: false }
    if (this.#stopped) return { ...none, outcome: { kind: 'exited', code: null } }
    const warm = this.#instance?.alive ? this.#instance : undefined
    const instance = warm ?? startInstance(this.#options)
    this.#instance = instance
    const begun = { ...none, coldStart: warm === undefined }

    const fault = warm ? undefined : loadingFault(await instance.next(this.#options.startMs), this.#options.startMs)
    if (fault) {
      await instance.kill()
      return { ...begun, outcome: { kind: 'not-loaded', error: fault }, output: instance.takeOutput() }
    }
    const startedAt = performance.now()
    instance.request(event, context)
    const word = await instance.next(timeoutMs)
    const durationMs = performance.now() - startedAt
    if (!word || !('memoryBytes' in word)) await instance.kill()
    const memoryBytes = word && 'memoryBytes' in word ? word.memoryBytes : 0
    return { ...begun, outcome: outcomeOf(word), output: instance.takeOutput(), durationMs, memoryBytes }
  }
}

/** What hindered the handler from being loaded, if anything. */
function loadingFault(word: Word | undefined, startMs: number): FunctionError | undefined {
  if (word?.kind === 'ready') return
  if (word?.kind === 'broken') return word.error
  if (word) return { type: 'Exit', message: 'the process ended while loading', stack: '' }
  return { type: 'Timeout', message: `not loaded within ${startMs} ms`, stack: '' }
}

function outcomeOf(word: Word | undefined): Outcome {
  switch (word?.kind) {
    case undefined:
      return { kind: 'timed-out' }
    case 'returned':
      return { kind: 'returned', result: Buffer.from(word.result, 'base64') }
    case 'threw':
      return { kind: 'threw', error: word.error }
    case 'closed':
      return { kind: 'exited', code: word.code }
    default:
      throw new Error(`an instance said ${word?.kind} when asked to run`)
  }
}
