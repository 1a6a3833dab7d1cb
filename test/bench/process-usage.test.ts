import { describe, expect, it } from 'vitest'
import { cpuMs, cpuMsOf, peakMiB, peakMiBOf } from '../../bench/process-usage.ts'

describe('the CPU time of a process', () => {
  it('is user and system time in ticks of 10 ms, whatever the program is called', () => {
    const stat = '42 (a) R (b c) S 1 42 42 0 -1 4194560 1000 0 0 0 150 25 7 9 20 0 11 0 5000 1000000 900'
    expect(cpuMsOf(stat)).toBe(1750)
  })

  it('of what is no stat file is a mistake', () => {
    expect(() => cpuMsOf('42 (node) S 1')).toThrow('/proc/PID/stat')
  })

  it('is read of a process that runs', async () => {
    expect(await cpuMs(process.pid)).toBeGreaterThan(0)
  })
})

describe('the peak memory of a process', () => {
  it('is in MiB', () => {
    expect(peakMiBOf('Name:\tnode\nVmPeak:\t 9999 kB\nVmHWM:\t   55296 kB\nVmRSS:\t   50000 kB\n')).toBe(54)
  })

  it('of what is no status file is a mistake', () => {
    expect(() => peakMiBOf('Name:\tnode\n')).toThrow('/proc/PID/status')
  })

  it('is read of a process that runs', async () => {
    expect(await peakMiB(process.pid)).toBeGreaterThan(10)
  })
})
