import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Board, outcomeTable } from '../../../cli/deploy/board.ts'
import { deploymentsOf } from '../../../cli/deploy/deployments.ts'
import type { CliIo } from '../../../cli/io.ts'

const deployments = deploymentsOf({ vantages: { sg: 'aws/sg', gz: 'tencent/gz' } }, 'sg')

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

/** A terminal of so many rows, or none: what is drawn on it, and what is written beside it. */
function terminal(rows?: number) {
  const drawn: string[][] = []
  const written: string[] = []
  const leave = () => void drawn.push(['left'])
  const screen = {
    size: () => ({ columns: 40, rows: rows ?? 0 }),
    draw: (lines: string[]) => void drawn.push(lines),
    leave,
  }
  const io = { language: 'en', now: Date.now, err: (line: string) => void written.push(line), ...(rows && { screen }) }
  return { io: io as unknown as CliIo, drawn, written }
}

it('shows on a terminal how all get on, and the seconds while nothing is heard', () => {
  const { io, drawn } = terminal(5)
  const board = new Board(deployments, io)
  board.show('aws/sg', { status: 'running', said: 'packaging' })
  board.show('tencent/gz', { status: 'waiting', said: 'for aws/sg' })
  const lines = (over: number, seconds: number, aws: string) => [
    `${over} of 2 deployments, ${seconds} s. Ctrl-C ends.`,
    '',
    aws,
    'waits  tencent/gz  for aws/sg',
  ]
  expect(drawn.at(-1)).toEqual(lines(0, 0, '…      aws/sg      packaging'))
  vi.advanceTimersByTime(3_000)
  expect(drawn.at(-1)).toEqual(lines(0, 3, '…      aws/sg      packaging'))
  board.show('aws/sg', { status: 'deployed', said: 'a stack with a name that is longer than the terminal' })
  expect(drawn.at(-1)).toEqual(lines(1, 3, '✔      aws/sg      a stack with a name t'))

  board.leave()
  const before = drawn.length
  vi.advanceTimersByTime(5_000)
  expect(drawn.length).toBe(before)
})

it('writes a line where there is no terminal when one begins or ends, and no other', () => {
  const { io, drawn, written } = terminal()
  const board = new Board(deployments, io)
  for (const said of ['packaging', 'uploading']) board.show('aws/sg', { status: 'running', said })
  board.show('aws/sg', { status: 'failed', said: 'no key' })
  board.show('tencent/gz', { status: 'not tried', said: '' })
  board.leave()
  expect(written).toEqual(['aws/sg: running: packaging', 'aws/sg: failed: no key', 'tencent/gz: not tried'])
  expect(drawn).toEqual([])
})

it('tells at the end how each went', () => {
  const outcomes = [{ status: 'deployed', said: 'all of it' } as const, { status: 'failed', said: 'no key' } as const]
  expect(outcomeTable(deployments, outcomes, 'en').split('\n')).toEqual([
    'outcome   deployment',
    'deployed  aws/sg      all of it',
    'failed    tencent/gz  no key',
  ])
})
