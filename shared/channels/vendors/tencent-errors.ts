import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'

const checkKey: Remedy = {
  zh: '请核对部署的函数所用的密钥，以及时钟',
  en: 'check the key that the deployed functions have, and the clock',
}

/** What every service of API 3.0 says of a key that it does not take (common error codes, and the SDKs of sms and vms). */
export const keyErrors: ErrorTable['codes'] = {
  'InternalError.RequestTimeException': { class: 'wrong-clock', remedy: checkKey },
  'InternalError.SigVerificationFail': { class: 'bad-credentials', remedy: checkKey },
  'AuthFailure.SignatureExpire': { class: 'wrong-clock', remedy: checkKey },
  'AuthFailure.SignatureFailure': { class: 'bad-credentials', remedy: checkKey },
  'AuthFailure.SecretIdNotFound': { class: 'bad-credentials', remedy: checkKey },
  'AuthFailure.InvalidSecretId': { class: 'bad-credentials', remedy: checkKey },
  'AuthFailure.InvalidAuthorization': { class: 'bad-credentials', remedy: checkKey },
  'AuthFailure.TokenFailure': { class: 'bad-credentials', remedy: checkKey },
  'AuthFailure.UnauthorizedOperation': { class: 'not-allowed' },
}
