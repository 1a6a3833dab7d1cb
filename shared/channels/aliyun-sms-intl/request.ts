import { aliyunKeyWith } from '../../clouds/aliyun/rpc.ts'
import type { ChannelIo, VendorUrl } from '../channel.ts'
import { aliyunRequest } from '../vendors/aliyun-request.ts'
import type { Settings } from './settings.ts'

export const VENDOR = 'aliyun-sms-intl'

/** The vendor's one address for countries outside of the mainland ("SendMessageToGlobe", samples of calls). */
export const url: VendorUrl = {
  variable: 'FENGHUO_ALIYUN_SMS_INTL_URL',
  base: 'https://dysmsapi.ap-southeast-1.aliyuncs.com',
}

/** Numbers that it takes no texts to: those of the mainland. */
export const NOT_TO = ['+86']

/** A signed request to an action of Dysmsapi, version 2018-05-01, to be posted as it is. */
export function requestTo(
  action: string,
  parameters: Record<string, string>,
  settings: Settings,
  io: Pick<ChannelIo, 'env' | 'now'>,
): ReturnType<typeof aliyunRequest> {
  return aliyunRequest(url, { action, version: '2018-05-01', parameters }, aliyunKeyWith(settings, io.env), io)
}
