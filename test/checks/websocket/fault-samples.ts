import type { WebSocketFault } from '../../../shared/checks/websocket/faults.ts'
import { type FaultSamples, QUOTED } from '../fault-samples.ts'

export const faultSamples: FaultSamples<WebSocketFault> = {
  'handshake-flawed': (['upgrade', 'accept', 'extension', 'protocol'] as const).map((how) => ({ how })),
  'frame-flawed': (['masked', 'reserved', 'control', 'continuation'] as const).map((how) => ({ how })),
  'message-over-limit': [{}],
  'frames-without-end': [{}],
  'websocket-closed': [{}, { status: 1011 }, { status: 1011, reason: QUOTED }],
  'message-lacks-in-time': [{ text: QUOTED, limitMs: 2_000 }],
}
