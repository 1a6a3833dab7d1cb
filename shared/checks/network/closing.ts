import type { Socket } from 'node:net'
import { isFault } from '../run/fault.ts'

/** Closes a connection when `work` over it is done, which is told its other end's address. What it was ended for says more than what its end meant to a client. */
export async function closing<T>(socket: Socket, work: (at: string) => Promise<T>): Promise<T> {
  try {
    return await work(socket.remoteAddress ?? '')
  } catch (error) {
    throw isFault(socket.errored) ? socket.errored : error
  } finally {
    socket.destroy()
  }
}
