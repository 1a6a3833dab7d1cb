import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { readSource } from '../local/place.ts'

const instanceFile = fileURLToPath(new URL('./instance.ts', import.meta.url))

const NEW_LINE = 10

/** What an instance tells of one invocation. */
export interface Answer {
  answer?: unknown
  /** Absent: the handler returned. */
  error?: string
  /** How long the handler took; the instance's first time includes loading the bundle. */
  ms: number
  cpuMs: number
  /** To SQS and DynamoDB. */
  requests: number
  /** What these answered, bytes of their bodies. */
  readBytes: number
}

/** One invocation by the instance with that process id; `cold` when it was new. */
export type Invoked = Answer & { cold: boolean; pid: number }

/** A packaged function in processes of its own, as many as it is invoked side by side, as Lambda runs it. */
export interface Lambda {
  invoke(event: unknown): Promise<Invoked>
  /** What has been logged since the last time. */
  logged(): { lines: number; bytes: number }
  stop(): void
}

/** What esbuild is told of a function when it is packaged by `file`. */
export async function packaging(root: string, name: string, file = 'serverless.yml') {
  const { custom, functions } = readSource(join(root, file)).data as {
    custom: { esbuild: { exclude: string[]; plugins: string } & Record<string, unknown> }
    functions: Record<string, { handler: string }>
  }
  // `skipRebuild` is for the packager's own eyes.
  const { exclude, plugins, skipRebuild: _, ...options } = custom.esbuild
  const entry = functions[name]?.handler.replace(/\.\w+$/, '.ts')
  if (entry === undefined) throw new Error(`${file} has no function ${name}`)
  // The platform that serverless-esbuild sets by default; its format is then CommonJS.
  return {
    ...options,
    platform: 'node',
    external: exclude,
    plugins: ((await import(pathToFileURL(join(root, plugins)).href)) as { default: Plugin[] }).default,
    entryPoints: [join(root, entry)] as [string],
    logLevel: 'error',
  } as const
}

/** The function's bundle, made as `file` tells the packager. Resolves with the bundle's path. */
export async function bundleFunction(root: string, name: string, folder: string, file?: string): Promise<string> {
  const options = await packaging(root, name, file)
  const outdir = join(folder, name)
  await build({ ...options, outdir })
  return join(outdir, `${basename(options.entryPoints[0], '.ts')}.js`)
}

export function startLambda(bundle: string, env: Record<string, string>, timeoutMs: number): Lambda {
  const all: ChildProcess[] = []
  const idle: ChildProcess[] = []
  let logged = { lines: 0, bytes: 0 }

  function instance(): ChildProcess {
    // Logs go to nobody, and what a vendor's SDK still uses of old is no news here.
    const child = fork(instanceFile, [bundle, String(timeoutMs)], {
      env,
      execArgv: ['--no-deprecation'],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      logged.bytes += chunk.length
      logged.lines += chunk.filter((byte) => byte === NEW_LINE).length
    })
    all.push(child)
    return child
  }

  return {
    async invoke(event) {
      const waiting = idle.pop()
      const child = waiting ?? instance()
      child.send(event as object)
      const answer = await answerOf(child)
      idle.push(child)
      if (answer.error !== undefined) throw new Error(answer.error)
      return { ...answer, cold: waiting === undefined, pid: child.pid ?? 0 }
    },
    logged() {
      const since = logged
      logged = { lines: 0, bytes: 0 }
      return since
    },
    stop() {
      for (const child of all) child.disconnect()
    },
  }
}

async function answerOf(child: ChildProcess): Promise<Answer> {
  const answered = new AbortController()
  const { signal } = answered
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`an instance ended with code ${code}`)
  })
  try {
    const [answer] = await Promise.race([once(child, 'message', { signal }), ended])
    return answer
  } finally {
    answered.abort()
  }
}
