import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'

/** Waiting time after a throttle. */
const BUSY_RETRY_MS = 2_000

const checkSender: Remedy = {
  zh: '请在 AWS End User Messaging SMS 控制台核对号码、发送者 ID 与地域，再填写 fenghuo.yml 的 from',
  en: 'look at numbers, sender ids and the region in the console of AWS End User Messaging SMS, and at `from` of fenghuo.yml',
}
const checkCredentials: Remedy = {
  zh: '请核对 page 函数的角色与环境',
  en: 'check the role and the environment of the function `page`',
}
const askSupport: Remedy = {
  zh: 'AWS 限制了此账号发短信：请联系 AWS Support',
  en: 'AWS has restricted texts from this account: ask AWS Support',
}

/** A code is the error's name; behind a dot its Reason, where it gives one. */
export const errors: ErrorTable = {
  source:
    'docs.aws.amazon.com, AWS End User Messaging SMS and Voice v2 API Reference: SendTextMessage, AccessDeniedException, ConflictException, common errors',
  goesOnAfterDot: true,
  codes: {
    ThrottlingException: { class: 'rate-limited', afterMs: BUSY_RETRY_MS },
    // There is no idempotency token: it may have been sent.
    InternalServerException: { class: 'lost-answer', isLost: true },
    ServiceQuotaExceededException: {
      class: 'over-quota',
      remedy: {
        zh: '请申请提高每月短信消费上限',
        en: 'have the monthly spending limit for texts raised',
      },
    },
    ConflictException: { class: 'refused' },
    'ConflictException.DESTINATION_PHONE_NUMBER_OPTED_OUT': { class: 'opted-out' },
    'ConflictException.DESTINATION_PHONE_NUMBER_NOT_VERIFIED': {
      class: 'not-allowed',
      remedy: {
        zh: '账号还在沙盒中，只能发给验证过的号码：请申请移出沙盒',
        en: 'the account is in the sandbox, which texts verified numbers alone: ask to leave it',
      },
    },
    'ConflictException.DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION': {
      class: 'not-allowed',
      remedy: { zh: '请在保护配置中放行此国家或地区', en: 'allow the country in the protect configuration' },
    },
    'ConflictException.NO_ORIGINATION_IDENTITIES_FOUND': { class: 'no-such-sender', remedy: checkSender },
    'ConflictException.NUMBER_CAPABILITIES_MISMATCH': { class: 'no-such-sender', remedy: checkSender },
    'ConflictException.MESSAGE_TYPE_MISMATCH': { class: 'no-such-sender', remedy: checkSender },
    ValidationException: { class: 'bad-request' },
    ResourceNotFoundException: { class: 'no-such-sender', remedy: checkSender },
    'AccessDeniedException.ACCOUNT_DISABLED': { class: 'sender-disabled', remedy: askSupport },
    'AccessDeniedException.INSUFFICIENT_ACCOUNT_REPUTATION': { class: 'sender-disabled', remedy: askSupport },
    AccessDeniedException: {
      class: 'not-allowed',
      remedy: {
        zh: '请为 page 函数的角色授权 sms-voice:SendTextMessage',
        en: 'allow sms-voice:SendTextMessage to the role of the function `page`',
      },
    },
    UnrecognizedClientException: { class: 'bad-credentials', remedy: checkCredentials },
    InvalidSignatureException: { class: 'bad-credentials', remedy: checkCredentials },
    IncompleteSignatureException: { class: 'bad-credentials', remedy: checkCredentials },
    MissingAuthenticationTokenException: { class: 'bad-credentials', remedy: checkCredentials },
    ExpiredTokenException: { class: 'bad-credentials', remedy: checkCredentials },
  },
}
