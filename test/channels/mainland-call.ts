import type { Call } from '../../shared/channels/channel.ts'

/** A call to a phone of the mainland, whose words are slots of a template. */
export const CALL: Call = {
  phone: '+8613800000001',
  token: 'line:lin:7',
  name: 'a1b2c3d4e5f6a7b',
  language: 'zh',
  phoneHash: 'lin',
  seq: 7,
  message: '',
  slots: {
    number: '1024',
    project: '支付',
    title: '收银台',
    state: '不可用',
    scope: '广州',
    lasted: '3分钟',
    count: '1',
  },
}
