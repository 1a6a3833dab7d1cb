import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

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

/**
 * Opens a page at a path of the stack, in a browser of its own. `faults` gets what no page may do: errors in its console (what its
 * policy refuses is one), requests that fail or go elsewhere.
 */
export async function openPage(
  { browser, address, faults }: { browser: Browser; address: string; faults: string[] },
  path: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('request', (request) => request.url().startsWith(address) || faults.push(request.url()))
  page.on('response', (response) => response.status() >= 400 && faults.push(`${response.status()} ${response.url()}`))
  await page.goto(address + path)
  return page
}
