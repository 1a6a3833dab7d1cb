import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { median } from './statistics.ts'

const run = promisify(execFile)

/** A process tells a little more or less memory each time. */
const processesPerRun = 5

/** Loads a bundle, and tells what that took and what the process holds. */
const script = `
  const start = performance.now()
  require(process.argv[1])
  const ms = performance.now() - start
  console.log(JSON.stringify({ ms, rss: process.memoryUsage.rss() }))
`

/** Over the same Node that loads an empty file, by turns. */
export async function load(node: string, bundle: string, nothing: string): Promise<{ importMs: number; MiB: number }> {
  const [loaded, empty]: [Loaded[], Loaded[]] = [[], []]
  for (let process = 0; process < processesPerRun; process++) {
    empty.push(await inProcess(node, nothing))
    loaded.push(await inProcess(node, bundle))
  }
  const over = (value: (one: Loaded) => number) => median(loaded.map(value)) - median(empty.map(value))
  return { importMs: over(({ ms }) => ms), MiB: over(({ rss }) => rss) / 2 ** 20 }
}

interface Loaded {
  ms: number
  rss: number
}

async function inProcess(node: string, file: string): Promise<Loaded> {
  const { stdout } = await run(node, ['-e', script, file])
  return JSON.parse(stdout)
}
