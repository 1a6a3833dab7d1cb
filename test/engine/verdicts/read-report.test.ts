import { expect, it } from 'vitest'
import type { Versions } from '../../../shared/contracts/versions.ts'
import { readReport } from '../../../shared/engine/verdicts/read-report.ts'

const io = { log: () => {} }
const runner = { function: 'probe', run: 'r-1', version: '1', startedAt: 1, finishedAt: 2, coldStart: false }
const current = { v: 1, kind: 'report', vantage: 'aws/ap-southeast-1', runner, observations: [] }
const { vantage: _, ...before } = { ...current, v: 0, place: 'aws/ap-southeast-1' }
/** As if the word for a vantage had been another in the version before. */
const versions: Versions = { current: 1, upgrade: ({ place, ...rest }) => ({ ...rest, vantage: place }) }

it.each([
  ['this version', current],
  ['the version before', before],
])('takes a report of %s', (_name, written) => {
  expect(readReport(written, io, versions)).toEqual({ report: current, refused: [] })
})

it.each([
  ['the next version', { ...current, v: 2 }],
  ['two versions ago', { ...before, v: -1 }],
  ['no version', { ...current, v: undefined }],
])('refuses a report of %s, and names the version', (_name, written) => {
  expect(() => readReport(written, io, versions)).toThrow(/^not-a-report: v: /)
})

it('takes none but the first version today', () => {
  expect(readReport(current, io).report).toEqual(current)
  expect(() => readReport(before, io)).toThrow('not-a-report: v: ')
})
