import type { Cloud } from '../provider/service.ts'
import { connect } from './connect.ts'
import { type AliyunFunctionDefinition, type AliyunProviderDefinition, aliyunSchema } from './definition.ts'
import { serviceNameOf, wantedFunction } from './wanted.ts'

/** Alibaba Cloud's Function Compute: in 3.0 each function is a unit of its own, in 2.0 all share a service. */
export const aliyun: Cloud<AliyunProviderDefinition, AliyunFunctionDefinition> = {
  provider: 'aliyun',
  title: { en: 'Alibaba Cloud Function Compute', zh: '阿里云函数计算' },
  defaultRegion: 'cn-hangzhou',
  schema: aliyunSchema,
  unitOf: (service, { name }) => (service.provider.api === '2.0' ? serviceNameOf(service) : name),
  pack: (files) => files,
  wanted: wantedFunction,
  connect,
}
