import { randomInt } from 'node:crypto'
import type { Schedule } from '../clock.ts'
import { type CallEvent, ringing, type SimulatedCall } from '../connect/simulated-call.ts'
import { callState, voiceReport } from './receipts.ts'

/** What a call is asked to be. */
export interface Wanted {
  from: string
  /** As it was written. */
  to: string
  outId: string | undefined
  opening: string
  playTimes: number
  /** Key → what is said when it is pressed; none: a notice. */
  menu: Record<string, string>
  keyMs: number
}

/** What a call needs of the vendor. */
export interface Line {
  ringMs: number
  speakingMs(text: string): number
  now(): number
  schedule: Schedule
  tell(event: CallEvent): void
  push(receipt: object): void
}

/** A call, and whoever plays its phone. */
export interface LiveCall {
  call: SimulatedCall
  outId: string | undefined
  /** Its final status; undefined while it goes on. */
  status: string | undefined
  ring(): void
  answer(): void
  press(key: string): boolean
  silence(): boolean
  end(status: string, by?: '用户' | '机器'): void
}

/** Makes a call of Alibaba Cloud's: it says its text, takes one key, and posts receipts of all that. */
export function placeCall(wanted: Wanted, line: Line): LiveCall {
  const call = ringing({
    contactId: `${randomInt(1e11, 9e11)}^${randomInt(1e11, 9e11)}`,
    to: `+86${wanted.to.replace(/^0/, '')}`,
    from: wanted.from,
    name: wanted.outId,
    attributes: { language: /\p{Script=Han}/u.test(wanted.opening) ? 'zh' : 'en' },
    initiatedAt: line.now(),
  })
  let timer = () => {}
  const state = (code: string, more: object = {}) => line.push(callState(call, wanted.outId, code, line.now(), more))
  const later = (ms: number, task: () => void) => {
    timer()
    timer = line.schedule(ms, task)
  }

  function say(text: string): void {
    const spoken = { voice: 'TTS', text }
    call.transcript.push(spoken)
    line.tell({ type: 'speak', call, spoken })
  }

  /** Whether a key during the opening cuts it short is not documented: it is taken, and the text is not said again. */
  function play(times: number): void {
    say(wanted.opening)
    call.listening = Object.keys(wanted.menu).length > 0
    if (call.listening) line.tell({ type: 'listening', call })
    later(line.speakingMs(wanted.opening) + (times > 1 ? 0 : wanted.keyMs), () => {
      if (times > 1) play(times - 1)
      else live.end(call.listening ? '200008' : '200000', '机器')
    })
  }

  const live: LiveCall = {
    call,
    outId: wanted.outId,
    status: undefined,
    ring() {
      later(line.ringMs, () => live.end('200003'))
      state('200101')
      state('200201')
      line.tell({ type: 'ring', call })
    },
    answer() {
      if (call.state !== 'ringing') throw new Error(`call ${call.contactId} is ${call.state}, it does not ring`)
      call.state = 'answered'
      call.connectedAt = line.now()
      state('200102')
      line.tell({ type: 'answered', call })
      play(wanted.playTimes)
    },
    press(key) {
      const says = wanted.menu[key]
      if (!call.listening || says === undefined) return false
      call.keys.push(key)
      call.listening = false
      line.tell({ type: 'key', call, key })
      state('300000', { dtmf: key, smart_status_code: 'ANSWERED' })
      say(says)
      later(line.speakingMs(says), () => live.end('200000', '机器'))
      return true
    },
    silence() {
      if (!call.listening) return false
      live.end('200008', '机器')
      return true
    },
    end(status, by = '用户') {
      if (call.state === 'disconnected') return
      timer()
      const rang = call.state === 'ringing' || call.connectedAt !== undefined
      call.state = 'disconnected'
      call.listening = false
      call.disconnectedAt = line.now()
      call.disconnectReason = status
      live.status = status
      if (rang) state('200100')
      line.push(voiceReport(call, wanted.outId, status, by))
      line.tell({ type: 'disconnected', call })
    },
  }
  return live
}
