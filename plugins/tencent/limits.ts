/** cloud.tencent.com/document/api/583/18586 (CreateFunction, FunctionName). */
export const FUNCTION_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,58}[A-Za-z0-9]$/

/** CreateNamespace: error texts say 30 characters, the page on quotas 60. */
export const NAMESPACE = /^[A-Za-z0-9_-]{1,60}$/

/** Namespace and name together (CreateFunction, FunctionName). */
export const WHOLE_NAME_LENGTH = 118

/** cloud.tencent.com/document/product/583/9708: the API takes 100 characters, the documents 60. */
export const TIMER_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/

/** CreateFunction, Description: letters, digits, spaces, commas, full stops, newlines and Chinese, up to 1000. */
export const DESCRIPTION = /^[A-Za-z0-9 ,.\n\u4e00-\u9fff，。]{0,1000}$/

/**
 * A request signed with TC3 may have 10 MB (cloud.tencent.com/document/api/583/17238, "request structure"); the zip is in it as
 * base64, with at most 64 kB of other fields.
 */
export const ZIP_BYTES = ((10 * 1024 - 64) * 1024 * 3) / 4

/** With all layers ("quotas"). */
export const UNPACKED_BYTES = 500 * 1024 * 1024

/** All names and values together (cloud.tencent.com/document/product/583/11637, "quotas"). */
export const ENVIRONMENT_BYTES = 4096

/** CreateFunction, Environment. */
export const VARIABLE_NAME = /^[A-Za-z][A-Za-z0-9_]*$/

/** cloud.tencent.com/document/product/583/30228; InvalidParameterValue.EnvironmentSystemProtect. */
export const RESERVED_VARIABLE = /^(SCF|QCLOUD|TENCENTCLOUD)_/

/** Of asynchronous calls: what an account has unless the vendor raises it (cloud.tencent.com/document/product/583/51523). */
export const RETRIES = 2
export const EVENT_AGE_SECONDS: readonly [least: number, most: number] = [60, 21_600]

/** cloud.tencent.com/document/product/651/13354 ("limits" of tags): with the two that mark what is ours. */
export const TAGS = 50
export const TAG_KEY_LENGTH = 127
export const TAG_VALUE_LENGTH = 255

/** Of one type, for a function ("quotas"). */
export const TIMERS = 10

/** CreateTrigger, CustomArgument. */
export const ARGUMENT_BYTES = 4096

/** CreateFunction, Timeout. */
export const TIMEOUT_SECONDS = 900

/** 64, or 128 to 3072 in steps of 128 (CreateFunction, MemorySize), in MB. */
export function isMemory(memory: number): boolean {
  return memory === 64 || (memory % 128 === 0 && memory >= 128 && memory <= 3072)
}
