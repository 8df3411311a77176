using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Tests.Infra;

/// <summary>Somebody is told of what must be looked at.</summary>
public sealed class AlertsTests
{
    [Fact]
    public async Task The_alerts_look_for_what_the_code_writes_into_the_log()
    {
        var queries = (await Bicep.FullAsync())
            .ResourcesOfType("Microsoft.Insights/scheduledQueryRules")
            .Select(rule => (string)rule["properties"]!["criteria"]!["allOf"]!.AsArray().Single()!["query"]!);

        Assert.Equal(
            [
                $"AppTraces | where Message contains \"{WatchPoison.Sign}\"",
                $"AppTraces | where Message contains \"{SendNotification.Sign}\"",
            ],
            queries
        );
    }

    [Fact]
    public async Task Errors_of_our_own_raise_an_alert_on_the_app()
    {
        var rule = (await Bicep.FullAsync()).ResourcesOfType("Microsoft.Insights/metricAlerts").Single()["properties"]!;

        Assert.Equal("Http5xx", (string)rule["criteria"]!["allOf"]!.AsArray().Single()!["metricName"]!);
    }

    [Fact]
    public async Task Alerts_are_mailed_when_an_address_is_given()
    {
        Assert.Equal(
            "owner@blog.test",
            (string)
                (await Bicep.FullAsync()).ResourcesOfType("Microsoft.Insights/actionGroups").Single()["properties"]![
                    "emailReceivers"
                ]!
                    .AsArray()
                    .Single()!["emailAddress"]!
        );
        Assert.Empty((await Bicep.PlainAsync()).ResourcesOfType("Microsoft.Insights/actionGroups"));
    }

    [Fact]
    public async Task Telemetry_is_sampled_has_a_daily_cap_and_keeps_no_address_that_carries_a_right()
    {
        var host = System.Text.Json.Nodes.JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "..", "host.json"))
        )!["logging"]!;
        var telemetry = host["applicationInsights"]!;

        Assert.Equal(
            1,
            (int)
                (await Bicep.PlainAsync()).ResourcesOfType("Microsoft.OperationalInsights/workspaces").Single()[
                    "properties"
                ]!["workspaceCapping"]!["dailyQuotaGb"]!
        );
        Assert.True((bool)telemetry["samplingSettings"]!["isEnabled"]!);
        Assert.Contains("Trace", (string)telemetry["samplingSettings"]!["excludedTypes"]!, StringComparison.Ordinal); // alerts read each of them
        Assert.Equal("Information", (string)host["logLevel"]!["Host.Function.Console"]!); // what the handler prints
        Assert.False((bool)telemetry["httpAutoCollectionOptions"]!["enableHttpTriggerExtendedInfoCollection"]!);
    }
}
