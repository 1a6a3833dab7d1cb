import { readFile } from 'node:fs/promises'

/** proc_pid_stat(5): times are in clock ticks, which Linux shows to programs as a hundredth of a second. */
const TICK_MS = 10

/** The CPU time that a process has used, user and system, all threads, in ms. Children are not counted. Linux only. */
export async function cpuMs(pid: number): Promise<number> {
  return cpuMsOf(await readFile(`/proc/${pid}/stat`, 'utf8'))
}

/** The CPU time that this process has used so far, user and system, all threads, in ms: what others do on the machine is not in it. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** The most memory that a process has held since it began its program, in MiB. Linux only. */
export async function peakMiB(pid: number): Promise<number> {
  return peakMiBOf(await readFile(`/proc/${pid}/status`, 'utf8'))
}

/** The program's name, the second field, may itself hold blanks and brackets; utime and stime are fields 14 and 15. */
export function cpuMsOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[11]) + Number(fields[12])
  if (Number.isNaN(ticks)) throw new Error('/proc/PID/stat does not look as it does on Linux')
  return ticks * TICK_MS
}

/** Not getrusage's, which keeps what the parent held before the program began. */
export function peakMiBOf(status: string): number {
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]
  if (kib === undefined) throw new Error('/proc/PID/status does not look as it does on Linux')
  return Number(kib) / 1024
}
