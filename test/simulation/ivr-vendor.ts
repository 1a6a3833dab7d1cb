import { PRODUCT } from '../../shared/channels/aliyun-voice/query-call.ts'
import { callName } from '../../shared/store/named-calls.ts'
import type { Mood } from './phone-world.ts'
import type { Phones } from './phones.ts'
import type { Process } from './world.ts'

const codes = { page: 'TTS_1', several: 'TTS_2', taken: 'TTS_3', passed: 'TTS_4' }

/** The route of calls to mainland China, as a configuration has it. */
export const ivrRoute = {
  to: '+86',
  type: 'aliyun-ivr',
  settings: { caller: '05710000000', templates: { en: codes }, keyId: 'LTAIsimulated', keySecret: 'simulated' },
}

/** What the vendor says by what it does; of a call that it takes it says more. */
const answers: Record<Mood, { status: number; code: string }> = {
  places: { status: 200, code: 'OK' },
  throttles: { status: 400, code: 'Throttling.User' },
  refuses: { status: 200, code: 'isv.VOICE_CALL_FAIL' },
  'loses the answer': { status: 500, code: 'isp.SYSTEM_ERROR' },
  'fails without calling': { status: 500, code: 'isp.GATEWAY_ERROR' },
}

/** A person's calls are looked through so far for one of a given name. */
const MOST_CALLS = 500

/** Alibaba Cloud as a process reaches it: it takes each request for a call as a call of its own, and says how one has ended. */
export function ivrFetch(phones: Phones, process: Process): typeof fetch {
  return async (url, init) => {
    const asked = new URL(String(url)).searchParams
    const action = new Headers(init?.headers).get('x-acs-action')
    if (action === 'IvrCall') return call(asked, phones, process)
    if (action === 'QueryCallDetailByCallId') return detail(asked, phones, process)
    throw new Error(`Nobody asks a vendor for ${action}`)
  }
}

async function call(asked: URLSearchParams, phones: Phones, process: Process): Promise<Response> {
  const outId = asked.get('OutId') ?? ''
  const phoneHash = `person-+86${asked.get('CalledNumber')}`
  const { token, seq } = named(outId, phoneHash)
  const { mood, contactId } = await phones.request({ token, route: ivrRoute.type, phoneHash, seq, outId }, process)
  const { status, code } = answers[mood]
  return said(status, { Code: code, Message: code, ...(mood === 'places' && { CallId: contactId }) })
}

/** Whose call a name is: the vendor does not know, and brings it back. */
function named(outId: string, phoneHash: string): { token: string; seq: number } {
  for (let seq = 1; seq <= MOST_CALLS; seq++) {
    const token = `line:${phoneHash}:${seq}`
    if (callName(token) === outId) return { token, seq }
  }
  return { token: outId, seq: 0 }
}

async function detail(asked: URLSearchParams, phones: Phones, process: Process): Promise<Response> {
  const ring = await process.step(() =>
    phones.rings.find(
      ({ contactId, startedAt }) =>
        contactId === asked.get('CallId') &&
        asked.get('ProdId') === PRODUCT.ivr &&
        Number(asked.get('QueryDate')) <= startedAt,
    ),
  )
  if (ring === undefined) return said(200, { Code: 'isv.INVALID_PARAMETERS', Message: 'no such call' })
  const state = ring.status ?? (ring.answeredAt === undefined ? '200201' : '200102')
  return said(200, { Code: 'OK', Message: 'OK', Data: JSON.stringify({ state, duration: 0 }) })
}

/** The channel reads no more of an answer than this. */
function said(status: number, body: object): Response {
  return { status, text: async () => JSON.stringify(body) } as Response
}
