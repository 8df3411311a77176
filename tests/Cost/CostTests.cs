using ServerlessBlog.Tests.Repository;
using Xunit.Abstractions;

namespace ServerlessBlog.Tests.Cost;

/// <summary>What the blog costs: the goals, the document, and whether the stored counts are today's.</summary>
public sealed class CostTests(ITestOutputHelper output)
{
    private static readonly SortedDictionary<string, JourneyCounts> Stored = CostFiles.ReadCounts();
    private static readonly Prices Today = Prices.Read();

    private static readonly Dictionary<string, Bill> Months = Scenario
        .All(Today.Assumptions)
        .ToDictionary(month => month.Name, new CostModel(Stored, Today).Compute);

    [Fact]
    public void The_document_is_what_the_command_writes_for_the_stored_counts() =>
        Assert.Equal(CostDocument.Write(Stored, Today), File.ReadAllText(RepositoryFiles.FullPath(CostFiles.Document)));

    [Fact]
    public void The_readme_quotes_the_document() =>
        Assert.Contains(
            CostDocument.Summary(Stored, Today),
            File.ReadAllText(RepositoryFiles.FullPath("README.md")),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task The_stored_counts_are_todays()
    {
        var counted = await Journeys.CountAsync();

        Assert.Equal(Stored.Keys, counted.Keys);
        Assert.All(counted, item => AssertEqual(item.Key, Stored[item.Key], item.Value));
    }

    [Fact]
    public void An_idle_month_takes_at_most_5_000_GB_seconds_and_10_cents()
    {
        Assert.InRange(Months["idle"].GbSeconds, 1, 5_000);
        Assert.InRange(Math.Round(Months["idle"].Total, 2), 0.01, 0.10);
    }

    [Fact]
    public void A_month_with_100_000_views_costs_at_most_30_cents() =>
        Assert.InRange(Months[Scenario.Views100000].Total, 0.01, 0.30);

    [Fact]
    public void A_flood_of_100_000_spam_comments_costs_less_than_2_dollars()
    {
        var flood = Months.Single(month => month.Key.Contains("flood", StringComparison.Ordinal)).Value;

        Assert.InRange(flood.Total - Months[Scenario.Views100000].Total, 0.01, 2);
    }

    /// <summary>
    /// Counts are equal; bytes may differ by a tenth, since they depend on hashes and on the compression library.
    /// </summary>
    private void AssertEqual(string journey, JourneyCounts stored, JourneyCounts counted)
    {
        output.WriteLine($"{journey}: {counted}");
        Assert.InRange(counted.BytesOut, stored.BytesOut * 0.9, stored.BytesOut * 1.1);
        Assert.InRange(counted.LogBytes, stored.LogBytes * 0.9, stored.LogBytes * 1.1);
        Assert.Equal(stored.Executions, counted.Executions);
        Assert.Equal(
            stored with
            {
                BytesOut = counted.BytesOut,
                LogBytes = counted.LogBytes,
                Executions = counted.Executions,
            },
            counted
        );
    }
}
