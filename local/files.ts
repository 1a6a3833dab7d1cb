import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where everything of the running stack is, for other tools: `stack.json` in the data folder. */
export interface StackFile {
  pid: number
  /** Addresses: scheme, host, port. */
  console: string
  sqs: string
  dynamodb: string
  demo: string
  /** The files by which it was started, as full paths. Absent: of an earlier release. */
  config?: string
  oncall?: string
  /** Where other systems send their alerts, and a key of each project. */
  ingest: { url: string; keys: Record<string, string> }
  region: string
  /** Where the other regions of a rehearsal ask this one. */
  lambda?: string
  /** The vantages that this machine plays (`cloud/region`), by the names of the functions that look from there. */
  probes: Record<string, string>
  /** Queue URLs by their name in the definition: `events`, `escalation`, `eventsDlq`, `escalationDlq`. */
  queues: Record<string, string>
  /** Table names: `contacts`, `incidents`, `checks`. */
  tables: Record<string, string>
  functions: string[]
  /** The addresses of vendors, by their names: `connect`, `wecom`. Absent: no such channel, or the real vendor is used. */
  [vendor: string]: unknown
}

/** Writes `stack.json`; the returned function takes it away again. */
export function writeStackFile(dataDir: string, stack: StackFile): () => void {
  const file = join(dataDir, 'stack.json')
  // Whoever reads it meanwhile finds all of it or nothing.
  writeFileSync(`${file}.new`, `${JSON.stringify(stack, null, 2)}\n`)
  renameSync(`${file}.new`, file)
  return () => rmSync(file, { force: true })
}

/** The stack that runs with this data folder, or undefined. One whose process is gone has left its file behind. */
export function runningStack(dataDir: string): StackFile | undefined {
  const file = join(dataDir, 'stack.json')
  if (!existsSync(file)) return undefined
  const stack = JSON.parse(readFileSync(file, 'utf8')) as StackFile
  return isAlive(stack.pid) ? stack : undefined
}

/** The secret that a deployment would generate: made once, kept with the data. */
export function localSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
