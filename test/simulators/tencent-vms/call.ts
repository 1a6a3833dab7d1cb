import { randomUUID } from 'node:crypto'
import type { Schedule } from '../clock.ts'
import { type CallEvent, ringing, type SimulatedCall } from '../connect/simulated-call.ts'

/** What a call needs of the vendor. */
export interface Line {
  from: string
  ringMs: number
  speakingMs(text: string): number
  now(): number
  schedule: Schedule
  tell(event: CallEvent): void
  push(callback: object): void
}

/** A call, and whoever plays its phone. */
export interface LiveCall {
  call: SimulatedCall
  ring(): void
  answer(): void
  /** `failure`: the code with which the network has ended it. */
  end(failure?: number): void
}

/** Makes a call of Tencent Cloud's: it says its sentence so many times, takes no key, and posts how it has ended. */
export function placeCall(to: string, text: string, playTimes: number, line: Line): LiveCall {
  const call = ringing({
    contactId: randomUUID(),
    to,
    from: line.from,
    attributes: { language: /\p{Script=Han}/u.test(text) ? 'zh' : 'en' },
    initiatedAt: line.now(),
  })
  const of = { callid: call.contactId, call_from: call.from, mobile: to.replace(/^\+86/, ''), nationcode: '86' }
  const seconds = (at: number | undefined) => String(Math.floor((at ?? 0) / 1000))
  let timer = () => {}
  const later = (ms: number, task: () => void) => {
    timer()
    timer = line.schedule(ms, task)
  }

  function say(times: number): void {
    const spoken = { voice: 'TTS', text }
    call.transcript.push(spoken)
    line.tell({ type: 'speak', call, spoken })
    later(line.speakingMs(text), () => (times > 1 ? say(times - 1) : live.end()))
  }

  const live: LiveCall = {
    call,
    ring() {
      later(line.ringMs, () => live.end(5))
      line.tell({ type: 'ring', call })
    },
    answer() {
      if (call.state !== 'ringing') throw new Error(`call ${call.contactId} is ${call.state}, it does not ring`)
      call.state = 'answered'
      call.connectedAt = line.now()
      line.tell({ type: 'answered', call })
      say(playTimes)
    },
    end(failure) {
      if (call.state === 'disconnected') return
      timer()
      call.state = 'disconnected'
      call.disconnectedAt = line.now()
      call.disconnectReason = failure === undefined ? 'over' : String(failure)
      const { initiatedAt, connectedAt, disconnectedAt } = call
      const prompt = {
        result: connectedAt === undefined ? '1' : '0',
        accept_time: seconds(connectedAt),
        start_calltime: seconds(initiatedAt),
        end_calltime: seconds(disconnectedAt),
        fee: connectedAt === undefined ? '0' : '1',
      }
      if (failure !== undefined && connectedAt === undefined)
        line.push({ voice_failure_callback: { ...of, failure_code: failure, failure_reason: 'failure' } })
      line.push({ voiceprompt_callback: { ...of, ...prompt } })
      line.tell({ type: 'disconnected', call })
    },
  }
  return live
}
