// Source: cloud.tencent.com/document/api/382/55981 (SendSms, its error codes) and /382/30436 (common error codes).

/** Refused for now, nothing was sent: waiting time in ms. */
export const retried: Record<string, number> = {
  RequestLimitExceeded: 2_000,
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': 2_000,
  'RequestLimitExceeded.IPLimitExceeded': 2_000,
  'RequestLimitExceeded.UinLimitExceeded': 2_000,
  InternalError: 2_000,
}

/** The vendor lost track of its own sending: the text may be on its way. */
export const untold: readonly string[] = [
  'InternalError.Timeout',
  'InternalError.SendAndRecvFail',
  'InternalError.OtherError',
]

/** Refused for good as far as this text goes, and what to do about it. Codes not listed here are refusals as well. */
export const refused: Record<string, string> = {
  'LimitExceeded.PhoneNumberThirtySecondLimit': 'one text a number in 30 s',
  'LimitExceeded.PhoneNumberOneHourLimit': 'too many texts to this number this hour',
  'LimitExceeded.PhoneNumberDailyLimit': 'too many texts to this number today',
  'LimitExceeded.PhoneNumberSameContentDailyLimit': 'the same text too often today',
  'LimitExceeded.DeliveryFrequencyLimit': "over the console's frequency limit",
  'LimitExceeded.AppDailyLimit': "over the application's limit of today",
  'LimitExceeded.DailyLimit': 'over the limit of today',
  'LimitExceeded.PhoneNumberCountLimit': 'too many numbers in one request',
  LimitExceeded: 'over a quota',
  'FailedOperation.ContainSensitiveWord': 'a word in the text is forbidden',
  'FailedOperation.InsufficientBalanceInSmsPackage': 'the SMS package is used up',
  'FailedOperation.PhoneNumberInBlacklist': 'the number is on the blacklist or has unsubscribed',
  'FailedOperation.SignatureIncorrectOrUnapproved': 'the signature is not approved',
  'FailedOperation.TemplateIncorrectOrUnapproved': 'the template is not approved or has other variables',
  'FailedOperation.FailResolvePacket': 'request not understood',
  'FailedOperation.JsonParseFail': 'request not understood',
  'FailedOperation.MarketingSendTimeConstraint': 'not at this hour',
  'InvalidParameterValue.IncorrectPhoneNumber': 'not a phone number',
  'InvalidParameterValue.TemplateParameterFormatError': 'a variable has a form the template does not allow',
  'InvalidParameterValue.TemplateParameterLengthLimit': 'a variable is too long',
  'InvalidParameterValue.ContentLengthLimit': 'the text is too long',
  'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter': 'a variable looks like a URL',
  'InvalidParameterValue.SdkAppIdNotExist': 'there is no application with this id',
  'MissingParameter.EmptyPhoneNumberSet': 'no number',
  'InternalError.RequestTimeException': "this machine's clock is wrong",
  'InternalError.SigVerificationFail': 'signature refused',
  'UnauthorizedOperation.SmsSdkAppIdVerifyFail': "the application is not this account's",
  'UnauthorizedOperation.RequestIpNotInWhitelist': 'our address is not on the list of allowed ones',
  'UnauthorizedOperation.SerivceSuspendDueToArrears': 'suspended for arrears',
  'UnauthorizedOperation.SdkAppIdIsDisabled': 'the application is disabled',
  'UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber': 'mainland and other numbers in one request',
  'UnsupportedOperation.UnsuportedRegion': 'the region has no SMS service',
  'AuthFailure.SignatureExpire': "this machine's clock is wrong",
  'AuthFailure.SignatureFailure': 'the secret key is wrong',
  'AuthFailure.SecretIdNotFound': 'there is no such secret id',
  'AuthFailure.InvalidSecretId': 'the secret id is not one of the API',
  'AuthFailure.InvalidAuthorization': 'authorization refused',
  'AuthFailure.TokenFailure': 'the temporary token is wrong or over',
  'AuthFailure.UnauthorizedOperation': 'the key may not send texts',
  'AuthFailure.MFAFailure': 'MFA failed',
  UnauthorizedOperation: 'the key may not send texts',
  IpInBlacklist: 'our address is on the blacklist',
  IpNotInWhitelist: 'our address is not on the list of allowed ones',
}
