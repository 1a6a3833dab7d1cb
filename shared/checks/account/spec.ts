/** How little may be left, or how old a key may be. */
export interface AccountLimits {
  /** Texts of all packages that are in force. */
  texts?: number
  /** Money that the account may still spend, in its own currency. */
  balance?: number
  keyAgeMs?: number
}

/** An `account` check as a probe carries it. Keys may hold `${NAME}`. */
export interface AccountSpec {
  vendor: 'tencent' | 'aliyun'
  keyId: string
  keySecret: string
  /** Whose packages of texts are counted: the SmsSdkAppId of Tencent Cloud. */
  app?: string
  signs: string[]
  templates: string[]
  degraded: AccountLimits
  down: AccountLimits
}
