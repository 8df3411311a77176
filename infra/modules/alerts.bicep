// What somebody must look at. The phrases are the code's (WatchPoison.Sign and others): a test holds that they are the same.
param token string
param location string
param tags object
param appId string
param workspaceId string

@description('Where alerts are mailed to; empty: they are only listed in the portal.')
param mail string

var signs = [
  { name: 'poison', sign: 'The poison queue', says: 'A message failed five times and was put aside. Nothing is lost: README.md says how to look at it and retry.' }
  { name: 'unsent', sign: 'A notice has been unsent', says: 'Mail has not gone out for an hour: look at the mail server and the secret "smtp".' }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(mail)) {
  name: 'ag-blog-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'blog'
    emailReceivers: [{ name: 'owner', emailAddress: mail, useCommonAlertSchema: true }]
  }
}

resource trouble 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for item in signs: {
  name: 'alert-blog-${item.name}-${token}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Blog: ${item.name}'
    description: item.says
    severity: 2
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M' // twice as long as the timer that looks: no alert ends between two looks
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: 'AppTraces | where Message contains "${item.sign}"'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: empty(mail) ? {} : { actionGroups: [people.id] }
  }
}]

resource serverErrors 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-blog-5xx-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'The blog answered with an error of its own more than five times in a quarter of an hour.'
    severity: 2
    enabled: true
    scopes: [appId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: '5xx'
          metricNamespace: 'Microsoft.Web/sites'
          metricName: 'Http5xx'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 5
          skipMetricValidation: true
        }
      ]
    }
    actions: empty(mail) ? [] : [{ actionGroupId: people.id }]
  }
}
