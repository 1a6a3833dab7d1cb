import { answerReceipts } from '../../services/acknowledge/receipts.ts'
import { aliyunIvr } from '../../shared/channels/aliyun-ivr/aliyun-ivr.ts'
import { aliyunIvrProvision } from '../../shared/channels/aliyun-ivr/provision.ts'
import { receiptsPath } from '../../shared/channels/receipts-address.ts'
import { urlRequest } from '../../shared/clouds/aws/function-url.ts'
import { readTimeline } from '../../shared/store/incidents.ts'
import { PathWorld } from '../engine/world.ts'
import { brief } from '../failure.ts'
import { type AliyunVoiceSimulator, startAliyunVoice } from '../simulators/aliyun-voice/vendor.ts'
import type { Schedule } from '../simulators/clock.ts'

const key = { accessKeyId: 'LTAItest', accessKeySecret: 'test-key' }
const secret = 'secret'

/** The path in memory, whose phones in mainland China ring by Alibaba Cloud. Its receipts lie in `receipts` until they are posted. */
export class IvrWorld extends PathWorld {
  readonly receipts: object[] = []
  private simulator: AliyunVoiceSimulator | undefined

  get vendor(): AliyunVoiceSimulator {
    if (this.simulator === undefined) throw new Error('The vendor has not been started')
    return this.simulator
  }

  /** Starts the vendor, and configures its route first. */
  async start(): Promise<this> {
    const { page, several, taken, passed } = aliyunIvrProvision.templates.zh
    const never: Schedule = () => () => {}
    this.simulator = await startAliyunVoice({
      ...key,
      callers: ['05710000000'],
      templates: { TTS_1: page, TTS_2: several, TTS_3: taken, TTS_4: passed },
      now: () => this.now,
      schedule: never,
      push: (receipt) => this.receipts.push(receipt),
    })
    this.env.FENGHUO_ALIYUN_VOICE_URL = this.vendor.url
    const settings = {
      caller: '05710000000',
      templates: { zh: { page: 'TTS_1', several: 'TTS_2', taken: 'TTS_3', passed: 'TTS_4' } },
      keyId: key.accessKeyId,
      keySecret: key.accessKeySecret,
    }
    const routes = [
      { to: '+86', type: 'aliyun-ivr', settings },
      { to: '+', type: 'connect', settings: {} },
    ]
    this.config.channels.phone = { name: 'phone', type: 'phone', settings: { routes } }
    return this
  }

  override gateway() {
    const gateway = super.gateway()
    return { ...gateway, voiceRoutes: { ...gateway.voiceRoutes, 'aliyun-ivr': aliyunIvr } }
  }

  /** The incident goes down, and Lin's phone rings. Gives the vendor's name of the call. */
  async rung(): Promise<string> {
    await this.alert('trigger')
    await this.settle()
    const { contactId } = this.vendor.calls.at(-1) ?? {}
    if (contactId === undefined) throw new Error('Nobody is called')
    return contactId
  }

  /** The vendor posts; gives the status of our answer, and what it says. */
  async post(body: unknown, path = receiptsPath('aliyun-voice', secret), io = this.io()): Promise<[number, unknown]> {
    const request = urlRequest.parse({
      rawPath: path,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      requestContext: { http: { method: 'POST' } },
    })
    const answer = await answerReceipts(request, secret, io)
    return [answer.statusCode, JSON.parse(answer.body)]
  }

  /** The vendor posts all that lies there, and the path goes on. */
  async postAll(): Promise<this> {
    await this.post(this.receipts.splice(0))
    return this.settle()
  }

  /** What the timeline tells of each call. */
  async told(): Promise<string[]> {
    const lines = await readTimeline({ project: 'pay', groupKey: 'web' }, this.io())
    return lines.flatMap((line) =>
      line.kind === 'call' ? [`${line.name} ${[line.outcome, brief(line.failure)].filter(Boolean).join(', ')}`] : [],
    )
  }
}
