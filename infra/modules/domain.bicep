// A custom domain of the app, with a certificate managed by Azure. Its DNS records must exist first: README.md.
param appName string
param planId string
param location string
param tags object
param domain string

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  name: appName
}

resource binding 'Microsoft.Web/sites/hostNameBindings@2024-04-01' = {
  parent: app
  name: domain
  properties: { siteName: appName, hostNameType: 'Verified' }
}

resource certificate 'Microsoft.Web/certificates@2024-04-01' = {
  name: 'cert-${replace(domain, '.', '-')}'
  location: location
  tags: tags
  properties: { canonicalName: domain, serverFarmId: planId }
  dependsOn: [binding]
}

// Azure issues the certificate only for an existing binding; this module then adds the certificate to the binding.
module secured 'secureBinding.bicep' = {
  params: { appName: appName, domain: domain, thumbprint: certificate.properties.thumbprint }
}
