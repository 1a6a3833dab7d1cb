import { aliyunTts } from '../../shared/channels/aliyun-tts/aliyun-tts.ts'
import { aliyunTtsProvision } from '../../shared/channels/aliyun-tts/provision.ts'
import { tencentVmsProvision } from '../../shared/channels/tencent-vms/provision.ts'
import { tencentVms } from '../../shared/channels/tencent-vms/tencent-vms.ts'
import { type AliyunVoiceSimulator, startAliyunVoice } from '../simulators/aliyun-voice/vendor.ts'
import { startTencentVms, type TencentVmsSimulator } from '../simulators/tencent-vms/vendor.ts'
import { MainlandWorld, type Playing, type Surroundings } from './mainland-world.ts'

/** The path in memory, whose phones in mainland China ring by Alibaba Cloud, and take no keys. */
export class TtsWorld extends MainlandWorld<AliyunVoiceSimulator> {
  protected override async begin(surroundings: Surroundings): Promise<Playing<AliyunVoiceSimulator>> {
    const key = { accessKeyId: 'LTAItest', accessKeySecret: 'test-key' }
    const { notice, notices } = aliyunTtsProvision.templates.zh
    const vendor = await startAliyunVoice({
      ...key,
      ...surroundings,
      callers: [],
      templates: { TTS_5: notice, TTS_6: notices },
    })
    const settings = {
      templates: { zh: { notice: 'TTS_5', notices: 'TTS_6' } },
      keyId: key.accessKeyId,
      keySecret: key.accessKeySecret,
    }
    return { vendor, settings, route: aliyunTts, posts: 'many' }
  }
}

/** The path in memory, whose phones in mainland China ring by Tencent Cloud, and say one sentence. */
export class VmsWorld extends MainlandWorld<TencentVmsSimulator> {
  protected override async begin(surroundings: Surroundings): Promise<Playing<TencentVmsSimulator>> {
    const key = { secretId: 'AKIDtest', secretKey: 'test-key' }
    const { alert } = tencentVmsProvision.templates.zh
    const vendor = await startTencentVms({
      ...key,
      ...surroundings,
      apps: ['1400006666'],
      templates: { '1000001': alert },
    })
    const settings = { app: '1400006666', templates: { zh: '1000001' }, ...key }
    return { vendor, settings, route: tencentVms, posts: 'one' }
  }
}
