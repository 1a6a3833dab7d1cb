import { describe, expect, it } from 'vitest'
import { recipientsOf } from '../../shared/delivery/last-resort-settings.ts'

const sms = {
  LAST_RESORT_SMS_TO: '+8613800000001, +6591234567',
  LAST_RESORT_SMS_SIGN: '示例科技',
  LAST_RESORT_SMS_TEMPLATE: '2100009',
  LAST_RESORT_SMS_APP: '1400006666',
}
const mail = {
  LAST_RESORT_MAIL_TO: 'oncall@example.com',
  LAST_RESORT_MAIL_FROM: 'Fenghuo <fenghuo@example.com>',
  LAST_RESORT_MAIL_HOST: 'smtp.example.com',
}

describe('the recipients in an environment', () => {
  it('are none', () => {
    expect(recipientsOf({ LAST_RESORT_WECOM_KEY: '', LAST_RESORT_SMS_SIGN: '示例科技' }, 'tencent')).toEqual([])
  })

  it('are a robot, phones and mailboxes', () => {
    expect(recipientsOf({ LAST_RESORT_WECOM_KEY: ' robot ', ...sms, ...mail }, 'tencent')).toEqual([
      { type: 'wecom-robot', settings: { to: ['robot'] } },
      {
        type: 'tencent-sms',
        settings: {
          to: ['+8613800000001', '+6591234567'],
          sign: '示例科技',
          template: '2100009',
          app: '1400006666',
        },
      },
      {
        type: 'smtp',
        settings: {
          to: ['oncall@example.com'],
          from: 'Fenghuo <fenghuo@example.com>',
          host: 'smtp.example.com',
          port: 465,
        },
      },
    ])
  })

  it('may have keys and passwords of their own, and a signature in ASCII', () => {
    const found = recipientsOf(
      {
        ...sms,
        LAST_RESORT_SMS_SIGN: encodeURIComponent('示例科技'),
        LAST_RESORT_SMS_KEY_ID: 'id',
        LAST_RESORT_SMS_KEY_SECRET: 'secret',
        ...mail,
        LAST_RESORT_MAIL_PORT: '587',
        LAST_RESORT_MAIL_USER: 'fenghuo',
        LAST_RESORT_MAIL_PASSWORD: 'pw',
      },
      'aliyun',
    )
    expect(found).toMatchObject([
      { type: 'aliyun-sms', settings: { sign: '示例科技', key: { id: 'id', secret: 'secret' } } },
      { type: 'smtp', settings: { port: 587, user: 'fenghuo', password: 'pw' } },
    ])
    expect(found[0]?.settings).not.toHaveProperty('app')
  })
})

describe('what does not go together is told, all at once', () => {
  it.each([
    [
      'half of a text message',
      { LAST_RESORT_SMS_TO: '13800000001' },
      'LAST_RESORT_SMS_TO: 13800000001 should be such as +8613800000001,+6591234567; ' +
        'LAST_RESORT_SMS_TO is set, and LAST_RESORT_SMS_SIGN is not; ' +
        'LAST_RESORT_SMS_TO is set, and LAST_RESORT_SMS_TEMPLATE is not; ' +
        'LAST_RESORT_SMS_TO is set, and LAST_RESORT_SMS_APP is not',
    ],
    [
      'a sender without an address',
      { ...mail, LAST_RESORT_MAIL_FROM: 'Fenghuo' },
      'LAST_RESORT_MAIL_FROM has no mail address',
    ],
    [
      'half of a key',
      { ...sms, LAST_RESORT_SMS_KEY_ID: 'id' },
      'LAST_RESORT_SMS_KEY_ID is set, and LAST_RESORT_SMS_KEY_SECRET is not',
    ],
    [
      'a mailbox that is none, half a login, and no port',
      { ...mail, LAST_RESORT_MAIL_TO: 'oncall', LAST_RESORT_MAIL_PORT: 'smtp', LAST_RESORT_MAIL_USER: 'u' },
      'LAST_RESORT_MAIL_PORT is no port; LAST_RESORT_MAIL_TO: oncall should be such as oncall@example.com; ' +
        'LAST_RESORT_MAIL_USER is set, and LAST_RESORT_MAIL_PASSWORD is not',
    ],
    [
      'a whole address in place of its key',
      { LAST_RESORT_WECOM_KEY: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k' },
      'LAST_RESORT_WECOM_KEY should be what follows key= in the address',
    ],
    [
      'a crowd',
      { ...mail, LAST_RESORT_MAIL_TO: Array.from({ length: 11 }, (_, i) => `a${i}@example.com`).join() },
      'LAST_RESORT_MAIL_TO: more than 10',
    ],
  ])('%s', (_reason, env, message) => {
    expect(() => recipientsOf(env, 'tencent')).toThrow(expect.objectContaining({ message }))
  })

  it('on AWS there are no text messages', () => {
    expect(() => recipientsOf(sms, 'aws')).toThrow('LAST_RESORT_SMS_TO: probes on aws have no such channel')
  })
})
