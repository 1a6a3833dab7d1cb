import type { GrpcFault } from '../../../shared/checks/grpc/faults.ts'
import { type FaultSamples, QUOTED } from '../fault-samples.ts'

/** What is the same word in both languages. */
export const sameInBoth = /gRPC/

export const faultSamples: FaultSamples<GrpcFault> = {
  'not-serving': (['UNKNOWN', 'NOT_SERVING', 'SERVICE_UNKNOWN'] as const).map((status) => ({ status })),
  'grpc-status': [...Array.from({ length: 18 }, (_, status) => ({ status })), { status: 14, said: QUOTED }],
  'grpc-status-missing': [{}],
  'not-grpc': [{}],
  'health-unreadable': [{}],
}
