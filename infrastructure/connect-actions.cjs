const { connectProvision } = require('../shared/channels/connect/provision.ts')

module.exports = Object.values(connectProvision.calls)
