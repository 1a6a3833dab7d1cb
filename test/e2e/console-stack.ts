import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

const program = fileURLToPath(new URL('../../bin/fenghuo.js', import.meta.url))

/** A browser that looks nothing up on its own. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })
}

/** Starts the local stack as its users do, and waits for the one address that it prints when it is ready. */
export async function startStack(
  data: string,
  ...args: string[]
): Promise<{ stack: ChildProcess; address: string; said: () => string }> {
  const stack = spawn(process.execPath, [program, 'local', '--port', '0', '--data', data, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [stack.stdout, stack.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return { stack, address: await addressOf(stack), said: () => said }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = ''
    const read = (chunk: Buffer) => {
      seen += chunk.toString()
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(seen)?.[0]
      if (address !== undefined) resolve(address)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => reject(new Error(`the stack ended with ${code}: ${seen}`)))
  })
}
