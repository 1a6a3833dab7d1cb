import type { Cloud } from '../provider/service.ts'
import { connect } from './connect.ts'
import { type TencentFunctionDefinition, type TencentProviderDefinition, tencentSchema } from './definition.ts'
import { withEntry } from './entry.ts'
import { wantedFunction } from './wanted.ts'

/** Tencent Cloud's Serverless Cloud Function, where each function has versions and an alias of its own. */
export const tencent: Cloud<TencentProviderDefinition, TencentFunctionDefinition> = {
  provider: 'tencent',
  title: { en: 'Tencent Cloud SCF', zh: '腾讯云云函数' },
  defaultRegion: 'ap-guangzhou',
  schema: tencentSchema,
  unitOf: (_service, { name }) => name,
  pack: withEntry,
  wanted: wantedFunction,
  connect,
}
