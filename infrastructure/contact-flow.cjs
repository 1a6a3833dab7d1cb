const { contactFlow } = require('../services/acknowledge/contact-flow.ts')

module.exports = JSON.stringify(contactFlow(`\${AcknowledgeLambdaFunction.Arn}`))
