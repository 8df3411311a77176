// Azure Front Door: serves pages from a location near the reader. It caches pages for s-maxage (2 s) and then
// revalidates them by ETag. docs/cdn.md describes what it caches.
param token string
param tags object
param originHost string
param domain string

// The query parameters that decide what a reader gets, as docs/cdn.md lists them; tests hold both lists.
var queryParameters = ['v', 'w', 'theme', 'receipt', 'again', 'reply', 'p', 'page_id', 'attachment_id', 'id']

// Addresses that are private whatever their query: these are not cached at all.
var privatePaths = ['/moderate', '/moderate/*', '/comment/*', '/api/*', '/search']

resource profile 'Microsoft.Cdn/profiles@2024-09-01' = {
  name: 'afd-blog-${token}'
  location: 'global'
  tags: tags
  sku: { name: 'Standard_AzureFrontDoor' }

  resource endpoint 'afdEndpoints' = {
    name: 'blog-${token}'
    location: 'global'
    tags: tags
    properties: { enabledState: 'Enabled' }

    resource route 'routes' = {
      name: 'all'
      properties: {
        originGroup: { id: profile::origins.id }
        customDomains: empty(domain) ? [] : [{ id: profile::ownDomain.id }]
        supportedProtocols: ['Http', 'Https']
        patternsToMatch: ['/*']
        forwardingProtocol: 'HttpsOnly'
        httpsRedirect: 'Enabled'
        linkToDefaultDomain: empty(domain) ? 'Enabled' : 'Disabled'
        cacheConfiguration: {
          queryStringCachingBehavior: 'IncludeSpecifiedQueryStrings'
          queryParameters: join(queryParameters, ',')
        }
      }
      dependsOn: [profile::origins::app]
    }

    resource privateRoute 'routes' = {
      name: 'private'
      properties: {
        originGroup: { id: profile::origins.id }
        customDomains: empty(domain) ? [] : [{ id: profile::ownDomain.id }]
        supportedProtocols: ['Http', 'Https']
        patternsToMatch: privatePaths
        forwardingProtocol: 'HttpsOnly'
        httpsRedirect: 'Enabled'
        linkToDefaultDomain: empty(domain) ? 'Enabled' : 'Disabled'
      }
      dependsOn: [profile::origins::app]
    }
  }

  resource origins 'originGroups' = {
    name: 'app'
    properties: {
      loadBalancingSettings: { sampleSize: 4, successfulSamplesRequired: 3 }
    }

    resource app 'origins' = {
      name: 'app'
      properties: {
        hostName: originHost
        originHostHeader: originHost
        httpsPort: 443
        enforceCertificateNameCheck: true
      }
    }
  }

  resource ownDomain 'customDomains' = if (!empty(domain)) {
    name: empty(domain) ? 'none' : replace(domain, '.', '-')
    properties: {
      hostName: domain
      tlsSettings: { certificateType: 'ManagedCertificate', minimumTlsVersion: 'TLS12' }
    }
  }
}

output host string = profile::endpoint.properties.hostName
output frontDoorId string = profile.properties.frontDoorId
