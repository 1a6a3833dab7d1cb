import type { CheckKind } from '../kind.ts'
import type { WebSocketSpec } from './spec.ts'

/** Opens a web socket, and says and hears something if that is asked for; what does so is loaded when such a check runs. */
export const websocket: CheckKind<WebSocketSpec> = {
  kind: 'websocket',
  async run({ spec }, io, deadline) {
    const { runWebSocket } = await import('./websocket.ts')
    return runWebSocket(spec, io, deadline)
  },
}
