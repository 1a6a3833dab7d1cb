import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'

/** Two requests for one callee within a second block both, so a retry keeps twice as far off (help.aliyun.com, IvrCall). */
export const BUSY_RETRY_MS = 2_000

const checkTemplates: Remedy = {
  zh: '请提交 `bin/fenghuo.js voice templates` 打印的模板，并在 fenghuo.yml 中填写其编号',
  en: 'submit what `bin/fenghuo.js voice templates` prints, and write its numbers into fenghuo.yml',
}
const checkCaller: Remedy = {
  zh: '请在 fenghuo.yml 的 caller 填写本账号购买的号码',
  en: 'write a number that this account has bought into `caller` of fenghuo.yml',
}
const checkAccount: Remedy = {
  zh: '请在语音服务控制台查看余额、资质与服务状态',
  en: 'look at balance, qualification and state of the service in its console',
}
const askForMore: Remedy = {
  zh: '可提工单调高“呼出流控-频次”，再在 fenghuo.yml 的 perCallee 填写',
  en: 'have the limit raised by a ticket, then write it into `perCallee` of fenghuo.yml',
}

/** Codes of Dyvmsapi's calls. Those of the account hold for every later call, too. */
export const errors: ErrorTable = {
  source: 'help.aliyun.com, Voice Messaging Service: error codes of IvrCall and SingleCallByTts; common error codes',
  // Such as Throttling.User. Those of the service begin with isv. and isp., and stand here whole.
  goesOnAfterDot: true,
  codes: {
    Throttling: { class: 'rate-limited', afterMs: BUSY_RETRY_MS },
    ServiceUnavailable: { class: 'busy', afterMs: BUSY_RETRY_MS },
    InternalError: { class: 'lost-answer', isLost: true },
    'isp.SYSTEM_ERROR': { class: 'lost-answer', isLost: true },
    'isp.GATEWAY_ERROR': { class: 'lost-answer', isLost: true },
    'isp.UNKNOWN': { class: 'lost-answer', isLost: true },
    'isv.BUSINESS_LIMIT_CONTROL': { class: 'over-quota', remedy: askForMore },
    'isv.VOICE_CALL_FAIL': { class: 'line-trouble' },
    'isv.VOICE_CALL_PERIOD_ERROR': { class: 'not-at-this-hour' },
    'isv.COMPLAINT_REJECT': { class: 'opted-out' },
    ComplaintReject: { class: 'opted-out' },
    'isv.MOBILE_NUMBER_ILLEGAL': { class: 'bad-number' },
    'isv.DISPLAY_NUMBER_ILLEGAL': { class: 'no-such-sender', remedy: checkCaller },
    'isv.BILLID_NOT_EXIST': { class: 'no-such-sender', remedy: checkCaller },
    'isv.TTS_TEMPLATE_ILLEGAL': { class: 'template-refused', remedy: checkTemplates },
    'isv.TEMPLATE_ILLEGAL': { class: 'template-refused', remedy: checkTemplates },
    'isv.TEMPLATE_PARAMS_ILLEGAL': { class: 'template-refused', remedy: checkTemplates },
    'isv.TEMPLATE_MISSING_PARAMETERS': { class: 'template-refused', remedy: checkTemplates },
    'isv.VOICE_FILE_ILLEGAL': { class: 'template-refused' },
    'isv.INVALID_PARAMETERS': { class: 'bad-request' },
    'isv.PARAM_LENGTH_LIMIT': { class: 'content-refused' },
    'isv.PARAM_NOT_SUPPORT_URL': { class: 'content-refused' },
    'isv.BLACK_KEY_CONTROL_LIMIT': { class: 'content-refused' },
    'isv.AMOUNT_NOT_ENOUGH': { class: 'no-balance', remedy: checkAccount },
    // As a newer page spells it.
    'isv.AMOUNT_NOT_ENOUG': { class: 'no-balance', remedy: checkAccount },
    'isv.OUT_OF_SERVICE': { class: 'no-balance', remedy: checkAccount },
    'isv.ACCOUNT_ABNORMAL': { class: 'sender-disabled', remedy: checkAccount },
    'isv.ACCOUNT_NOT_EXISTS': { class: 'bad-credentials' },
    'isv.PRODUCT_UN_SUBSCRIPT': { class: 'sender-disabled', remedy: checkAccount },
    'isv.PRODUCT_UNSUBSCRIBE': { class: 'sender-disabled', remedy: checkAccount },
    'isp.RAM_PERMISSION_DENY': {
      class: 'not-allowed',
      remedy: {
        zh: '请为密钥授权 dyvms:IvrCall、dyvms:SingleCallByTts 与 dyvms:QueryCallDetailByCallId',
        en: 'allow dyvms:IvrCall, dyvms:SingleCallByTts and dyvms:QueryCallDetailByCallId to the key',
      },
    },
    SignatureDoesNotMatch: { class: 'bad-credentials' },
    IncompleteSignature: { class: 'bad-credentials' },
    InvalidAccessKeyId: { class: 'bad-credentials' },
    InvalidSecurityToken: { class: 'bad-credentials' },
    InvalidTimeStamp: { class: 'wrong-clock' },
    SignatureNonceUsed: { class: 'busy', afterMs: BUSY_RETRY_MS },
    Forbidden: { class: 'not-allowed' },
  },
}
