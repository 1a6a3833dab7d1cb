import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import http from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const program = 'prometheus-blackbox-exporter'
const startMs = 10_000

/** Prometheus's prober, the field's usual one, as Debian packages it. */
export interface Blackbox {
  pid: number
  /** Probes `target` by the module of that name. Resolves with the metrics; rejects if the probe failed. */
  probe(module: string, target: string): Promise<Metrics>
  stop(): Promise<void>
}

/** A metric's name with its labels, as it is written (`probe_http_duration_seconds{phase="tls"}`) → its value. */
export type Metrics = Record<string, number>

/** What to say where it is not installed. */
export const blackboxMissing = `${program} is not installed, so nothing is compared with it; Debian: apt-get install ${program}`

/** The program's file, if it is installed. */
export function blackboxFile(path: string): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file))
}

/** Starts it on a free port of 127.0.0.1 with `modules` as its configuration file has them. */
export async function startBlackbox(file: string, folder: string, modules: object): Promise<Blackbox> {
  const config = join(folder, 'blackbox.yml')
  // JSON is YAML.
  await writeFile(config, JSON.stringify({ modules }))
  const address = `127.0.0.1:${await freePort()}`
  const options = [`--config.file=${config}`, `--web.listen-address=${address}`, '--log.level=error']
  const child = spawn(file, options, { stdio: 'ignore' })
  const agent = new http.Agent({ keepAlive: true })
  const get = (path: string) => textOf(`http://${address}${path}`, agent)
  const stop = async () => {
    agent.destroy()
    if (child.exitCode !== null) return
    child.kill()
    await once(child, 'exit')
  }
  await once(child, 'spawn')
  const until = performance.now() + startMs
  while (!(await get('/-/healthy').catch(() => ''))) {
    if (child.exitCode !== null || performance.now() > until) {
      await stop()
      throw new Error(`${file} does not start`)
    }
    await wait(20)
  }
  return {
    pid: child.pid ?? 0,
    async probe(module, target) {
      const metrics = metricsOf(await get(`/probe?${new URLSearchParams({ module, target })}`))
      if (metrics.probe_success !== 1) throw new Error(`${program} could not probe ${target}`)
      return metrics
    },
    stop,
  }
}

/** Prometheus's text format, without comments and timestamps. */
export function metricsOf(text: string): Metrics {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.lastIndexOf(' ')
      return [line.slice(0, at), Number(line.slice(at + 1))]
    }),
  )
}

function textOf(url: string, agent: http.Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('error', reject)
      response.on('end', () => resolve(text))
    })
    request.on('error', reject)
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
