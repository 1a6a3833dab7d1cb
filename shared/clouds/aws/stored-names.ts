/** The path of Systems Manager's parameters below which what the function's configuration refers to is kept. Absent: in the environment. */
export const PARAMETER_PATH = 'FENGHUO_SECRETS'

/** The ARN of the secret that Secrets Manager keeps. Absent: it is in the environment, as on the local stack. */
export const SECRET_ARN = 'FENGHUO_SECRET_ARN'
