import { randomUUID } from 'node:crypto'
import { type AliyunKey, type RpcRequest, signedRpc } from '../../clouds/aliyun/rpc.ts'
import type { ChannelIo, VendorUrl } from '../channel.ts'
import { baseUrl } from '../references.ts'

/** A signed request to an action of one of Alibaba Cloud's services, to be posted as it is. */
export function aliyunRequest(
  at: VendorUrl,
  asked: Omit<RpcRequest, 'url'>,
  key: AliyunKey,
  { env, now }: Pick<ChannelIo, 'env' | 'now'>,
): ReturnType<typeof signedRpc> {
  return signedRpc({ url: new URL('/', baseUrl(at, env)), ...asked }, key, now(), randomUUID())
}
