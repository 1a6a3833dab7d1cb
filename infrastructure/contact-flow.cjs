const { contactFlow } = require('../shared/channels/connect/contact-flow.ts')

module.exports = JSON.stringify(contactFlow(`\${AcknowledgeLambdaFunction.Arn}`))
