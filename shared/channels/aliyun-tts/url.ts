import { url as ofCallsWithKeys } from '../aliyun-voice/request.ts'
import type { VendorUrl } from '../channel.ts'

/** The same service as that of the calls with keys; it is moved by itself, since a stand-in plays one kind of call. */
export const url: VendorUrl = { variable: 'FENGHUO_ALIYUN_TTS_URL', base: ofCallsWithKeys.base }
