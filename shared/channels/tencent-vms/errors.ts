import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'
import { keyErrors } from '../vendors/tencent-errors.ts'

/** Waiting time after a throttle. */
const BUSY_RETRY_MS = 2_000

const checkTemplate: Remedy = {
  zh: '请提交 `bin/fenghuo.js voice templates` 打印的模板，并在 fenghuo.yml 中填写其编号',
  en: 'submit what `bin/fenghuo.js voice templates` prints, and write its number into fenghuo.yml',
}
const checkApp: Remedy = {
  zh: '请核对 fenghuo.yml 中的 app 与密钥是否属于同一账号',
  en: 'check that `app` of fenghuo.yml belongs to the account of the key',
}
const checkAccount: Remedy = {
  zh: '请在语音消息控制台查看套餐包、欠费与应用状态',
  en: 'look at packages, arrears and the application in the console of Voice Message Service',
}

/** Codes of SendTtsVoice. Those of the account hold for every later call, too. */
export const errors: ErrorTable = {
  source:
    'cloud.tencent.com/document/product/1128/51558 (SendTtsVoice); errors of vms 2020-09-02 in the SDK; common error codes of API 3.0',
  goesOnAfterDot: true,
  codes: {
    ...keyErrors,
    RequestLimitExceeded: { class: 'rate-limited', afterMs: BUSY_RETRY_MS },
    'InternalError.AccessUpstreamTimeout': { class: 'lost-answer', isLost: true },
    'InternalError.UpstreamError': { class: 'lost-answer', isLost: true },
    'InternalError.SsoSendRecvFail': { class: 'lost-answer', isLost: true },
    'FailedOperation.AccessUpstreamTimeout': { class: 'lost-answer', isLost: true },
    // Also whatever of it is not listed here: the vendor may have called behind its own trouble.
    InternalError: { class: 'lost-answer', isLost: true },
    'InternalError.RestApiInterfaceNotExist': { class: 'bad-request' },
    'LimitExceeded.DeliveryFrequencyLimit': { class: 'over-quota' },
    'FailedOperation.TemplateIncorrectOrUnapproved': { class: 'template-refused', remedy: checkTemplate },
    'FailedOperation.ContainSensitiveWord': { class: 'content-refused' },
    'FailedOperation.FailResolvePacket': { class: 'bad-request' },
    'FailedOperation.InvalidJsonParameters': { class: 'bad-request' },
    'FailedOperation.InvalidParameters': { class: 'bad-request' },
    'FailedOperation.JsonParseFail': { class: 'bad-request' },
    'FailedOperation.PhonenumberUnappliedOrExpired': { class: 'no-such-sender', remedy: checkAccount },
    'FailedOperation.InsufficientBalanceInVoicePackage': { class: 'no-balance', remedy: checkAccount },
    'InvalidParameterValue.CalledNumberVerifyFail': { class: 'bad-number' },
    'InvalidParameterValue.ContentLengthLimit': { class: 'content-refused' },
    'InvalidParameterValue.SdkAppidNotExist': { class: 'no-such-sender', remedy: checkApp },
    InvalidParameterValue: { class: 'bad-request' },
    'UnauthorizedOperation.VoiceSdkAppidVerifyFail': { class: 'no-such-sender', remedy: checkApp },
    'UnauthorizedOperation.SdkAppidIsDisabled': { class: 'sender-disabled', remedy: checkAccount },
    'UnauthorizedOperation.ServiceSuspendDueToArrears': { class: 'no-balance', remedy: checkAccount },
    UnauthorizedOperation: { class: 'not-allowed' },
    UnsupportedOperation: { class: 'bad-request' },
  },
}
