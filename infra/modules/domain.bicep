// A domain of one's own on the app itself, with the certificate that Azure makes for it. DNS first: README.md.
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

// A binding can name a certificate only once there is one for it: so the same binding is written a second time.
module secured 'secureBinding.bicep' = {
  params: { appName: appName, domain: domain, thumbprint: certificate.properties.thumbprint }
}
