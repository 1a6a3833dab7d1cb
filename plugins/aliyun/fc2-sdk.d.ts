/** What this plugin uses of the SDK for Function Compute 2.0, which brings no types. */
declare module '@alicloud/fc2' {
  interface Answer<T> {
    headers: Record<string, string | undefined>
    data: T
  }

  type Options = Record<string, unknown>
  type Headers = Record<string, string>

  interface Page {
    nextToken?: string
  }

  type Configuration = import('./fields.ts').FunctionAnswer
  type AsyncConfig = import('./fields.ts').AsyncAnswer

  interface Service extends Pick<Configuration, 'description' | 'role' | 'logConfig' | 'vpcConfig' | 'internetAccess'> {
    serviceName: string
  }

  interface FunctionAnswer extends Omit<Configuration, 'role' | 'logConfig' | 'vpcConfig' | 'internetAccess'> {
    functionName: string
    codeChecksum?: string
  }

  interface Trigger {
    triggerName: string
    triggerType: string
    triggerConfig: unknown
    qualifier?: string
  }

  interface Alias {
    aliasName: string
    versionId: string
    additionalVersionWeight?: Record<string, number>
  }

  interface Version {
    versionId: string
    createdTime?: string
  }

  export default class FC {
    constructor(
      accountId: string,
      config: {
        accessKeyID: string
        accessKeySecret: string
        region: string
        endpoint: string
        timeout: number
        securityToken?: string
        headers?: Headers
      },
    )
    createService(service: string, options: Options): Promise<Answer<Service>>
    listServices(options: Options): Promise<Answer<Page & { services?: Service[] }>>
    getService(service: string, headers?: Headers, qualifier?: string): Promise<Answer<Service>>
    updateService(service: string, options: Options): Promise<Answer<Service>>
    /** Its further arguments are not what they seem: `headers` would be lost and `options` become headers. */
    deleteService(service: string): Promise<Answer<unknown>>
    createFunction(service: string, options: Options): Promise<Answer<FunctionAnswer>>
    getFunction(service: string, name: string, headers?: Headers, qualifier?: string): Promise<Answer<FunctionAnswer>>
    listFunctions(service: string, options: Options): Promise<Answer<Page & { functions?: FunctionAnswer[] }>>
    updateFunction(service: string, name: string, options: Options): Promise<Answer<FunctionAnswer>>
    deleteFunction(service: string, name: string): Promise<Answer<unknown>>
    invokeFunction(
      service: string,
      name: string,
      event: string,
      headers: Headers,
      qualifier: string,
      options: { rawBuf: boolean },
    ): Promise<Answer<unknown>>
    createTrigger(service: string, name: string, options: Options): Promise<Answer<Trigger>>
    listTriggers(service: string, name: string, options: Options): Promise<Answer<Page & { triggers?: Trigger[] }>>
    updateTrigger(service: string, name: string, trigger: string, options: Options): Promise<Answer<Trigger>>
    deleteTrigger(service: string, name: string, trigger: string): Promise<Answer<unknown>>
    publishVersion(service: string): Promise<Answer<Version>>
    listVersions(service: string, options: Options): Promise<Answer<Page & { versions?: Version[] }>>
    deleteVersion(service: string, version: string): Promise<Answer<unknown>>
    createAlias(service: string, alias: string, version: string): Promise<Answer<unknown>>
    updateAlias(service: string, alias: string, version: string, options: Options): Promise<Answer<unknown>>
    listAliases(service: string, options: Options): Promise<Answer<Page & { aliases?: Alias[] }>>
    deleteAlias(service: string, alias: string): Promise<Answer<unknown>>
    getFunctionAsyncConfig(service: string, name: string, qualifier: string): Promise<Answer<AsyncConfig>>
    putFunctionAsyncConfig(service: string, name: string, qualifier: string, options: Options): Promise<Answer<unknown>>
    deleteFunctionAsyncConfig(service: string, name: string, qualifier: string): Promise<Answer<unknown>>
    tagResource(resourceArn: string, tags: Record<string, string>): Promise<Answer<unknown>>
    untagResource(resourceArn: string, tagKeys: string[]): Promise<Answer<unknown>>
    getResourceTags(options: { resourceArn: string }): Promise<Answer<{ tags?: Record<string, string> }>>
  }
}
