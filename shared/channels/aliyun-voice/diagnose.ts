import type { AliyunKey } from '../../clouds/aliyun/rpc.ts'
import type { VendorUrl } from '../channel.ts'
import type { DiagnosedRoute, DiagnoseRouteIo } from '../diagnoses/diagnosis.ts'
import type { Examination, Found } from '../diagnoses/finding.ts'
import { found as queued } from '../diagnoses/receipt-queues-findings.ts'
import { queuesOf } from '../receipts/receipt-queues.ts'
import { receiptsAddress } from '../receipts/receipts-address.ts'
import { found } from './findings.ts'
import { PRODUCT } from './query-call.ts'
import { aliyunReceipts } from './receipts.ts'
import { ask } from './request.ts'

type Keyed = { keyId: string; keySecret: string }

/** The route's type, and where its vendor is asked. */
interface Vendor {
  type: string
  url: VendorUrl
}

/** What can be told without calling: whether the key may ask, and how receipts get here. No API tells of the rest. */
export function diagnoseVoice(route: DiagnosedRoute<Keyed>, vendor: Vendor, io: DiagnoseRouteIo): Examination[] {
  return [
    {
      subject: { en: `${route.name} key and account`, zh: `${route.name} 密钥与账号` },
      ask: (signal) => account(route, vendor, io, signal),
    },
    { subject: { en: `${route.name} receipts`, zh: `${route.name} 回执` }, ask: () => receipts(route, vendor, io) },
    {
      subject: { en: `${route.name} qualification, number and templates`, zh: `${route.name} 资质、号码与模板` },
      ask: async () => found('approval-untold', io.stage),
    },
  ]
}

/** Asks about a call that there is not: whatever the vendor says of it, it has looked at key and account before. */
async function account(
  route: DiagnosedRoute<Keyed>,
  vendor: Vendor,
  io: DiagnoseRouteIo,
  signal: AbortSignal,
): Promise<Found> {
  const { keyId, keySecret } = await route.settings()
  const key: AliyunKey = { accessKeyId: keyId, accessKeySecret: keySecret }
  const { now, fetch, env } = io
  const parameters = { CallId: '0', ProdId: PRODUCT.ivr, QueryDate: String(now()) }
  const answer = await ask('QueryCallDetailByCallId', parameters, {
    vendor: vendor.type,
    key,
    io: { now, fetch, env, signal },
    at: vendor.url,
  })
  if ('fields' in answer) return found('key-taken')
  const { code = '', class: kind } = answer.failure
  if (kind === 'bad-credentials' || kind === 'no-balance' || kind === 'sender-disabled' || kind === 'wrong-clock')
    return found('refused', code)
  if (kind === 'not-allowed') return found('not-allowed', code)
  if (code.startsWith('isv.')) return found('served')
  return found('not-now', code || kind)
}

async function receipts({ written }: DiagnosedRoute<Keyed>, { type }: Vendor, io: DiagnoseRouteIo): Promise<Found> {
  const address = receiptsAddress(aliyunReceipts.vendor, await io.channelEnv())
  if (address === undefined) return found('no-address')
  const read = queuesOf(type, written)
  return read === undefined ? found('receipts-untold', address, io.stage) : queued('read', read, address)
}
