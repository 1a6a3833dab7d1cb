import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Draw } from '../size.ts'

/** A world: its seed, at which pace, and how it is drawn. */
export type Killer = [seed: number, timing: number, draw?: Draw]

/** What a mutant is tried with. */
export interface Trial {
  name: string
  /** So many seeds at most, after the known world, drawn so. */
  most: number
  draw?: Draw | undefined
  /** What has killed it before: tried first. */
  known?: Killer | undefined
}

/** What came of it: the world that kills the mutant and the promise that it breaks, or why it could not be tried. Neither: it survived. */
export interface Verdict {
  killer?: Killer
  fault?: string
  error?: string
}

/** A process that tries one mutant after the other. What it dies of is that mutant's error, and the next one gets another process. */
export class Laboratory {
  private process: ChildProcess | undefined

  try(trial: Trial): Promise<Verdict> {
    const child =
      this.process ?? fork(fileURLToPath(new URL('worker.ts', import.meta.url)), { execArgv: ['--no-warnings'] })
    this.process = child
    return new Promise((resolve) => {
      const died = (code: number | null) => {
        this.process = undefined
        resolve({ error: `its process ended with ${code}` })
      }
      child.once('exit', died)
      child.once('message', (verdict) => {
        child.off('exit', died)
        resolve(verdict as Verdict)
      })
      child.send(trial)
    })
  }

  close(): void {
    this.process?.disconnect()
  }
}
