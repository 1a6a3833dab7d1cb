import { onTestFinished } from 'vitest'
import { lastResortTemplates } from '../../shared/messages/last-resort.ts'
import { startTencentSmsSimulator } from '../simulators/tencent-sms.ts'
import { startWecomSimulator } from '../simulators/wecom-robot.ts'

/** When the first run finds no queue: 02:13 in Shanghai. */
export const lostAt = Date.UTC(2026, 10, 21, 18, 13)

/** A WeCom group whose robot has the key `last-resort`, until the test ends. */
export const group = async (now = Date.now) => {
  const wecom = await startWecomSimulator({ keys: ['last-resort'], now })
  onTestFinished(() => wecom.close())
  return wecom
}

/** Tencent Cloud's text messages until the test ends, and what a probe on SCF needs to send them. */
export async function scfTexts(to: string, now = Date.now) {
  const slots = lastResortTemplates.zh.numbered.match(/\{\d\}/g)?.length ?? 0
  const sms = await startTencentSmsSimulator({
    secretId: 'AKIDtest',
    secretKey: 'key',
    app: '1400006666',
    signs: ['示例科技'],
    templates: { '2100009': slots },
    individual: true,
    now,
    wallClock: now,
  })
  onTestFinished(() => sms.close())
  const env = {
    FENGHUO_TENCENT_URL: sms.url,
    TENCENTCLOUD_SECRETID: 'AKIDtest',
    TENCENTCLOUD_SECRETKEY: 'key',
    LAST_RESORT_SMS_TO: to,
    LAST_RESORT_SMS_SIGN: '示例科技',
    LAST_RESORT_SMS_TEMPLATE: '2100009',
    LAST_RESORT_SMS_APP: '1400006666',
  }
  return { sms, env }
}
