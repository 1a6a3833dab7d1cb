import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'
import { keyErrors } from '../vendors/tencent-errors.ts'

/** Waiting time after a throttle. */
const BUSY_RETRY_MS = 2_000

/** One text of the same content per number in so long, ms: it says itself when it may be asked again. */
const SAME_CONTENT_MS = 30_000

export const submitSign: Remedy = {
  zh: '请提交签名，或在 fenghuo.yml 中填写已通过审核的签名，不带括号',
  en: 'submit the signature, or write the approved one into fenghuo.yml, without brackets',
}

/** `place`: where the number of the approved template is configured. */
export const submitTemplate = (place: string): Remedy => ({
  zh: `请提交 \`bin/fenghuo.js sms templates\` 打印的模板，并在 ${place} 中填写其编号`,
  en: `submit what \`bin/fenghuo.js sms templates\` prints, and write its number into ${place}`,
})

export const errors: ErrorTable = {
  source: 'cloud.tencent.com/document/api/382/55981 (SendSms, its error codes) and /382/30436 (common error codes)',
  codes: {
    ...keyErrors,
    RequestLimitExceeded: { class: 'rate-limited', afterMs: BUSY_RETRY_MS },
    'RequestLimitExceeded.GlobalRegionUinLimitExceeded': { class: 'rate-limited', afterMs: BUSY_RETRY_MS },
    'RequestLimitExceeded.IPLimitExceeded': { class: 'rate-limited', afterMs: BUSY_RETRY_MS },
    'RequestLimitExceeded.UinLimitExceeded': { class: 'rate-limited', afterMs: BUSY_RETRY_MS },
    InternalError: { class: 'busy', afterMs: BUSY_RETRY_MS },
    'InternalError.Timeout': { class: 'timeout', isLost: true },
    'InternalError.SendAndRecvFail': { class: 'lost-answer', isLost: true },
    'InternalError.OtherError': { class: 'lost-answer', isLost: true },
    'LimitExceeded.PhoneNumberThirtySecondLimit': { class: 'rate-limited', afterMs: SAME_CONTENT_MS },
    'LimitExceeded.PhoneNumberOneHourLimit': { class: 'over-quota' },
    'LimitExceeded.PhoneNumberDailyLimit': { class: 'over-quota' },
    'LimitExceeded.PhoneNumberSameContentDailyLimit': { class: 'over-quota' },
    'LimitExceeded.DeliveryFrequencyLimit': { class: 'rate-limited' },
    'LimitExceeded.AppDailyLimit': { class: 'over-quota' },
    'LimitExceeded.DailyLimit': { class: 'over-quota' },
    'LimitExceeded.PhoneNumberCountLimit': { class: 'bad-request' },
    LimitExceeded: { class: 'over-quota' },
    'FailedOperation.ContainSensitiveWord': { class: 'content-refused' },
    'FailedOperation.InsufficientBalanceInSmsPackage': { class: 'no-balance' },
    'FailedOperation.PhoneNumberInBlacklist': { class: 'opted-out' },
    'FailedOperation.SignatureIncorrectOrUnapproved': { class: 'sign-refused', remedy: submitSign },
    'FailedOperation.TemplateIncorrectOrUnapproved': {
      class: 'template-refused',
      remedy: submitTemplate('fenghuo.yml'),
    },
    'FailedOperation.FailResolvePacket': { class: 'bad-request' },
    'FailedOperation.JsonParseFail': { class: 'bad-request' },
    'FailedOperation.MarketingSendTimeConstraint': { class: 'not-at-this-hour' },
    'InvalidParameterValue.IncorrectPhoneNumber': { class: 'bad-number' },
    'InvalidParameterValue.TemplateParameterFormatError': { class: 'content-refused' },
    'InvalidParameterValue.TemplateParameterLengthLimit': { class: 'content-refused' },
    'InvalidParameterValue.ContentLengthLimit': { class: 'content-refused' },
    'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter': { class: 'content-refused' },
    'InvalidParameterValue.SdkAppIdNotExist': { class: 'no-such-sender' },
    'MissingParameter.EmptyPhoneNumberSet': { class: 'bad-request' },
    'UnauthorizedOperation.SmsSdkAppIdVerifyFail': { class: 'no-such-sender' },
    'UnauthorizedOperation.RequestIpNotInWhitelist': {
      class: 'our-address',
      remedy: {
        zh: '函数没有固定地址，请取消应用的 IP 白名单',
        en: 'the functions have no fixed address: take the list of addresses off the application',
      },
    },
    'UnauthorizedOperation.SerivceSuspendDueToArrears': { class: 'no-balance' },
    'UnauthorizedOperation.SdkAppIdIsDisabled': { class: 'sender-disabled' },
    'UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber': { class: 'bad-request' },
    'UnsupportedOperation.UnsuportedRegion': { class: 'no-service-in-region' },
    'AuthFailure.MFAFailure': { class: 'not-allowed' },
    UnauthorizedOperation: { class: 'not-allowed' },
    IpInBlacklist: { class: 'our-address' },
    IpNotInWhitelist: { class: 'our-address' },
  },
}
