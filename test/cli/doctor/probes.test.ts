import { expect, it } from 'vitest'
import { examine } from '../../../cli/doctor/examine.ts'
import { probes } from '../../../cli/doctor/probes.ts'
import type { VerdictWord } from '../../../shared/contracts/words.ts'
import { unpack } from '../../../shared/evaluation/record.ts'
import { type VantageState, vantageMachine } from '../../../shared/evaluation/vantage.ts'
import type { VantageRecords } from '../../../shared/evaluation/vantages.ts'
import { fenghuoYml } from '../terminal.ts'
import { configOf, lines, now, patientWith } from './patient.ts'

const SG = 'aws/ap-southeast-1'
const GZ = 'tencent/ap-guangzhou'
const MINUTE = 60_000
const ALL = ['pay/web', 'pay/api', 'shop/home']

const two = configOf(fenghuoYml.replace('vantages:\n', 'vantages:\n  gz: tencent/ap-guangzhou\n'))

interface Told {
  vantage?: string
  function?: string
  version?: string
  checks?: string[]
  outcome?: VerdictWord
  /** Minutes since the last of its three reports. */
  minutesAgo?: number
}

/** What a probe function has told in three runs, as evaluate remembers it. */
function told(given: Told = {}): VantageRecords {
  const { vantage = SG, function: name = 'probe', version = '$LATEST', checks = ALL, outcome = 'up' } = given
  let state: VantageState | undefined
  for (const before of [2, 1, 0]) {
    const sentAt = now - ((given.minutesAgo ?? 0) + before) * MINUTE - 20_000
    const runner = {
      function: name,
      run: `r${before}`,
      version,
      startedAt: sentAt,
      finishedAt: sentAt,
      coldStart: false,
    }
    const observations = checks.map((check) => ({ check, project: 'pay', at: sentAt, outcome }))
    const report = { v: 1 as const, kind: 'report' as const, vantage, runner, observations }
    state = vantageMachine.transition(state, { type: 'report', report, sentAt, staleAfterMs: () => MINUTE }, now).state
  }
  if (state === undefined) throw new Error('the reports left nothing')
  return { state, records: unpack(state) }
}

const look = (known: VantageRecords[], config = two) =>
  lines(probes, patientWith({}, { config, vantages: async () => known }))
const gz = (more: Told = {}) => told({ vantage: GZ, ...more })

it('all report', async () => {
  expect(await look([told(), gz()])).toEqual([
    'ok gz (tencent/ap-guangzhou): 3 checks, heard 20 s ago',
    'ok sg (aws/ap-southeast-1): 3 checks, heard 20 s ago',
    'skipped versions: the clouds number them by themselves: nothing to compare',
  ])
})

it.each<[reason: string, known: VantageRecords[], line: string]>([
  ['nothing ever came', [], 'fault gz (tencent/ap-guangzhou): has never reported'],
  [
    'the timer stopped, or the queue is not reached',
    [gz({ minutesAgo: 12 })],
    'fault gz (tencent/ap-guangzhou): probe is silent: last heard 12min ago',
  ],
  [
    'two runs missed are no silence yet',
    [gz({ minutesAgo: 2 })],
    'ok gz (tencent/ap-guangzhou): 3 checks, heard 2min ago',
  ],
  [
    'one of two functions stopped',
    [gz({ checks: ['pay/web', 'pay/api'] }), gz({ function: 'other', checks: ['shop/home'], minutesAgo: 5 })],
    'fault gz (tencent/ap-guangzhou): other is silent: last heard 5min ago',
  ],
  [
    'one that was renamed has left all it ran to another',
    [gz(), gz({ function: 'older', minutesAgo: 600 })],
    'ok gz (tencent/ap-guangzhou): 3 checks, heard 20 s ago',
  ],
  [
    'no function runs some kind of check',
    [gz({ checks: ['pay/web'] })],
    'fault gz (tencent/ap-guangzhou): reports, but not of pay/api, shop/home',
  ],
  [
    'it fails most of what others see up',
    [gz({ outcome: 'down' })],
    'warning gz (tencent/ap-guangzhou): faulty: most of its checks fail while others see them up, so it has no vote',
  ],
])('%s', async (_reason, known, line) => {
  expect((await look([told(), ...known]))[0]).toBe(line)
})

it.each<[reason: string, versions: [string, string], line: string]>([
  ['ours, and equal', ['0.1.0+a', '0.1.0+a'], 'ok versions: all run 0.1.0+a, as this checkout is'],
  [
    'equal, and of another checkout',
    ['0.1.0+b', '0.1.0+b'],
    'warning versions: all run 0.1.0+b, and this checkout is 0.1.0+a',
  ],
  [
    'ours, and not equal',
    ['0.1.0+a', '0.1.0+b'],
    'warning versions: differ: 0.1.0+a at aws/ap-southeast-1; 0.1.0+b at tencent/ap-guangzhou',
  ],
  [
    "a cloud's count beside ours says nothing",
    ['$LATEST', '0.1.0+a'],
    'ok versions: all run 0.1.0+a, as this checkout is',
  ],
])('versions that are %s', async (_reason, [one, other], line) => {
  expect((await look([told({ version: one }), gz({ version: other })])).at(-1)).toBe(line)
})

it.each([
  ['the primary region', 'aws/ap-southeast-1', 'npx sls deploy --stage prod --region ap-southeast-1'],
  [
    'a further region of AWS, which has the probe alone',
    'aws/us-east-1',
    'npx sls deploy --config serverless.probe.yml --stage prod --region us-east-1 --param="primaryRegion=ap-southeast-1"',
  ],
  [
    'another cloud',
    'tencent/ap-guangzhou',
    'npx sls deploy --config serverless.tencent.yml --stage prod --region ap-guangzhou',
  ],
])('says how to deploy %s that never reported', async (_reason, vantage, remedy) => {
  const config = configOf(
    fenghuoYml.replace('vantages:\n', 'vantages:\n  gz: tencent/ap-guangzhou\n  us: aws/us-east-1\n'),
  )
  const patient = patientWith({}, { config, vantages: async () => [] })
  const found = await examine([probes], patient, { limit: () => AbortSignal.timeout(5000) })
  expect(found.find(({ subject }) => subject.en.includes(vantage))).toMatchObject({
    status: 'fault',
    remedy: { en: remedy },
  })
})

it('the local stack plays one vantage of each cloud', async () => {
  const stack = { probes: { probe: SG } } as never
  const found = await lines(probes, { ...patientWith({}, { config: two, vantages: async () => [told()] }), stack })
  expect(found[0]).toBe('skipped gz (tencent/ap-guangzhou): the local stack plays aws/ap-southeast-1')
})
