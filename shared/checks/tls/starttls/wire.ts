import type { Socket } from 'node:net'
import { Fault, fact } from '../../run/fault.ts'
import type { StartTls } from './protocols.ts'

/** More than any server says before TLS begins; bytes. */
const SAID_LIMIT_BYTES = 16_384

/** A connection in the clear, read in the portions that its protocol has. Nothing is lost or read ahead for good. */
export class Wire {
  readonly #socket: Socket
  readonly #protocol: StartTls
  #received: Buffer<ArrayBufferLike> = Buffer.alloc(0)
  #total = 0

  constructor(socket: Socket, protocol: StartTls) {
    this.#socket = socket
    this.#protocol = protocol
  }

  send(data: string | Buffer): void {
    this.#socket.write(data)
  }

  /**
   * The next portion. `lengthOf` says how long it is, undefined while that can't be told. Rejects with a fault if the server
   * hangs up before, or says more in all than any does.
   */
  async take(lengthOf: (received: Buffer) => number | undefined): Promise<Buffer> {
    for (;;) {
      const length = lengthOf(this.#received)
      if (length !== undefined && length <= this.#received.length) {
        const portion = this.#received.subarray(0, length)
        this.#received = this.#received.subarray(length)
        return portion
      }
      if (this.#total > SAID_LIMIT_BYTES || (length ?? 0) > SAID_LIMIT_BYTES) throw this.stranger()
      const more = await this.#more()
      this.#total += more.length
      this.#received = Buffer.concat([this.#received, more])
    }
  }

  /** The next line, without its end. */
  async line(): Promise<string> {
    const line = await this.take((received) => received.indexOf('\n') + 1 || undefined)
    return line.toString('latin1').trimEnd()
  }

  /**
   * The connection as TLS may take it over. What came in the clear after the server had agreed would be taken for protected:
   * somebody on the way may have put it there (CVE-2011-0411, CVE-2021-23222).
   */
  handOver(): void {
    if (this.#received.length > 0) throw new Fault(fact('spoke-before-tls'))
  }

  /** It does not speak the protocol that it should. */
  stranger(): Fault {
    return new Fault(fact('not-this-server', { protocol: this.#protocol }))
  }

  /** It speaks it, and says no. */
  refusal(said: string): Fault {
    return new Fault(fact('server-says', { protocol: this.#protocol, said }))
  }

  #more(): Promise<Buffer> {
    const socket = this.#socket
    return new Promise((resolve, reject) => {
      const receive = (chunk: Buffer) => settle(() => resolve(chunk))
      const fail = (error: Error) => settle(() => reject(error))
      const end = () => fail(new Fault(fact('closed-without-response')))
      const settle = (how: () => void) => {
        socket.off('data', receive).off('error', fail).off('end', end)
        socket.pause()
        how()
      }
      socket.on('data', receive).on('error', fail).on('end', end)
      socket.resume()
    })
  }
}
