import { expect, it } from 'vitest'
import { PhaseClock } from '../../../shared/checks/run/phase-clock.ts'

it('measures one phase after the other, and adds up those that come again', () => {
  let now = 1_000
  const clock = new PhaseClock(() => now)
  const pass = (ms: number) => {
    now += ms
  }
  clock.begin('connect')
  pass(10)
  clock.begin('firstByte')
  expect(clock.current).toBe('firstByte')
  pass(20.004)
  clock.end()
  expect(clock.current).toBeUndefined()
  pass(5)
  clock.begin('connect')
  pass(3.5)
  clock.end()
  clock.end()
  expect(clock.phases).toEqual({ connect: 13.5, firstByte: 20 })
  expect(clock.measured()).toEqual({ latencyMs: 38.5, phases: { connect: 13.5, firstByte: 20 } })
})
