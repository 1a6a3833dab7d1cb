import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Stack, startStack } from '../local/stack.ts'
import { HOUR_MS } from '../shared/contracts/milliseconds.ts'
import { root } from './harness.ts'

const PATIENCE_MS = 30_000

const status = `
status:
  demo:
    title: { zh: 示例支付, en: Example Pay }
    incidents: automatic
    components:
      checkout: { title: { zh: 收银台, en: Checkout }, checks: [demo/web] }
`

/** What somebody who is called looks at, and what outsiders read; `ack` is the page behind the link that people are sent. */
export type Pages = Record<'now' | 'incident' | 'check' | 'oncall' | 'status' | 'ack', string>

/** A local stack on which something burns, and where its pages are. */
export interface Burning {
  pages: Pages
  stop(): Promise<void>
}

export async function startBurning(): Promise<Burning> {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-burning-'))
  const config = join(folder, 'fenghuo.yml')
  await writeFile(config, (await readFile(join(root, 'fenghuo.yml'), 'utf8')) + status)
  const stack = await startStack({
    root,
    dataDir: join(folder, 'stack'),
    port: 0,
    config,
    oncall: 'oncall.yml',
    env: {},
    now: Date.now,
    timers: { probe: HOUR_MS, watch: HOUR_MS, 'tencent-uptime': HOUR_MS, 'aliyun-uptime': HOUR_MS },
    interactive: false,
  })
  const stop = async () => {
    await stack.stop()
    await rm(folder, { recursive: true })
  }
  try {
    return { pages: pagesOf(stack.addresses.console, await burn(stack)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function pagesOf(console: string, ack: string): Pages {
  return {
    now: console,
    incident: `${console}/incidents/1001`,
    check: `${console}/checks/demo/web`,
    oncall: `${console}/oncall`,
    status: `${console}/status/demo`,
    ack,
  }
}

/** Breaks what is watched, until a chat has been told. Resolves to the link by which it is taken. */
async function burn({ addresses, demo, functions, journal }: Stack): Promise<string> {
  demo.broken = true
  const links = () => journal.messages().flatMap(({ text }) => /http:[^\s(]+\/ack\?[^\s)]+/.exec(text) ?? [])
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await wait(500)) {
    for (const name of Object.keys(addresses.probes)) await functions[name]?.invoke({ all: true })
    const [ack] = links()
    if (ack !== undefined) return ack
  }
  throw new Error('nobody was told of what is broken')
}
