import type { Socket } from 'node:net'
import { Fault, fact } from '../run/fault.ts'

/** The whole greeting of a mail server may be so long. */
const REPLY_LIMIT_BYTES = 16_384

/**
 * Brings a connection with a mail server to the point where TLS begins: greeting, EHLO, STARTTLS (RFC 3207). Rejects with
 * a fault if the server is none, refuses, or does not offer it.
 */
export async function startTls(socket: Socket): Promise<void> {
  await expectReply(socket, 220)
  // A name that stands for nobody (RFC 6761); servers do not look it up before a mail is sent.
  socket.write('EHLO fenghuo.invalid\r\n')
  const offers = await expectReply(socket, 250)
  if (!offers.some((line) => /^STARTTLS\b/i.test(line))) throw new Fault(fact('starttls-not-offered'))
  socket.write('STARTTLS\r\n')
  await expectReply(socket, 220)
}

/** The texts of the next reply's lines. */
async function expectReply(socket: Socket, code: number): Promise<string[]> {
  const lines = (await readReply(socket)).split(/\r?\n/)
  const last = lines.at(-1) ?? ''
  if (!/^\d{3}( |$)/.test(last)) throw new Fault(fact('not-a-mail-server'))
  if (!last.startsWith(String(code))) throw new Fault(fact('mail-server-says', { said: last }))
  return lines.map((line) => line.slice(4))
}

/** `250-first`, …, `250 last`: the space marks the last line (RFC 5321, section 4.2.1). */
function readReply(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const receive = (chunk: Buffer) => {
      text += chunk.toString('latin1')
      const isWhole = text.endsWith('\n') && /(^|\n)(?!\d{3}-)[^\n]*\n$/.test(text)
      if (isWhole || text.length > REPLY_LIMIT_BYTES) settle(() => resolve(text.trimEnd()))
    }
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
