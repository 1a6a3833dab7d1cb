import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { readSource } from '../local/place.ts'

const instanceFile = fileURLToPath(new URL('./instance.ts', import.meta.url))

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
}

/** One invocation; `cold` when the instance was new. */
export type Invoked = Answer & { cold: boolean }

/** A packaged function in processes of its own, as many as it is invoked side by side, as Lambda runs it. */
export interface Lambda {
  invoke(event: unknown): Promise<Invoked>
  stop(): void
}

/** The function's bundle, made as `serverless.yml` tells the packager. Resolves with the file's path. */
export async function bundleFunction(root: string, name: string, folder: string): Promise<string> {
  const { custom, functions } = readSource(join(root, 'serverless.yml')).data as {
    custom: { esbuild: { exclude: string[] } & Record<string, unknown> }
    functions: Record<string, { handler: string }>
  }
  const { exclude, ...options } = custom.esbuild
  const entry = functions[name]?.handler.replace(/\.\w+$/, '.ts')
  if (entry === undefined) throw new Error(`serverless.yml has no function ${name}`)
  const outfile = join(folder, `${name}.js`)
  // The platform that serverless-esbuild sets by default; its format is then CommonJS.
  await build({
    ...options,
    platform: 'node',
    external: exclude,
    entryPoints: [join(root, entry)],
    outfile,
    logLevel: 'error',
  })
  return outfile
}

export function startLambda(bundle: string, env: Record<string, string>, timeoutMs: number): Lambda {
  const all: ChildProcess[] = []
  const idle: ChildProcess[] = []

  function instance(): ChildProcess {
    // Logs go to nobody, and what a vendor's SDK still uses of old is no news here.
    const child = fork(instanceFile, [bundle, String(timeoutMs)], {
      env,
      execArgv: ['--no-deprecation'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
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
      return { ...answer, cold: waiting === undefined }
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
