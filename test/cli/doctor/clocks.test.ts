import { afterEach, describe, expect, it } from 'vitest'
import { clocks } from '../../../cli/doctor/clocks.ts'
import type { Records } from '../../../shared/evaluation/record.ts'
import type { VantageState } from '../../../shared/evaluation/vantage.ts'
import { startVendorServer, type VendorServer } from '../../simulators/server.ts'
import { fenghuoYml } from '../terminal.ts'
import { configOf, lines, now, patientWith } from './patient.ts'

let server: VendorServer
afterEach(() => server.close())

/** A cloud whose clock is so far ahead of this machine's. */
async function cloud(aheadMs: number) {
  const date = new Date(now + aheadMs).toUTCString()
  server = await startVendorServer({
    answer: () => ({ status: 403, headers: { date }, body: {} }),
    refuse: () => ({ status: 500, body: {} }),
  })
  return server.url
}

const state = (told: Partial<VantageState>): { state: VantageState; records: Records } => ({
  state: { vantage: 'aws/ap-southeast-1', function: 'probe', heardAt: now - 30_000, records: '', faults: {}, ...told },
  records: new Map(),
})
const nobody = { vantages: async () => [] }

describe('this machine', () => {
  it.each([
    { off: 0, line: 'ok here and AWS: within 1 s', reason: 'the same, to the second' },
    { off: 29_000, line: 'ok here and AWS: within 30 s', reason: 'little' },
    { off: 31_000, line: 'warning here and AWS: this machine is 32 s behind AWS', reason: 'more than a network takes' },
    { off: -31_000, line: 'warning here and AWS: this machine is 31 s ahead of AWS', reason: 'the other way' },
    {
      off: 600_000,
      line: 'fault here and AWS: this machine is 601 s behind AWS: signatures are refused',
      reason: 'ten minutes',
    },
  ])('against a cloud that is $off ms ahead: $reason', async ({ off, line }) => {
    const patient = patientWith({ AWS_ENDPOINT_URL_SQS: await cloud(off) }, nobody)
    expect((await lines(clocks, patient))[0]).toBe(line)
    expect(server.requests).toHaveLength(1)
  })

  it('is compared with the clouds that vantages are in, whose limits differ', async () => {
    const url = await cloud(600_000)
    const vantages = 'vantages:\n  sg: aws/ap-southeast-1\n  gz: tencent/ap-guangzhou\n  hz: aliyun/cn-hangzhou'
    const config = configOf(fenghuoYml.replace('vantages:\n  sg: aws/ap-southeast-1', vantages))
    const moved = { AWS_ENDPOINT_URL_SQS: url, FENGHUO_TENCENT_URL: url, FENGHUO_ALIYUN_URL: url }
    expect(await lines(clocks, patientWith(moved, { ...nobody, config }))).toEqual([
      'fault here and AWS: this machine is 601 s behind AWS: signatures are refused',
      'fault here and Tencent Cloud: this machine is 601 s behind Tencent Cloud: signatures are refused',
      'warning here and Alibaba Cloud: this machine is 601 s behind Alibaba Cloud',
      'skipped probes: no report to tell by',
    ])
  })
})

describe('probes', () => {
  const ahead = { since: now - 60_000, ms: 45_000 }
  it.each([
    { reason: 'nothing has come', told: [], line: 'skipped probes: no report to tell by' },
    {
      reason: 'silent ones say nothing',
      told: [state({ heardAt: now - 300_000, skew: ahead })],
      line: 'skipped probes: no report to tell by',
    },
    { reason: 'right', told: [state({})], line: 'ok probes: by the last reports of 1 function: within 30 s' },
    {
      reason: 'ahead',
      told: [state({ skew: ahead }), state({ function: 'other' })],
      line: "warning aws/ap-southeast-1 probe: 45 s ahead of the queue's clock",
    },
    {
      reason: 'behind, or late',
      told: [state({ skew: { ...ahead, ms: -45_000 } })],
      line: "warning aws/ap-southeast-1 probe: 45 s behind the queue's clock, or its last report came that late",
    },
  ])('$reason', async ({ told, line }) => {
    const patient = patientWith({ AWS_ENDPOINT_URL_SQS: await cloud(0) }, { vantages: async () => told })
    expect((await lines(clocks, patient)).slice(1)).toEqual([line])
  })
})
