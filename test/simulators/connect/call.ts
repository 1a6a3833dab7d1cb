import { randomUUID } from 'node:crypto'
import type { Schedule } from '../clock.ts'
import type { ContactEventType } from './events.ts'
import { type FlowHost, runFlow } from './flow.ts'
import type { Flow } from './flow-rules.ts'
import { lambdaEvent } from './lambda-event.ts'
import type { Scope } from './references.ts'
import type { StartOutbound } from './request.ts'
import { type CallEvent, ringing, type SimulatedCall } from './simulated-call.ts'

/** What a call needs of the instance it belongs to. */
export interface Line {
  instanceArn: string
  region: string
  flow: Flow
  ringMs: number
  /** How long saying a text takes. */
  speakingMs(text: string): number
  invokeLambda(arn: string, event: unknown): Promise<unknown>
  now(): number
  schedule: Schedule
  tell(event: CallEvent): void
  publish(type: ContactEventType, call: SimulatedCall): void
}

/** A call and the hands of whoever holds the phone. */
export interface LiveCall {
  call: SimulatedCall
  /** Tells the world of the call. */
  ring(): void
  /** Resolves when the flow waits for a key, or the call is over. */
  answer(): Promise<void>
  /** False when nobody waits for a key: it is lost. Otherwise resolves as `answer` does. */
  press(key: string): Promise<boolean>
  /** Lets the input time limit run out now. Resolves as `press` does. */
  silence(): Promise<boolean>
  end(reason: string): void
}

/** Rejects what a flow waits for when the call is over. */
class CallOver extends Error {}

/** Makes a call, which ends by itself when it was not answered after `ringMs`. */
export function placeCall(request: StartOutbound, from: string, line: Line): LiveCall {
  const call = ringing({
    contactId: randomUUID(),
    to: request.DestinationPhoneNumber,
    from,
    flowId: request.ContactFlowId,
    clientToken: request.ClientToken,
    name: request.Name,
    description: request.Description,
    references: request.References ?? {},
    attributes: { ...request.Attributes },
    initiatedAt: line.now(),
  })
  let settle: (() => void)[] = []
  let onInput: ((key: string | undefined) => void) | undefined
  const whenOver = new Set<() => void>()
  const stopRinging = line.schedule(line.ringMs, () => end('TELECOM_TIMEOUT'))

  function settled(): Promise<void> {
    if (call.listening || call.state === 'disconnected') return Promise.resolve()
    return new Promise((resolve) => settle.push(resolve))
  }

  function wake(): void {
    for (const resolve of settle) resolve()
    settle = []
  }

  function end(reason: string): void {
    if (call.state === 'disconnected') return
    stopRinging()
    call.state = 'disconnected'
    call.listening = false
    call.disconnectedAt = line.now()
    call.disconnectReason = reason
    for (const over of whenOver) over()
    line.publish('DISCONNECTED', call)
    line.publish('COMPLETED', call)
    line.tell({ type: 'disconnected', call })
    wake()
  }

  /** Starts `work` and waits until it is done, or rejects as soon as the call is over; then its clean-up runs. */
  function whileUp<T>(work: (done: (value: T) => void) => () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      if (call.state === 'disconnected') return reject(new CallOver())
      let finished = false
      let cleanUp = () => {}
      const finish = (settlePromise: () => void) => {
        if (finished) return
        finished = true
        whenOver.delete(over)
        cleanUp()
        settlePromise()
      }
      const over = () => finish(() => reject(new CallOver()))
      whenOver.add(over)
      cleanUp = work((value) => finish(() => resolve(value)))
      if (finished) cleanUp()
    })
  }

  function say(text: string, voice: string): void {
    const spoken = { voice, text }
    call.transcript.push(spoken)
    line.tell({ type: 'speak', call, spoken })
  }

  const host: FlowHost = {
    attributes: call.attributes,
    scope: () => scopeOf(call, line),
    speak: (text, voice) => {
      say(text, voice)
      const ms = line.speakingMs(text)
      return ms > 0 ? whileUp((done) => line.schedule(ms, () => done(undefined))) : Promise.resolve()
    },
    listen: (text, voice, limitMs) => {
      say(text, voice)
      return whileUp((done) => {
        const stopWaiting = line.schedule(line.speakingMs(text) + limitMs, () => done(undefined))
        onInput = done
        call.listening = true
        line.tell({ type: 'listening', call })
        wake()
        return () => {
          stopWaiting()
          onInput = undefined
          call.listening = false
        }
      })
    },
    invoke: (arn, parameters, limitMs) =>
      whileUp((done) => {
        const fail = (reason: string) => {
          line.tell({ type: 'lambda-failed', call, reason })
          done({ failed: reason })
        }
        line.invokeLambda(arn, lambdaEvent(call, line.instanceArn, parameters)).then(
          (answer) => done({ answer }),
          (error: unknown) => fail(String(error)),
        )
        return line.schedule(limitMs, () => fail(`not back within ${limitMs} ms`))
      }),
  }

  async function live(): Promise<void> {
    try {
      await runFlow(line.flow, host)
      end('CONTACT_FLOW_DISCONNECT')
    } catch (error) {
      if (error instanceof CallOver) return
      line.tell({ type: 'flow-failed', call, reason: String(error) })
      end('OTHER')
    }
  }

  function input(key: string | undefined): Promise<boolean> {
    if (!onInput) return Promise.resolve(false)
    if (key !== undefined) {
      call.keys.push(key)
      line.tell({ type: 'key', call, key })
    }
    onInput(key)
    return settled().then(() => true)
  }

  return {
    call,
    ring: () => {
      line.publish('INITIATED', call)
      line.tell({ type: 'ring', call })
    },
    answer: () => {
      if (call.state !== 'ringing') throw new Error(`call ${call.contactId} is ${call.state}, it does not ring`)
      stopRinging()
      call.state = 'answered'
      call.connectedAt = line.now()
      line.publish('CONNECTED_TO_SYSTEM', call)
      line.tell({ type: 'answered', call })
      void live()
      return settled()
    },
    press: (key) => {
      if (!/^[0-9*#]$/.test(key)) throw new Error(`no phone has a key ${JSON.stringify(key)}`)
      return input(key)
    },
    silence: () => input(undefined),
    end,
  }
}

function scopeOf(call: SimulatedCall, line: Line): Scope {
  return {
    ContactId: call.contactId,
    InitialContactId: call.contactId,
    Channel: 'VOICE',
    InstanceARN: line.instanceArn,
    AwsRegion: line.region,
    CustomerEndpoint: { Address: call.to, Type: 'TELEPHONE_NUMBER' },
    SystemEndpoint: { Address: call.from, Type: 'TELEPHONE_NUMBER' },
  }
}
