// The binding of domain.bicep, now with its certificate.
param appName string
param domain string
param thumbprint string

resource binding 'Microsoft.Web/sites/hostNameBindings@2024-04-01' = {
  name: '${appName}/${domain}'
  properties: { siteName: appName, hostNameType: 'Verified', sslState: 'SniEnabled', thumbprint: thumbprint }
}
