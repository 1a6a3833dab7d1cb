import type { CheckKind } from '../kind.ts'
import type { GrpcSpec } from './spec.ts'

/** Asks a gRPC server for its health; what does so is loaded when such a check runs. */
export const grpc: CheckKind<GrpcSpec> = {
  kind: 'grpc',
  async run({ spec }, io, deadline) {
    const { runGrpc } = await import('./grpc.ts')
    return runGrpc(spec, io, deadline)
  },
}
