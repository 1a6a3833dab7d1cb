import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { Phases } from '../shared/contracts/report.ts'
import type { Benchmark, Run } from './benchmark.ts'
import type { Metrics } from './blackbox.ts'
import { addressQuery } from './names.ts'
import { inProbeHarness, type ProbeHarness } from './probe-harness.ts'
import { median } from './statistics.ts'

const probesPerRun = 20

/** How long the target takes for each phase, in ms: a handshake and a name as late as `lateMs`. Connections can't be delayed. */
const lateMs = 40
const known = { connect: 0, tls: lateMs, firstByte: 60, download: 80 }
type Phase = keyof typeof known

/** What the peer calls them. */
const blackboxPhases: Record<Phase, string> = {
  connect: 'connect',
  tls: 'tls',
  firstByte: 'processing',
  download: 'transfer',
}
const phases = Object.keys(known) as Phase[]

export const phaseAccuracy: Benchmark = {
  name: 'phase-accuracy',
  summary: 'how far the phases of an https check are from delays that are known, beside prometheus-blackbox-exporter',
  goals: {
    ...Object.fromEntries(phases.map((phase) => [`${phase}BeyondBlackboxMs`, 1])),
    localhostMs: 0.5,
    promptNameBeyondRoundTripMs: 0.5,
  },
  measure: (runs, progress) =>
    inProbeHarness(lateMs, progress, async (harness) => {
      const names = createSocket('udp4')
      try {
        const probes = probesOf(harness, names)
        progress('warming up')
        await measureOnce(probes, probesPerRun)
        const measured: Run[] = []
        for (let run = 1; run <= runs; run++) {
          progress(`run ${run} of ${runs}`)
          measured.push(await measureOnce(probes, probesPerRun))
        }
        return measured
      } finally {
        names.close()
      }
    }),
}

interface Probes {
  /** The phases that a check of ours has seen. */
  ours(): Promise<Phases>
  blackbox: (() => Promise<Phases>) | undefined
  /** What resolving took, ms: a name of the hosts file, one that a name server knows at once, and one that it knows late. */
  localhost(): Promise<number>
  blackboxLocalhost: (() => Promise<number>) | undefined
  promptName(): Promise<number>
  lateName(): Promise<number>
  /** What nobody can resolve faster than: a question to that server and its answer, bare, ms. */
  roundTrip(): Promise<number>
}

function probesOf({ ports, checks, run, blackbox }: ProbeHarness, names: Socket): Probes {
  const url = `https://127.0.0.1:${ports.lateHttps}/?firstByte=${known.firstByte}&body=${known.download}`
  const named = (name: string) => `http://${name}:${ports.http}/`
  const resolver = `127.0.0.1:${ports.dns}`
  const seenBy = (written: object) => {
    const check = checks([written])
    return async () => (await run(check, 1))[0]?.phases ?? {}
  }
  const resolving = (written: object) => {
    const see = seenBy(written)
    return async () => taken(await see(), 'dns')
  }
  return {
    ours: seenBy({ http: url, ca: 'ca.pem', http2: 'never' }),
    blackbox: blackbox && (async () => phasesOf(await blackbox.probe('probe', url))),
    localhost: resolving({ http: named('localhost'), ipVersion: 4 }),
    blackboxLocalhost: blackbox && (async () => phaseOf(await blackbox.probe('probe', named('localhost')), 'resolve')),
    promptName: resolving({ http: named('prompt.example'), resolver }),
    lateName: resolving({ http: named('late.example'), resolver }),
    async roundTrip() {
      const start = performance.now()
      names.send(addressQuery('prompt.example'), ports.dns, '127.0.0.1')
      await once(names, 'message')
      return performance.now() - start
    },
  }
}

/** By turns, so that what else the machine does is in all. */
async function measureOnce(probes: Probes, count: number): Promise<Run> {
  const ours: Phases[] = []
  const peer: Phases[] = []
  const resolved: Record<'localhost' | 'blackboxLocalhost' | 'promptName' | 'lateName' | 'roundTrip', number[]> = {
    localhost: [],
    blackboxLocalhost: [],
    promptName: [],
    lateName: [],
    roundTrip: [],
  }
  for (let probe = 0; probe < count; probe++) {
    ours.push(await probes.ours())
    if (probes.blackbox) peer.push(await probes.blackbox())
    for (const [name, values] of Object.entries(resolved)) {
      const ms = await probes[name as keyof typeof resolved]?.()
      if (ms !== undefined) values.push(ms)
    }
  }
  const figures: Record<string, number> = {}
  for (const phase of phases) {
    const error = medianError(ours, phase)
    figures[`${phase}ErrorMs`] = error
    if (peer.length === 0) continue
    const peerError = medianError(peer, phase)
    figures[`${phase}BlackboxErrorMs`] = peerError
    figures[`${phase}BeyondBlackboxMs`] = error - peerError
  }
  figures.localhostMs = median(resolved.localhost)
  if (resolved.blackboxLocalhost.length > 0) figures.localhostBlackboxMs = median(resolved.blackboxLocalhost)
  figures.roundTripMs = median(resolved.roundTrip)
  figures.promptNameBeyondRoundTripMs = median(resolved.promptName) - figures.roundTripMs
  figures.lateNameErrorMs = median(resolved.lateName.map((ms) => Math.abs(ms - lateMs)))
  return { figures, ratios: {} }
}

function medianError(seen: Phases[], phase: Phase): number {
  return median(seen.map((one) => Math.abs(taken(one, phase) - known[phase])))
}

function taken(seen: Phases, phase: keyof Phases): number {
  const ms = seen[phase]
  if (ms === undefined) throw new Error(`the probe has not seen the phase ${phase}`)
  return ms
}

function phasesOf(metrics: Metrics): Phases {
  return Object.fromEntries(phases.map((phase) => [phase, phaseOf(metrics, blackboxPhases[phase])]))
}

/** In ms; the peer tells seconds. */
function phaseOf(metrics: Metrics, phase: string): number {
  const seconds = metrics[`probe_http_duration_seconds{phase="${phase}"}`]
  if (seconds === undefined) throw new Error(`blackbox exporter has not seen the phase ${phase}`)
  return seconds * 1000
}
