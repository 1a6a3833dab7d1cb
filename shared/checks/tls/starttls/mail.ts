import { Fault, fact } from '../../run/fault.ts'
import type { Wire } from './wire.ts'

/** Greeting, EHLO, STARTTLS (RFC 3207). */
export async function smtp(wire: Wire): Promise<void> {
  await smtpReply(wire, 220)
  // A name that stands for nobody (RFC 6761); servers do not look it up before a mail is sent.
  wire.send('EHLO fenghuo.invalid\r\n')
  const offers = await smtpReply(wire, 250)
  if (!offers.some((line) => /^STARTTLS\b/i.test(line))) throw new Fault(fact('starttls-not-offered'))
  wire.send('STARTTLS\r\n')
  await smtpReply(wire, 220)
}

/** The texts of the next reply's lines: `250-first`, …, `250 last`, the space marks the last (RFC 5321, section 4.2.1). */
async function smtpReply(wire: Wire, code: number): Promise<string[]> {
  const texts: string[] = []
  for (;;) {
    const line = await wire.line()
    const [, said, more] = /^(\d{3})(-| |$)/.exec(line) ?? []
    if (said === undefined) throw wire.stranger()
    if (said !== String(code)) throw wire.refusal(line)
    texts.push(line.slice(4))
    if (more !== '-') return texts
  }
}

/** Greeting, CAPABILITY, STARTTLS (RFC 9051, sections 6.1.1 and 6.2.1). */
export async function imap(wire: Wire): Promise<void> {
  const greeting = await wire.line()
  if (!/^\* (OK|PREAUTH|BYE)\b/i.test(greeting)) throw wire.stranger()
  // Whoever is known by the connection alone can't change over any more.
  if (!/^\* OK\b/i.test(greeting)) throw wire.refusal(greeting.slice(2))
  const said = await imapCommand(wire, 'a1', 'CAPABILITY')
  if (!said.some((line) => /^\* CAPABILITY .*\bSTARTTLS\b/i.test(line))) throw new Fault(fact('starttls-not-offered'))
  await imapCommand(wire, 'a2', 'STARTTLS')
}

/** What comes untagged before the command's own answer. */
async function imapCommand(wire: Wire, tag: string, command: string): Promise<string[]> {
  wire.send(`${tag} ${command}\r\n`)
  const untagged: string[] = []
  for (;;) {
    const line = await wire.line()
    if (line.startsWith('* ')) untagged.push(line)
    else if (!line.startsWith(`${tag} `)) throw wire.stranger()
    else if (/^\S+ OK\b/i.test(line)) return untagged
    else throw wire.refusal(line.slice(tag.length + 1))
  }
}

/** Greeting, CAPA where it is known, STLS (RFC 2595, section 4; RFC 2449). */
export async function pop3(wire: Wire): Promise<void> {
  await pop3Reply(wire)
  wire.send('CAPA\r\n')
  const offers = await pop3Capabilities(wire)
  if (offers !== undefined && !offers.some((line) => /^STLS$/i.test(line)))
    throw new Fault(fact('starttls-not-offered'))
  wire.send('STLS\r\n')
  await pop3Reply(wire)
}

async function pop3Reply(wire: Wire): Promise<void> {
  const line = await wire.line()
  if (/^-ERR\b/.test(line)) throw wire.refusal(line)
  if (!/^\+OK\b/.test(line)) throw wire.stranger()
}

/** Undefined of a server that knows no CAPA, which is not bound to. */
async function pop3Capabilities(wire: Wire): Promise<string[] | undefined> {
  const first = await wire.line()
  if (/^-ERR\b/.test(first)) return undefined
  if (!/^\+OK\b/.test(first)) throw wire.stranger()
  const lines: string[] = []
  for (let line = await wire.line(); line !== '.'; line = await wire.line()) lines.push(line)
  return lines
}
