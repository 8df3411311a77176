// The function app: a custom handler on Flex Consumption. It scales to zero instances when there are no requests.
param name string
param planName string
param location string
param tags object
param identityId string
param identityClientId string
param storageName string
param hostStorageName string
param deploymentContainer string
param insightsName string
param vaultName string
param hasSmtp bool
param hasWebhooks bool
param hasPreviousSecret bool
param hasOriginSecret bool

@description('Scheme and host of the blog; empty for the host name of the app, which the platform passes to it.')
param baseUrl string

@description('The id of Front Door: only requests with it are allowed; empty to allow all.')
param frontDoorId string
param settings object
param maximumInstanceCount int

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: hostStorageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'blog' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostStorage.properties.primaryEndpoints.blob}${deploymentContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'custom', version: '1.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: 512
        maximumInstanceCount: maximumInstanceCount
        triggers: { http: { perInstanceConcurrency: 100 } } // a cached page takes far less than a millisecond
      }
    }
    siteConfig: {
      ftpsState: 'Disabled'
      http20Enabled: true
      minTlsVersion: '1.2'
      ipSecurityRestrictionsDefaultAction: empty(frontDoorId) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: empty(frontDoorId) ? [] : [
        {
          name: 'front-door'
          action: 'Allow'
          priority: 100
          tag: 'ServiceTag'
          ipAddress: 'AzureFrontDoor.Backend'
          headers: { 'x-azure-fdid': [frontDoorId] }
        }
      ]
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(
      settings,
      {
        // Otherwise the host responds to some requests, such as POST /, with Microsoft's welcome page.
        AzureWebJobsDisableHomepage: 'true'
        AzureWebJobsStorage__blobServiceUri: hostStorage.properties.primaryEndpoints.blob
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identityClientId
        APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
        BlogStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
        BlogStorage__queueServiceUri: storage.properties.primaryEndpoints.queue
        BlogStorage__tableServiceUri: storage.properties.primaryEndpoints.table
        BlogStorage__credential: 'managedidentity'
        BlogStorage__clientId: identityClientId
        Blog__Secret: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=blog-secret)'
      },
      empty(baseUrl) ? {} : { Blog__BaseUrl: baseUrl },
      hasPreviousSecret
        ? { Blog__PreviousSecret: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=blog-previous-secret)' }
        : {},
      hasOriginSecret
        ? { Blog__OriginSecret: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=origin-secret)' }
        : {},
      hasSmtp ? { Blog__Smtp: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=smtp)' } : {},
      hasWebhooks ? { Blog__Webhooks: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=webhooks)' } : {}
    )
  }
}

output id string = app.id
output planId string = plan.id
output address string = empty(baseUrl) ? 'https://${app.properties.defaultHostName}' : baseUrl
