// What the blog keeps. Nothing else lies in this account, so who may read all of it reads the blog and no more.
// The names are the code's (functions/Hosting/StorageNames.cs): a test holds that neither side has one that the other has not.
param name string
param location string
param tags object

var containers = [
  'posts' // the author's Markdown
  'media' // the author's pictures
  'reports' // what became of each upload
  'accepted' // copies that pages are made of
  'pictures' // pictures as readers get them: a cache
  'pages' // rendered pages: a cache
]

var tables = ['posts', 'addresses', 'comments', 'notices', 'failures', 'desk']

var queues = ['uploads', 'raises', 'moderation', 'notices', 'sign-ins']

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  // An overwritten or deleted post or picture can be had back for 30 days; these are switches of the whole account.
  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      isVersioningEnabled: true
      deleteRetentionPolicy: { enabled: true, days: 30 }
      containerDeleteRetentionPolicy: { enabled: true, days: 30 }
    }

    resource container 'containers' = [for container in containers: {
      name: container
      properties: { publicAccess: 'None' }
    }]
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource table 'tables' = [for table in tables: {
      name: table
    }]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queue 'queues' = [for queue in queues: {
      name: queue
    }]

    resource poison 'queues' = [for queue in queues: {
      name: '${queue}-poison'
    }]
  }
}

// What the blog makes anew at any time is not kept twice: versions of it go after a day. Versions of what the author wrote stay for 90.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'superseded-pages'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['pages/'] }
            actions: {
              baseBlob: { delete: { daysAfterModificationGreaterThan: 30 } }
              version: { delete: { daysAfterCreationGreaterThan: 1 } }
            }
          }
        }
        {
          name: 'old-reports'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['reports/'] }
            actions: {
              baseBlob: { delete: { daysAfterModificationGreaterThan: 90 } }
              version: { delete: { daysAfterCreationGreaterThan: 1 } }
            }
          }
        }
        {
          name: 'old-pictures'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['pictures/'] }
            actions: { version: { delete: { daysAfterCreationGreaterThan: 1 } } }
          }
        }
        {
          name: 'old-versions'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['posts/', 'media/', 'accepted/'] }
            actions: { version: { delete: { daysAfterCreationGreaterThan: 90 } } }
          }
        }
      ]
    }
  }
  dependsOn: [account::blobs]
}
