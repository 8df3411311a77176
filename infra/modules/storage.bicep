// The data of the blog. The account holds nothing else, so that access to all of it is access to the blog only.
// The names are those in functions/Hosting/Storage/StorageNames.cs; a test checks that both lists are equal.
param name string
param location string
param tags object

var containers = [
  'posts' // Markdown files of the author
  'media' // images and other files of the author
  'reports' // reports on uploads
  'accepted' // accepted copies, from which pages are rendered
  'pictures' // cache: pictures in the widths that readers get
  'search' // versions of the index for search
  'pages' // cache: rendered pages
  'bounces' // mails that an inbound rule puts there, among them returned letters
]

var tables = ['posts', 'addresses', 'comments', 'notices', 'failures', 'desk', 'letters']

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

  // Deleted files can be restored for 30 days, overwritten ones from their versions. Both apply to the whole account.
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

// Old versions are deleted: after a day for files that the blog can create again, after 90 days for the author's files.
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
          name: 'old-bounces'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['bounces/'] }
            actions: {
              baseBlob: { delete: { daysAfterModificationGreaterThan: 30 } }
              version: { delete: { daysAfterCreationGreaterThan: 1 } }
            }
          }
        }
        {
          name: 'old-versions-of-caches'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['pictures/', 'search/'] }
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
