import { AsyncLocalStorage } from 'node:async_hooks'
import { format } from 'node:util'

/** Takes one line of a function's log. */
type LogWriter = (line: string) => void

const writer = new AsyncLocalStorage<LogWriter>()
const methods = ['log', 'info', 'warn', 'error', 'debug'] as const
let captured = false

/**
 * Runs `work` with everything it writes to the console, now or later, given to `write` in place of the terminal.
 * All functions share this process and its console, so who is writing is told by the asynchronous context.
 */
export function withLog<T>(write: LogWriter, work: () => T): T {
  capture()
  return writer.run(write, work)
}

function capture(): void {
  if (captured) return
  captured = true
  for (const method of methods) {
    const original = console[method].bind(console)
    console[method] = (...values: unknown[]) => {
      const write = writer.getStore()
      if (write) write(format(...values))
      else original(...values)
    }
  }
}
