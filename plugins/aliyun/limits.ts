/** CreateFunction, functionName: at most 64 letters, digits, _ and -, no digit or - first. */
export const FUNCTION_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/

/** CreateService of 2.0 and CreateTrigger: the same, at most 128. */
export const LONG_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/

/** CreateFunction, description, in characters. */
export const DESCRIPTION_LENGTH = 256

/** `file.function`, where the file may be in a folder (CreateFunction, handler). */
export const HANDLER = /^[\w./-]+\.[\w$]+$/
export const HANDLER_LENGTH = 128

/** The zip is sent as base64, of which 100 MB are taken ("Limits"; whether before or after encoding is not told). */
export const ZIP_BYTES = (100 * 1024 * 1024 * 3) / 4

/** All names and values together ("Environment variables"). */
export const ENVIRONMENT_BYTES = 4096
export const VARIABLE_NAME = /^[A-Za-z][A-Za-z0-9_]*$/

/** What Function Compute sets by itself ("Environment variables"). */
export const RESERVED_VARIABLE = /^(FC_.*|accessKeyID|accessKeySecret|securityToken|topic)$/

/** Of all types, for a function ("Limits"). */
export const TRIGGERS = 50

/** CreateTrigger, payload of a timer. */
export const PAYLOAD_BYTES = 128 * 1024

/** CreateFunction, timeout. */
export const TIMEOUT_SECONDS = 86_400

/** CreateFunction, diskSize, in MB. */
export const DISK_SIZES = [512, 10_240]

/** CreateFunction, instanceConcurrency. */
export const INSTANCE_CONCURRENCY = 200

/** PutAsyncInvokeConfig. */
export const ASYNC_RETRIES_MOST = 8
export const ASYNC_AGE_SECONDS_MOST = 604_800

/** TagResources: with the two that mark what is ours. */
export const TAGS = 20
export const TAG_KEY = /^(?!aliyun|acs:)(?!.*https?:\/\/).{1,64}$/i
export const TAG_VALUE_LENGTH = 128

/** CreateFunction, role. */
export const ROLE = /^acs:ram::\d+:role\/.+$/i

/** CreateFunction, memorySize: 128 to 32768 in steps of 64, in MB. */
export function isMemory(memory: number): boolean {
  return memory % 64 === 0 && memory >= 128 && memory <= 32_768
}

/** CreateFunction, cpu: 0.05 to 16 in steps of 0.05, in vCPU; one vCPU goes with 1 to 4 GB of memory. */
export function isCpu(cpu: number, memory: number): boolean {
  const steps = cpu * 20
  const isStep = Math.abs(steps - Math.round(steps)) < 1e-9
  const gigabytes = memory / 1024
  return isStep && cpu >= 0.05 && cpu <= 16 && gigabytes >= cpu - 1e-9 && gigabytes <= 4 * cpu + 1e-9
}

/** The least cpu for this much memory, in vCPU: it is what costs. */
export function leastCpu(memory: number): number {
  return Math.max(1, Math.ceil((memory / 1024 / 4) * 20)) / 20
}
