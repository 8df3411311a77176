// Alerts on problems that a person must solve. The log alerts match texts that the code logs (such as
// functions/Hosting/Failures/WatchPoison.cs); a test checks that both sides agree.
param token string
param location string
param tags object
param appId string
param workspaceId string

@description('The address that alerts are mailed to; empty to list them in the portal only.')
param mail string

var logAlertRules = [
  {
    name: 'poison'
    text: 'The poison queue'
    help: 'A message failed five times and was put aside. Nothing is lost: README.md says how to look at it and retry.'
  }
  {
    name: 'unsent'
    text: 'A notice has been unsent'
    help: 'Mail has not gone out for an hour: look at the mail server and the secret "smtp".'
  }
]

resource recipients 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(mail)) {
  name: 'ag-blog-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'blog'
    emailReceivers: [{ name: 'owner', emailAddress: mail, useCommonAlertSchema: true }]
  }
}

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for item in logAlertRules: {
  name: 'alert-blog-${item.name}-${token}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Blog: ${item.name}'
    description: item.help
    severity: 2
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M' // twice the interval of the timers that log, so that an alert stays active between two runs
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: 'AppTraces | where Message contains "${item.text}"'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: empty(mail) ? {} : { actionGroups: [recipients.id] }
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
    actions: empty(mail) ? [] : [{ actionGroupId: recipients.id }]
  }
}
