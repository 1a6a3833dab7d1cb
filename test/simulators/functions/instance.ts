import { fork } from 'node:child_process'

export interface InstanceOptions {
  /** The unpacked package: the process's working folder, and where the handler's file is looked for. */
  folder: string
  /** `file.function`; the file without its extension. */
  handler: string
  /** The Node binary: see `nodeBinary`. */
  node: string
  /** The vendor's bootstrap: a CommonJS file that calls `serve` of `serve.cjs`. */
  bootstrap: string
  /** The whole environment: nothing of this process's own is added. */
  env: Record<string, string>
  /** Everything that the function prints, as it comes. */
  onOutput?(text: string): void
}

export interface FunctionError {
  /** The error's name, such as `TypeError`. */
  type: string
  message: string
  stack: string
}

/** What the process says over its channel, but for what it prints. */
export type Word =
  | { kind: 'ready' }
  | { kind: 'broken'; error: FunctionError }
  /** `result` is base64. */
  | { kind: 'returned'; result: string; memoryBytes: number }
  | { kind: 'threw'; error: FunctionError; memoryBytes: number }
  /** The process is gone: said by this side. */
  | { kind: 'closed'; code: number | null }

/** A running process that loads the handler and then answers one request at a time. */
export interface Instance {
  readonly alive: boolean
  /** What the process says next, or undefined when it says nothing for `ms` real milliseconds. */
  next(ms: number): Promise<Word | undefined>
  request(event: Buffer, context: object): void
  /** Ends the process whatever it does; resolves when it is gone and all that it printed has come. */
  kill(): Promise<void>
  /** What was printed since the last time. */
  takeOutput(): string
}

/** Starts the process; it says `ready` or `broken` once the handler's file is loaded. */
export function startInstance(options: InstanceOptions): Instance {
  const { folder, handler, node, bootstrap, env } = options
  const child = fork(bootstrap, [folder, handler], { cwd: folder, execPath: node, execArgv: [], env, silent: true })
  const said: Word[] = []
  let hear: (() => void) | undefined
  let output = ''
  let alive = true

  function say(word: Word) {
    said.push(word)
    hear?.()
  }
  function print(text: string) {
    output += text
    options.onOutput?.(text)
  }
  const closed = new Promise<void>((resolve) => {
    const close = (code: number | null) => {
      if (alive) say({ kind: 'closed', code })
      alive = false
      resolve()
    }
    child.on('close', close)
    child.on('error', (error) => {
      print(`${error.message}\n`)
      if (child.pid === undefined) close(null)
    })
  })
  child.on('message', (word: Word | { kind: 'output'; text: string }) =>
    word.kind === 'output' ? print(word.text) : say(word),
  )
  // What Node itself says when it dies does not come through the channel.
  child.stdout?.on('data', (chunk) => print(String(chunk)))
  child.stderr?.on('data', (chunk) => print(String(chunk)))

  return {
    get alive() {
      return alive
    },
    next: (ms) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer)
          hear = undefined
          resolve(said.shift())
        }
        const timer = setTimeout(done, ms)
        hear = done
        if (said.length > 0) done()
      }),
    // A process that has just died is heard of by `next`.
    request: (event, context) => child.send({ event: event.toString('base64'), context }, () => {}),
    kill: async () => {
      child.kill('SIGKILL')
      await closed
    },
    takeOutput: () => {
      const taken = output
      output = ''
      return taken
    },
  }
}
