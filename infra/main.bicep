// The whole blog: a resource group and everything in it. `azd up` at the root of the repository deploys it; README.md says what each part is for.
targetScope = 'subscription'

@minLength(1)
@maxLength(32)
@description('The name of this environment, such as "blog": it becomes part of the resource group\'s name.')
param environmentName string

@minLength(1)
@description('Where everything stands. A region with Flex Consumption.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Object id of who deploys, and may upload posts and keep the secrets. azd fills it in.')
param principalId string

@allowed(['User', 'ServicePrincipal', 'Group'])
@description('What that object is; azd fills it in too.')
param principalType string = 'User'

@description('Blog__Title.')
param title string = 'A blog'

@description('Blog__Authors: "Name <mail>; Name <mail>". They are told of held comments.')
param authors string = ''

@description('Blog__TimeZone: an IANA name.')
param timeZone string = 'UTC'

@description('A domain of your own, such as blog.example.com; empty: the address that Azure gives. README.md says which DNS records come first.')
param domain string = ''

@description('Put Azure Front Door before the blog. It costs a base fee every month.')
param cdn bool = false

@description('The vault has a secret "smtp" with the mail server\'s address: Blog__Smtp. Without it nobody is told by mail.')
param hasSmtp bool = false

@description('While keys are rotated: the vault has a secret "blog-previous-secret".')
param hasPreviousSecret bool = false

@description('Any other setting of the blog, by its name: { Blog__Comments__Moderation: \'true\' }.')
param settings object = {}

@description('Where alerts are mailed to; empty: they are only listed in the portal.')
param alertMail string = ''

@minValue(1)
@maxValue(1000)
@description('The most instances at a time: what a flood of requests can cost ends here. Where Azure takes no less than 40, it says so.')
param maximumInstanceCount int = 40

@minValue(1)
@description('The most gigabytes of telemetry a day; what comes after is dropped until the next day.')
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
    hasPreviousSecret: hasPreviousSecret
    settings: union({ Blog__Title: title, Blog__Authors: authors, Blog__TimeZone: timeZone }, settings)
    alertMail: alertMail
    maximumInstanceCount: maximumInstanceCount
    dailyQuotaGb: dailyQuotaGb
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_KEY_VAULT_NAME string = blog.outputs.vaultName
output BLOG_ADDRESS string = blog.outputs.address
output BLOG_STORAGE_ACCOUNT string = blog.outputs.storageAccountName
output BLOG_APP string = blog.outputs.appName
