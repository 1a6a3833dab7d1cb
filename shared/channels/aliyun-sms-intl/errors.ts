import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'

/** Waiting time after a throttle. */
const BUSY_RETRY_MS = 2_000

const checkAccount: Remedy = {
  zh: '请在短信服务控制台查看余额、套餐包与服务状态',
  en: 'look at balance, packages and state of the service in the console of Short Message Service',
}
const checkSender: Remedy = {
  zh: '请在控制台“国际短信 → SenderID”核对审核结果，再填写 fenghuo.yml 的 from',
  en: 'look at the sender IDs in the console (International SMS → SenderID), and at `from` of fenghuo.yml',
}
const askToOpen: Remedy = {
  zh: '请提工单开通该国家或地区',
  en: 'have the country opened by a ticket',
}
const allow: Remedy = {
  zh: '请为密钥授权 dysms:SendMessageToGlobe 与 dysms:QueryMessage',
  en: 'allow dysms:SendMessageToGlobe and dysms:QueryMessage to the key',
}

/** Codes without the `isv.` and `isp.` that the vendor's older page has before them. */
export const errors: ErrorTable = {
  source: 'alibabacloud.com, Short Message Service: International error codes; help.aliyun.com, common error codes',
  // Such as Throttling.User.
  goesOnAfterDot: true,
  codes: {
    Throttling: { class: 'rate-limited', afterMs: BUSY_RETRY_MS },
    QPS_LIMIT_CONTROL: { class: 'rate-limited', afterMs: BUSY_RETRY_MS },
    ServiceUnavailable: { class: 'busy', afterMs: BUSY_RETRY_MS },
    SignatureNonceUsed: { class: 'busy', afterMs: BUSY_RETRY_MS },
    // Billing comes before sending, "or an internal error": it may have gone out.
    ONLINE_BILLING_FAILED: { class: 'lost-answer', isLost: true },
    InternalError: { class: 'lost-answer', isLost: true },
    SYSTEM_ERROR: { class: 'lost-answer', isLost: true },
    GATEWAY_ERROR: { class: 'lost-answer', isLost: true },
    UNKNOWN: { class: 'lost-answer', isLost: true },
    BUSINESS_LIMIT_CONTROL_MINUTE: { class: 'over-quota' },
    BUSINESS_LIMIT_CONTROL_PHONE: { class: 'over-quota' },
    BUSINESS_LIMIT_HOUR: { class: 'over-quota' },
    BUSINESS_LIMIT_DAY: { class: 'over-quota' },
    MOBILE_NUMBER_ILLEGAL: { class: 'bad-number' },
    COUNTRY_RESTRICTED: { class: 'country-closed' },
    NOT_SUPPORTED_COUNTRY: { class: 'country-closed', remedy: askToOpen },
    INVALID_SENDERID: { class: 'no-such-sender', remedy: checkSender },
    SENDERID_ERROR: { class: 'no-such-sender', remedy: checkSender },
    INVALID_PARAMETERS: { class: 'bad-request' },
    PARAM_LENGTH_LIMIT: { class: 'content-refused' },
    SMS_CONTENT_ILLEGAL: { class: 'content-refused' },
    SMS_SECURITY_INTERCEPTED: { class: 'content-refused' },
    BLACK_KEY_CONTROL_LIMIT: { class: 'content-refused' },
    AMOUNT_NOT_ENOUGH: { class: 'no-balance', remedy: checkAccount },
    BILLING_DEDUCTION_ERROR: { class: 'no-balance', remedy: checkAccount },
    OUT_OF_SERVICE: { class: 'no-balance', remedy: checkAccount },
    ACCOUNT_ABNORMAL: { class: 'sender-disabled', remedy: checkAccount },
    ACCOUNT_ILLEGAL: { class: 'sender-disabled', remedy: checkAccount },
    PRODUCT_NOT_SUBSCRIBED: { class: 'sender-disabled', remedy: checkAccount },
    PRODUCT_UN_SUBSCRIPT: { class: 'sender-disabled', remedy: checkAccount },
    FORBIDDEN_ACTION: { class: 'sender-disabled', remedy: checkAccount },
    ACCOUNT_NOT_EXISTS: { class: 'bad-credentials' },
    SignatureDoesNotMatch: { class: 'bad-credentials' },
    IncompleteSignature: { class: 'bad-credentials' },
    InvalidAccessKeyId: { class: 'bad-credentials' },
    InvalidSecurityToken: { class: 'bad-credentials' },
    InvalidTimeStamp: { class: 'wrong-clock' },
    RAM_PERMISSION_DENY: { class: 'not-allowed', remedy: allow },
    RAM_CHECK_FAILED: { class: 'not-allowed', remedy: allow },
    Forbidden: { class: 'not-allowed', remedy: allow },
    NoPermission: { class: 'not-allowed', remedy: allow },
  },
}
