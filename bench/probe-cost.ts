import type { Benchmark, Run } from './benchmark.ts'
import type { Blackbox } from './blackbox.ts'
import { inProbeHarness } from './probe-harness.ts'
import { cpuMs } from './process-usage.ts'

/** So many probes are on their way at a time, ours as the peer's. */
const concurrency = 10

/** One after the other in short turns: what else the machine does then slows both alike. */
const turns = 10
const probesPerTurn = 100

/** Until a compiler has seen enough: a probe function lives for hours. */
const warmTurns = 20

export const httpProbe = probeCost('http-probe', 'http', 0.4)
export const httpsProbe = probeCost('https-probe', 'https', 0.8)

/**
 * User and system time of the whole process per probe. Ours is all that a probe function does for a check, its queue aside; the
 * peer's is with its own HTTP server and the metrics that it writes, without which it tells nobody.
 */
function probeCost(name: string, scheme: 'http' | 'https', goal: number): Benchmark {
  return {
    name,
    summary: `CPU time of one ${scheme} check with all phases, to prometheus-blackbox-exporter's`,
    goals: { cpuToBlackbox: goal },
    measure: (runs, progress) =>
      inProbeHarness(0, progress, async ({ ports, checks, run, pid, blackbox }) => {
        const url = `${scheme}://127.0.0.1:${ports[scheme]}/`
        const trust = scheme === 'https' ? { ca: 'ca.pem', http2: 'never' } : {}
        const turn = checks(Array.from({ length: probesPerTurn }, () => ({ http: url, ...trust })))
        const ours = { pid, turn: () => run(turn, concurrency) }
        const peer = blackbox && { pid: blackbox.pid, turn: () => probeByBlackbox(blackbox, url) }
        progress('warming up')
        await measureTurns(warmTurns, ours, peer)
        const measured: Run[] = []
        for (let count = 1; count <= runs; count++) {
          progress(`run ${count} of ${runs}`)
          measured.push(await measureTurns(turns, ours, peer))
        }
        return measured
      }),
  }
}

interface Prober {
  pid: number
  turn(): Promise<unknown>
}

async function measureTurns(count: number, ours: Prober, peer: Prober | undefined): Promise<Run> {
  const used = { ours: 0, peer: 0 }
  for (let turn = 0; turn < count; turn++) {
    used.ours += await cpuOf(ours)
    if (peer) used.peer += await cpuOf(peer)
  }
  const cpuPerProbeMs = used.ours / (count * probesPerTurn)
  if (!peer) return { figures: { cpuPerProbeMs }, ratios: {} }
  const blackboxPerProbeMs = used.peer / (count * probesPerTurn)
  return { figures: { cpuPerProbeMs, blackboxPerProbeMs }, ratios: { cpuToBlackbox: used.ours / used.peer } }
}

async function cpuOf({ pid, turn }: Prober): Promise<number> {
  const before = await cpuMs(pid)
  await turn()
  return (await cpuMs(pid)) - before
}

async function probeByBlackbox(blackbox: Blackbox, url: string): Promise<void> {
  let left = probesPerTurn
  const work = async () => {
    while (left-- > 0) await blackbox.probe('probe', url)
  }
  await Promise.all(Array.from({ length: concurrency }, work))
}
