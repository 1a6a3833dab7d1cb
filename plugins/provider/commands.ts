const region = { region: { usage: 'Region of the service', shortcut: 'r', type: 'string' } }

/**
 * Options that these commands have beside the framework's own, which keeps `--region` for AWS. Commands that are missing here
 * are the framework's.
 */
export const commands = {
  deploy: { options: region, commands: { function: { options: region } } },
  info: { options: { ...region, json: { usage: 'Print JSON', type: 'boolean' } } },
  invoke: { options: region },
  logs: { options: region },
  remove: { options: region },
  rollback: { options: region, commands: { function: { options: region } } },
}

/** Commands that need the cloud, and so its credentials, before they begin. */
export const CALLING = [
  'deploy',
  'deploy function',
  'info',
  'invoke',
  'logs',
  'remove',
  'rollback',
  'rollback function',
]

/** Options that the framework's commands have for AWS, and that would do nothing here. */
export const MISSING_OPTIONS = [
  'aws-profile',
  'aws-s3-accelerate',
  'context',
  'contextPath',
  'durable-execution-name',
  'force',
  'minify-template',
  'qualifier',
  'type',
  'update-config',
]

/** What the framework has for AWS, and providers of this kind have not: the first event of each command, and the command. */
export const MISSING: Record<string, string> = {
  'deploy:list:log': 'deploy list',
  'deploy:list:functions:log': 'deploy list functions',
  'invoke:local:loadEnvVars': 'invoke local',
  'metrics:metrics': 'metrics',
}
