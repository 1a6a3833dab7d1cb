import type { Socket } from 'node:net'
import { Fault, fact } from '../run/fault.ts'

/** The largest body in the smallest chunks comes to less; what targets send beyond it can only be meant to harm. */
export const RECEIVED_LIMIT_BYTES = 16_777_216

/** In so long a gigabit connection brings as much as may come in all. */
const EVERY_MS = 100

/** What ends the counting of a connection. */
const counting = new WeakMap<Socket, () => void>()

/**
 * Ends a connection, with a fault, when more has come over it than any answer needs: not all that comes is handed on, and so counted
 * (frames of HTTP/2, interim responses, messages of TLS), but it takes time, and some of it memory.
 */
export function limitReceived(socket: Socket, scope: AbortSignal): void {
  const timer = setInterval(() => {
    if (socket.bytesRead <= RECEIVED_LIMIT_BYTES) return
    stop()
    socket.destroy(new Fault(fact('received-over-limit', { bytes: RECEIVED_LIMIT_BYTES })))
  }, EVERY_MS)
  const stop = () => clearInterval(timer)
  counting.set(socket, stop)
  scope.addEventListener('abort', stop)
  socket.once('close', stop)
}

/** For a connection that goes on within another one, which is counted itself. */
export function stopCounting(socket: Socket): void {
  counting.get(socket)?.()
}
