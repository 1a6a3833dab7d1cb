import type { AliyunKey } from '../../clouds/aliyun/rpc.ts'
import type { DiagnosedRoute, DiagnoseRouteIo } from '../diagnosis.ts'
import { type Examination, type Found, fault, ok, skipped, warning } from '../finding.ts'
import { receiptsPath } from '../receipts-address.ts'
import { errors } from './errors.ts'
import { PRODUCT } from './look.ts'
import { aliyunReceipts } from './receipts.ts'
import { ask } from './request.ts'

type Keyed = { keyId: string; keySecret: string }

const consoleShows = 'the console of Voice Messaging Service shows it'

/** What can be told without calling: whether the key may ask, and where receipts are to be posted. No API tells of the rest. */
export function diagnoseVoice(route: DiagnosedRoute<Keyed>, vendor: string, io: DiagnoseRouteIo): Examination[] {
  return [
    { subject: `${route.name} key and account`, look: (signal) => account(route, vendor, io, signal) },
    { subject: `${route.name} receipts`, look: () => receipts(io) },
    {
      subject: `${route.name} qualification, number and templates`,
      look: async () => skipped('no API tells whether they are approved', `${consoleShows}; ${tryIt(io)}`),
    },
  ]
}

/** Asks about a call that there is not: whatever the vendor says of it, it has looked at key and account before. */
async function account(
  route: DiagnosedRoute<Keyed>,
  vendor: string,
  io: DiagnoseRouteIo,
  signal: AbortSignal,
): Promise<Found> {
  const { keyId, keySecret } = await route.settings()
  const key: AliyunKey = { accessKeyId: keyId, accessKeySecret: keySecret }
  const { now, fetch, env } = io
  const parameters = { CallId: '0', ProdId: PRODUCT.ivr, QueryDate: String(now()) }
  const answer = await ask('QueryCallDetailByCallId', parameters, {
    vendor,
    key,
    io: { now, fetch, env, signal },
  })
  if ('fields' in answer) return ok('the key is taken, and may ask about calls')
  const { code = '', class: kind } = answer.failure
  const remedy = errors.codes[code]?.remedy?.en ?? `look the code up: ${errors.source}`
  if (kind === 'bad-credentials' || kind === 'no-balance' || kind === 'sender-disabled' || kind === 'wrong-clock')
    return fault(`the vendor says ${code}`, remedy)
  if (kind === 'not-allowed') return warning(`the vendor says ${code}`, remedy)
  if (code.startsWith('isv.')) return ok('the key is taken, and the account is served')
  return warning(`the vendor can't be asked now: ${code || kind}`, 'look again in a minute')
}

async function receipts(io: DiagnoseRouteIo): Promise<Found> {
  const { ACKNOWLEDGE_URL, FENGHUO_SECRET } = await io.channelEnv()
  if (!ACKNOWLEDGE_URL || !FENGHUO_SECRET)
    return skipped('the deployed page names no address of acknowledge', 'deploy first')
  const address = `${ACKNOWLEDGE_URL.replace(/\/+$/, '')}${receiptsPath(aliyunReceipts.vendor, FENGHUO_SECRET)}`
  return skipped(
    `VoiceCallReport and VoiceReport are to be posted to ${address}; no API tells whether they are`,
    `subscribe to both under General settings; ${tryIt(io)}`,
  )
}

function tryIt({ stage }: DiagnoseRouteIo): string {
  return `bin/fenghuo.js page --test --wait${stage === undefined ? '' : ` --stage ${stage}`} shows it`
}
