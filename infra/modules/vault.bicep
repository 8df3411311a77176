// The vault of the secrets blog-secret (signs links), blog-previous-secret (while keys are rotated), smtp and webhooks.
// No secret is part of a deployment: infra/secrets.sh sets the first two, the owner sets the others.
param name string
param location string
param tags object

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
  }
}
