using System.Diagnostics.Metrics;
using ServerlessBlog.Hosting.Telemetry;

namespace ServerlessBlog.Tests.Infra;

/// <summary>The alert rules and the telemetry that they read.</summary>
public sealed class AlertsTests
{
    [Fact]
    public async Task Log_alerts_are_an_option_and_read_metrics_that_the_code_records()
    {
        var queries = (await Bicep.FullAsync())
            .ResourcesOfType("Microsoft.Insights/scheduledQueryRules")
            .Select(rule => (string)rule["properties"]!["criteria"]!["allOf"]!.AsArray().Single()!["query"]!)
            .ToList();
        using var recorded = new MeterListener();
        var names = new List<string>();
        recorded.InstrumentPublished = (instrument, _) => names.Add(instrument.Name);
        BlogTelemetry.LateMailsCounted(0);
        recorded.Start();

        Assert.Equal(2, queries.Count);
        Assert.All(queries, query =>
            Assert.Contains(names, name => query == $"AppMetrics | where Name == \"{name}\" and Max > 0")
        );
        Assert.Empty((await Bicep.PlainAsync()).ResourcesOfType("Microsoft.Insights/scheduledQueryRules"));
        Assert.Single((await Bicep.PlainAsync()).ResourcesOfType("Microsoft.Insights/metricAlerts"));
    }

    [Fact]
    public async Task Server_errors_of_the_app_raise_an_alert()
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
    public async Task Telemetry_is_sampled_has_a_daily_cap_and_stores_no_url_that_grants_rights()
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
        // The alerts need every trace.
        Assert.Contains("Trace", (string)telemetry["samplingSettings"]!["excludedTypes"]!, StringComparison.Ordinal);
        // The category that the handler's output is logged under.
        Assert.Equal("Information", (string)host["logLevel"]!["Host.Function.Console"]!);
        Assert.False((bool)telemetry["httpAutoCollectionOptions"]!["enableHttpTriggerExtendedInfoCollection"]!);
    }
}
