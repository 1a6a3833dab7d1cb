import type { SimulatedCall } from '../connect/simulated-call.ts'

const BEIJING_MS = 8 * 3_600_000

/** `2026-11-28 10:13:06`: the wall clock of Beijing, without a zone. Empty for a time that never came. */
export function beijing(at: number | undefined): string {
  return at === undefined ? '' : new Date(at + BEIJING_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** What receipts tell of a call. */
type Reported = Pick<
  SimulatedCall,
  'contactId' | 'from' | 'to' | 'keys' | 'initiatedAt' | 'connectedAt' | 'disconnectedAt'
>

/** A VoiceCallReport: while the call goes on. */
export function callState(
  { contactId }: Pick<Reported, 'contactId'>,
  outId: string | undefined,
  status: string,
  at: number,
  more: object,
): object {
  return { call_id: contactId, status_code: status, status_time: beijing(at), ...named(outId), ...more }
}

/** A VoiceReport: after its end. */
export function voiceReport(call: Reported, outId: string | undefined, status: string, by: '用户' | '机器'): object {
  const { connectedAt, disconnectedAt = 0, initiatedAt } = call
  const seconds = connectedAt === undefined ? 0 : Math.ceil((disconnectedAt - connectedAt) / 1000)
  return {
    call_id: call.contactId,
    originate_time: beijing(initiatedAt),
    ring_time: beijing(initiatedAt),
    start_time: beijing(connectedAt),
    b_start_time: beijing(connectedAt),
    end_time: beijing(disconnectedAt),
    duration: `${seconds}秒`,
    status_code: status,
    status_msg: '执行完成',
    caller: call.from,
    callee: call.to.replace(/^\+86/, ''),
    ...(connectedAt === undefined ? {} : { hangup_direction: by }),
    ...named(outId),
    ...(call.keys.length > 0 ? { dtmf: call.keys.join('') } : {}),
    voice_type: 'voice',
    toll_type: 'LOCAL',
  }
}

/** A key in the other shape that the vendor's quick start shows: without the name of the call. */
export function digitsReceipt({ contactId, initiatedAt, to }: SimulatedCall, digits: string): object {
  return { call_id: contactId, call_time: beijing(initiatedAt), called_num: to.replace(/^\+86/, ''), digits }
}

function named(outId: string | undefined): object {
  return outId === undefined ? {} : { out_id: outId }
}
