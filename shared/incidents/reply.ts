import { parseDuration } from '../contracts/duration.ts'
import { KEY_SNOOZE_MS } from '../contracts/phone-keys.ts'
import { LONGEST_SNOOZE_MS, SHORTEST_SNOOZE_MS } from '../contracts/snooze.ts'

/** What somebody may do to an incident by a text of their own. */
export type ReplyAct = 'acknowledge' | 'pass' | 'snooze' | 'give-back' | 'resolve'

/** What a text asks for. Without a number it is meant for the only incident that there is. */
export interface Reply {
  act: ReplyAct
  number?: number
  /** Of `snooze`: for how long. */
  ms?: number
  /** Of `resolve`: though it still burns. */
  force?: true
}

/** A text longer than this is a letter, and asks for nothing. */
const MOST_CHARACTERS = 60

const acts: Record<ReplyAct, string[]> = {
  acknowledge: ['ack', 'acknowledge', 'take', '认领', '認領'],
  pass: ['pass', 'escalate', '转交', '轉交', '升级'],
  snooze: ['snooze', '稍后', '稍後'],
  'give-back': ['unack', '退回'],
  resolve: ['resolve', 'close', '恢复', '关闭', '結束', '结束'],
}

const forced = ['force', '强制', '強制']

const units: Record<string, string> = { 天: 'd', 小时: 'h', 时: 'h', 分钟: 'm', 分: 'm' }

/**
 * Reads `ack 1024`, `认领1024号`, `snooze 1024 2h`, `稍后 1024 30分钟`, `resolve #1024 force`. Undefined: it asks for nothing that is known,
 * or for more than one thing. Letters may be large, digits and blanks of full width.
 */
export function replyIn(text: string): Reply | undefined {
  if (text.length > MOST_CHARACTERS) return undefined
  const plain = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[。.!]$/, '')
  for (const [act, words] of Object.entries(acts) as [ReplyAct, string[]][])
    for (const word of words) {
      const reply = plain.startsWith(word) ? restOf(act, plain.slice(word.length), word) : undefined
      if (reply !== undefined) return reply
    }
  return undefined
}

/** What follows the word: a number, and what belongs to the act. */
function restOf(act: ReplyAct, rest: string, word: string): Reply | undefined {
  // A word of Latin letters ends before a blank or a number: `takeaway` is none.
  if (/^[a-z]/.test(rest) && /[a-z]$/.test(word)) return undefined
  const [, digits, more = ''] = /^\s*(?:#?(\d{1,9})(?=$|\s|号)\s*号?)?\s*(.*)$/.exec(rest) ?? []
  const reply: Reply = { act, ...(digits !== undefined && { number: Number(digits) }) }
  if (act === 'snooze') {
    const ms = more === '' ? KEY_SNOOZE_MS : durationIn(more)
    return ms === undefined || ms < SHORTEST_SNOOZE_MS || ms > LONGEST_SNOOZE_MS ? undefined : { ...reply, ms }
  }
  if (act === 'resolve' && forced.includes(more)) return { ...reply, force: true }
  return more === '' ? reply : undefined
}

function durationIn(text: string): number | undefined {
  const [, amount, unit = ''] = /^([\d.]+)\s*(\D+)$/.exec(text) ?? []
  return amount === undefined ? undefined : parseDuration(`${amount}${units[unit] ?? unit}`)
}
