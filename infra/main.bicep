// The blog: a resource group with all resources. `azd up` at the root of the repository deploys it.
// README.md describes each part.
targetScope = 'subscription'

@minLength(1)
@maxLength(32)
@description('The name of this environment, such as "blog"; a part of the name of the resource group.')
param environmentName string

@minLength(1)
@description('The region of all resources. It must offer Flex Consumption.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Object id of the deployer, who may upload posts and manage the secrets. Set by azd.')
param principalId string

@allowed(['User', 'ServicePrincipal', 'Group'])
@description('The type of that principal. Set by azd.')
param principalType string = 'User'

@description('Blog__Title.')
param title string = 'A blog'

@description('Blog__Authors: "Name <mail>; Name <mail>". They are notified of held comments.')
param authors string = ''

@description('Blog__TimeZone: an IANA time zone.')
param timeZone string = 'UTC'

@description('A custom domain, such as blog.example.com; empty for Azure\'s. DNS records come first: README.md.')
param domain string = ''

@description('True to put Azure Front Door in front of the blog, for a monthly base fee.')
param cdn bool = false

@description('True when the vault has a secret "smtp" (Blog__Smtp), the mail server. Without it, no mail is sent.')
param hasSmtp bool = false

@description('True when the vault has a secret "webhooks" (Blog__Webhooks): who is told of events.')
param hasWebhooks bool = false

@description('True while keys are rotated: the vault has a secret "blog-previous-secret".')
param hasPreviousSecret bool = false

@description('True when the vault has a secret "origin-secret", which another CDN than Front Door sends.')
param hasOriginSecret bool = false

@description('Other settings of the blog by name, such as { Blog__Comments__Moderation: \'true\' }.')
param settings object = {}

@description('The address that alerts are mailed to; empty to list them in the portal only.')
param alertMail string = ''

@description('Whether Azure also watches poison queues and unsent mails, which the app mails to its authors itself.')
param hasLogAlerts bool = false

@minValue(1)
@maxValue(1000)
@description('The maximum number of instances, which limits the costs of a flood of requests. Azure may require 40.')
param maximumInstanceCount int = 40

@minValue(1)
@description('The maximum telemetry per day in gigabytes; further telemetry is dropped until the next day.')
param dailyQuotaGb int = 1

var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module blog 'blog.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: uniqueString(subscription().id, environmentName, location)
    principalId: principalId
    principalType: principalType
    domain: domain
    cdn: cdn
    hasSmtp: hasSmtp
    hasWebhooks: hasWebhooks
    hasPreviousSecret: hasPreviousSecret
    hasOriginSecret: hasOriginSecret
    settings: union({ Blog__Title: title, Blog__Authors: authors, Blog__TimeZone: timeZone }, settings)
    alertMail: alertMail
    hasLogAlerts: hasLogAlerts
    maximumInstanceCount: maximumInstanceCount
    dailyQuotaGb: dailyQuotaGb
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_KEY_VAULT_NAME string = blog.outputs.vaultName
output BLOG_ADDRESS string = blog.outputs.address
output BLOG_STORAGE_ACCOUNT string = blog.outputs.storageAccountName
output BLOG_APP string = blog.outputs.appName
