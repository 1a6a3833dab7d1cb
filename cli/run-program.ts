import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'

/** What asks a process to end. */
export const interrupts = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a program with this terminal, and resolves with its exit code as a shell has it: the number of a signal that ended it is added to
 * 128. Whoever ends this process ends the program, which is waited for. Rejects with the system's error if it can't be started.
 */
export async function runProgram([program = '', ...args]: string[]): Promise<number> {
  // Ctrl-C of a terminal reaches both: a second one would have the program leave its work half done.
  const isTyped = process.stdin.isTTY || process.stderr.isTTY
  let child: ChildProcess | undefined
  const pass = (signal: NodeJS.Signals) => {
    if (signal !== 'SIGINT' || !isTyped) child?.kill(signal)
  }
  // Before it is started: it may run at once.
  for (const signal of interrupts) process.on(signal, pass)
  try {
    const started = spawn(program, args, { stdio: 'inherit' })
    child = started
    const ended = new Promise<number>((done) => {
      started.once('exit', (code, signal) => done(code ?? 128 + (signal ? constants.signals[signal] : 0)))
    })
    await once(started, 'spawn')
    // A program of another user, as by sudo, can't be ended from here: it is waited for.
    started.on('error', () => {})
    return await ended
  } finally {
    for (const signal of interrupts) process.off(signal, pass)
  }
}
