import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CompiledCheck } from '../shared/contracts/compiled-config.ts'
import type { Observation } from '../shared/contracts/report.ts'
import { type Blackbox, blackboxFile, blackboxMissing, startBlackbox } from './blackbox.ts'
import { makeCertificate } from './certificate.ts'
import { probeConfig } from './probe-config.ts'
import type { ProbeOrder } from './prober.ts'
import type { TargetPorts } from './target.ts'

/** A target, a process of ours that probes it, and the peer, each in a process of its own. */
export interface ProbeHarness {
  ports: TargetPorts
  /** Checks as people write them. `ca.pem` is the target's authority. */
  checks(written: object[]): CompiledCheck[]
  /** Runs checks in our process. Rejects unless every one is up. */
  run(checks: CompiledCheck[], concurrency: number): Promise<Observation[]>
  /** Our process. */
  pid: number
  /** With a module `probe`: HTTP/1.1 that trusts the target's authority. Absent where it is not installed. */
  blackbox: Blackbox | undefined
}

/** What makes handshakes and names late takes `lateMs`. */
export async function inProbeHarness<T>(
  lateMs: number,
  progress: (what: string) => void,
  work: (harness: ProbeHarness) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-bench-'))
  const stops: (() => unknown)[] = [() => rm(folder, { recursive: true })]
  try {
    const { ca, cert, key } = await makeCertificate(folder)
    const target = start('./target.ts', [cert, key, String(lateMs)])
    stops.unshift(() => target.disconnect())
    const [ports] = (await once(target, 'message')) as [TargetPorts]
    const blackbox = await peer(folder, ca, progress)
    if (blackbox) stops.unshift(blackbox.stop)
    const prober = start('./prober.ts', [])
    stops.unshift(() => prober.disconnect())
    return await work({
      ports,
      checks: (written) => probeConfig(written, folder).checks,
      run: (checks, concurrency) => observations(prober, { checks, concurrency }),
      pid: prober.pid ?? 0,
      blackbox,
    })
  } finally {
    for (const stop of stops) await stop()
  }
}

function start(file: string, options: string[]): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), options, { execArgv: ['--no-warnings'] })
}

async function peer(folder: string, ca: string, progress: (what: string) => void): Promise<Blackbox | undefined> {
  const file = blackboxFile(process.env.PATH ?? '')
  if (file === undefined) {
    progress(blackboxMissing)
    return undefined
  }
  const http = { preferred_ip_protocol: 'ip4', enable_http2: false, tls_config: { ca_file: ca } }
  return startBlackbox(file, folder, { probe: { prober: 'http', timeout: '5s', http } })
}

async function observations(prober: ChildProcess, order: ProbeOrder): Promise<Observation[]> {
  prober.send(order)
  const [observed] = (await once(prober, 'message')) as [Observation[]]
  const wrong = observed.find(({ outcome }) => outcome !== 'up')
  if (wrong !== undefined) throw new Error(`the target is ${wrong.outcome}: ${JSON.stringify(wrong.fault)}`)
  return observed
}
