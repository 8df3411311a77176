// Writes the binding of domain.bicep again, with the certificate.
param appName string
param domain string
param thumbprint string

resource binding 'Microsoft.Web/sites/hostNameBindings@2024-04-01' = {
  name: '${appName}/${domain}'
  properties: { siteName: appName, hostNameType: 'Verified', sslState: 'SniEnabled', thumbprint: thumbprint }
}
