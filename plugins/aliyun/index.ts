import type { Options, Serverless, Writers } from '../provider/framework.ts'
import { ProviderPlugin } from '../provider/plugin.ts'
import { aliyun } from './cloud.ts'

/** `provider: aliyun` for the Serverless Framework. */
export default class AliyunPlugin extends ProviderPlugin {
  static getProviderName(): string {
    return aliyun.provider
  }

  constructor(serverless: Serverless, options: Options, writers: Writers) {
    super(aliyun, serverless, options, writers)
  }
}
