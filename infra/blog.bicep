// The modules of the blog, one per subject, and the values they exchange.
param location string
param tags object

@description('A suffix that makes resource names globally unique.')
param token string
param principalId string
param principalType string
param domain string
param cdn bool
param hasSmtp bool
param hasWebhooks bool
param hasPreviousSecret bool
param hasOriginSecret bool
param settings object
param alertMail string
param hasLogAlerts bool
param maximumInstanceCount int
param dailyQuotaGb int

// Names that do not depend on deployed resources, so that the whole deployment can be validated in advance.
var storageName = 'stblog${token}'
var hostStorageName = 'sthost${token}'
var vaultName = 'kv-blog-${token}'
var insightsName = 'appi-blog-${token}'
var appName = 'func-blog-${token}'
var deployments = 'deployments'
var undelivered = 'undelivered-events'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-blog-${token}'
  location: location
  tags: tags
}

module storage 'modules/storage.bicep' = {
  params: { name: storageName, location: location, tags: tags }
}

module hostStorage 'modules/hostStorage.bicep' = {
  params: { name: hostStorageName, location: location, tags: tags, containers: [deployments, undelivered] }
}

module vault 'modules/vault.bicep' = {
  params: { name: vaultName, location: location, tags: tags }
}

module watch 'modules/watch.bicep' = {
  params: {
    name: insightsName
    workspaceName: 'log-blog-${token}'
    location: location
    tags: tags
    dailyQuotaGb: dailyQuotaGb
  }
}

module access 'modules/access.bicep' = {
  params: {
    appPrincipalId: identity.properties.principalId
    deployerId: principalId
    deployerType: principalType
    storageName: storageName
    hostStorageName: hostStorageName
    vaultName: vaultName
    insightsName: insightsName
  }
  dependsOn: [storage, hostStorage, vault, watch]
}

module front 'modules/front.bicep' = if (cdn) {
  params: { token: token, tags: tags, originHost: '${appName}.azurewebsites.net', domain: domain }
}

module app 'modules/app.bicep' = {
  params: {
    name: appName
    planName: 'plan-blog-${token}'
    location: location
    tags: tags
    identityId: identity.id
    identityClientId: identity.properties.clientId
    storageName: storageName
    hostStorageName: hostStorageName
    deploymentContainer: deployments
    insightsName: insightsName
    vaultName: vaultName
    hasSmtp: hasSmtp
    hasWebhooks: hasWebhooks
    hasPreviousSecret: hasPreviousSecret
    hasOriginSecret: hasOriginSecret && !cdn // Front Door is recognized by its id, and sends no secret
    baseUrl: !empty(domain) ? 'https://${domain}' : cdn ? 'https://${front!.outputs.host}' : ''
    frontDoorId: cdn ? front!.outputs.frontDoorId : ''
    // Behind Front Door, the last address in X-Forwarded-For is Front Door's own.
    settings: union(cdn ? { Blog__ClientAddressHeader: 'X-Azure-ClientIP' } : {}, settings)
    maximumInstanceCount: maximumInstanceCount
  }
  dependsOn: [access] // without its roles, the app would log errors until it gets them
}

module ownDomain 'modules/domain.bicep' = if (!empty(domain) && !cdn) {
  params: { appName: appName, planId: app.outputs.planId, location: location, tags: tags, domain: domain }
}

module events 'modules/events.bicep' = {
  params: {
    name: 'evgt-blog-${token}'
    location: location
    tags: tags
    storageName: storageName
    hostStorageName: hostStorageName
    deadLetterContainer: undelivered
  }
  dependsOn: [storage, hostStorage]
}

module alerts 'modules/alerts.bicep' = {
  params: {
    token: token
    location: location
    tags: tags
    appId: app.outputs.id
    workspaceId: watch.outputs.workspaceId
    mail: alertMail
    hasLogAlerts: hasLogAlerts
  }
}

output vaultName string = vaultName
output storageAccountName string = storageName
output appName string = appName
output address string = app.outputs.address
