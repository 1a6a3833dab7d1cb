import { cast, onCall } from '../../cli/drill/cast.ts'
import { robots as robotTypes } from '../../cli/drill/files.ts'
import type { StageEvent } from '../../cli/drill/stage.ts'
import type { NoticeKind } from '../../shared/incidents/notice-kinds.ts'

/** The server goes down here, UTC ms. */
export const DOWN = Date.UTC(2026, 10, 21, 3)

const [lin, wang, chen] = cast
const everybody = cast.flatMap(({ phone, email }) => [
  { channel: 'sms', to: phone },
  { channel: 'email', to: email },
])

/** A rehearsal as it should be: found after 2 s, three calls, somebody acknowledges, all over after 9 s; then a storm and a fourth call. */
export function goodEvents(): StageEvent[] {
  const ring = (s: number, player = lin): StageEvent[] => [
    { type: 'ring', at: DOWN + s * 1000, call: `call-${player?.contact}`, phone: player?.phone ?? '' },
    ...['sms', 'email'].map((channel) =>
      message(s, 'page', { channel, to: (channel === 'sms' ? player?.phone : player?.email) ?? '' }),
    ),
  ]
  const call = (player = lin) => ({ call: `call-${player?.contact}`, phone: player?.phone ?? '' })
  return [
    { type: 'verdict', at: DOWN - 500, verdict: 'up' },
    { type: 'target', at: DOWN, is: 'down' },
    { type: 'verdict', at: DOWN + 1_900, verdict: 'down' },
    { type: 'incident', at: DOWN + 2_000, is: 'opened' },
    ...robots(2.2, 'opened'),
    ...ring(2.3, lin),
    { type: 'ended', at: DOWN + 2_400, ...call(lin), reason: 'TELECOM_UNANSWERED' },
    ...ring(2.7, wang),
    ...robots(2.7, 'escalated'),
    { type: 'listening', at: DOWN + 2_800, ...call(wang) },
    { type: 'ended', at: DOWN + 2_900, ...call(wang), reason: 'CUSTOMER_DISCONNECT' },
    ...ring(5, chen),
    ...robots(5, 'escalated'),
    { type: 'listening', at: DOWN + 5_100, ...call(chen) },
    { type: 'key', at: DOWN + 5_200, ...call(chen), key: '1' },
    { type: 'incident', at: DOWN + 5_300, is: 'acknowledged', action: action(5.3) },
    ...robots(5.4, 'acknowledged'),
    { type: 'ended', at: DOWN + 5_500, ...call(chen), reason: 'CONTACT_FLOW_DISCONNECT' },
    { type: 'target', at: DOWN + 6_000, is: 'up' },
    { type: 'verdict', at: DOWN + 7_400, verdict: 'up' },
    { type: 'incident', at: DOWN + 7_500, is: 'resolved', action: { at: DOWN + 7_500, via: 'system' } },
    ...robots(9, 'resolved'),
    ...everybody.map((recipient) => message(9, 'resolved', recipient)),
    { type: 'storm', at: DOWN + 9_500, is: 'raging' },
    ...ring(10, onCall),
    { type: 'listening', at: DOWN + 10_100, ...call(onCall) },
    { type: 'key', at: DOWN + 10_200, ...call(onCall), key: '1' },
    { type: 'ended', at: DOWN + 10_300, ...call(onCall), reason: 'CONTACT_FLOW_DISCONNECT' },
    { type: 'storm', at: DOWN + 10_700, is: 'joined' },
    { type: 'storm', at: DOWN + 11_500, is: 'over' },
    message(11.6, 'resolved', { channel: 'sms', to: onCall.phone }),
    message(11.6, 'resolved', { channel: 'email', to: onCall.email }),
  ]
}

function action(s: number) {
  return { at: DOWN + s * 1000, via: 'phone' as const, by: { contact: 'chen', name: 'Chen Tao' } }
}

function robots(s: number, what: NoticeKind): StageEvent[] {
  return robotTypes.map((channel) => message(s, what, { channel }))
}

export function message(s: number, what: NoticeKind, recipient: { channel: string; to?: string }): StageEvent {
  return { type: 'message', at: DOWN + s * 1000, what, ...recipient }
}
