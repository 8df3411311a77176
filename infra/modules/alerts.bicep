// Alerts. The app mails its authors what needs a person (functions/Admin/Failures/FailureMails.cs); by default, only
// errors of the app itself raise an alert. The log alerts read metrics of
// functions/Hosting/Telemetry/BlogTelemetry.cs; a test checks that both sides agree.
param token string
param location string
param tags object
param appId string
param workspaceId string

@description('The address that alerts are mailed to; empty to list them in the portal only.')
param mail string

@description('Whether Azure watches what the app also mails itself: for an app that cannot send mail.')
param hasLogAlerts bool

var allLogAlertRules = [
  {
    name: 'poison'
    metric: 'blog.poison.messages'
    help: 'A message failed five times and was put aside. Nothing is lost: README.md says how to look at it and retry.'
  }
  {
    name: 'unsent'
    metric: 'blog.mails.late'
    help: 'Mail has not gone out for an hour: look at the mail server and the secret "smtp".'
  }
]

var logAlertRules = hasLogAlerts ? allLogAlertRules : []

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
    evaluationFrequency: 'PT1H'
    windowSize: 'PT2H' // twice the interval of the timer that counts: an alert stays active between two runs
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: 'AppMetrics | where Name == "${item.metric}" and Max > 0'
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
