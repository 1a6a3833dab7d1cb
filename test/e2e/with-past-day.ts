import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { startBrowser, startStack } from './console-stack.ts'
import { rememberPastDay } from './past-day.ts'

export interface Watched {
  /** A folder of the tests' own, deleted at their end. */
  folder: string
  address: string
  /** What no page may do: errors in its console (what its policy refuses is one), requests that go elsewhere. */
  faults: string[]
  /** A page in a browser of its own: a phone's, unless it is said otherwise. */
  open(options?: BrowserContextOptions): Promise<Page>
}

/** For all tests of a file: a local stack whose check `demo/web` has a day behind it, and a browser. `argsFor` may write files into the folder. */
export function withPastDay(argsFor: (folder: string) => Promise<string[]> = async () => []): Watched {
  let stack: ChildProcess
  let browser: Browser
  const watched: Watched = { folder: '', address: '', faults: [], open }

  beforeAll(async () => {
    watched.folder = await mkdtemp(join(tmpdir(), 'fenghuo-past-day-'))
    const data = join(watched.folder, 'stack')
    ;({ stack, address: watched.address } = await startStack(data, ...(await argsFor(watched.folder))))
    await rememberPastDay(data, 'demo/web', Date.now())
    browser = await startBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    stack?.kill('SIGKILL')
    await rm(watched.folder, { recursive: true, force: true })
  })

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 390, height: 844 }, ...options })
    const page = await context.newPage()
    page.on('console', (message) => message.type() === 'error' && watched.faults.push(message.text()))
    page.on('pageerror', (error) => watched.faults.push(String(error)))
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith('data:') && !url.startsWith(watched.address)) watched.faults.push(url)
    })
    return page
  }

  return watched
}
