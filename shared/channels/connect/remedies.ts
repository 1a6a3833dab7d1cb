import type { Remedies } from '../../messages/failure.ts'

/** Source: Amazon Connect's API Reference, StartOutboundVoiceContact, and its Administrator Guide, "Countries you can call". */
export const remedies: Remedies = {
  AccessDeniedException: {
    zh: '请允许函数 page 执行 connect:StartOutboundVoiceContact',
    en: 'allow connect:StartOutboundVoiceContact to the function page',
  },
  DestinationNotAllowedException: {
    zh: '请联系 AWS Support 为该实例开通此国家',
    en: 'have AWS Support allow the country for the instance',
  },
  LimitExceededException: {
    zh: '请在 Service Quotas 提高 Concurrent active calls per instance',
    en: 'raise "Concurrent active calls per instance" in Service Quotas',
  },
  ResourceNotFoundException: {
    zh: '请检查实例、流程与地域，再次部署',
    en: 'check instance, flow and region, and deploy again',
  },
}
