import { aliyunIvr } from '../../shared/channels/aliyun-ivr/aliyun-ivr.ts'
import { aliyunIvrProvision } from '../../shared/channels/aliyun-ivr/provision.ts'
import { type AliyunVoiceSimulator, startAliyunVoice } from '../simulators/aliyun-voice/vendor.ts'
import { MainlandWorld, type Playing, type Surroundings } from './mainland-world.ts'

const key = { accessKeyId: 'LTAItest', accessKeySecret: 'test-key' }

/** The path in memory, whose phones in mainland China ring by Alibaba Cloud, and take keys. */
export class IvrWorld extends MainlandWorld<AliyunVoiceSimulator> {
  protected override async begin(surroundings: Surroundings): Promise<Playing<AliyunVoiceSimulator>> {
    const { page, several, taken, passed } = aliyunIvrProvision.templates.zh
    const templates = { TTS_1: page, TTS_2: several, TTS_3: taken, TTS_4: passed }
    const settings = {
      caller: '05710000000',
      templates: { zh: { page: 'TTS_1', several: 'TTS_2', taken: 'TTS_3', passed: 'TTS_4' } },
      keyId: key.accessKeyId,
      keySecret: key.accessKeySecret,
    }
    const vendor = await startAliyunVoice({ ...key, ...surroundings, callers: ['05710000000'], templates })
    return { vendor, settings, route: aliyunIvr, posts: 'many' }
  }
}
