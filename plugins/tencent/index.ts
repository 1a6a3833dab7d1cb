import type { Options, Serverless, Writers } from '../provider/framework.ts'
import { ProviderPlugin } from '../provider/plugin.ts'
import { tencent } from './cloud.ts'

/** `provider: tencent` for the Serverless Framework. */
export default class TencentPlugin extends ProviderPlugin {
  static getProviderName(): string {
    return tencent.provider
  }

  constructor(serverless: Serverless, options: Options, writers: Writers) {
    super(tencent, serverless, options, writers)
  }
}
