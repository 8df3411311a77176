using System.Globalization;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Cost;

/// <summary>Writes docs/cost.md.</summary>
internal static class CostDocument
{
    private const int DearestRequests = 10;
    private const int MaxLine = 115;
    private const int Days = 31;

    /// <summary>Seconds until an idle instance ends, if it is longer than assumed.</summary>
    private const double LongerIdle = 300;

    /// <summary>Writes the document that follows from counts and prices.</summary>
    public static string Write(IReadOnlyDictionary<string, JourneyCounts> counts, Prices prices)
    {
        var model = new CostModel(counts, prices);
        var months = Scenario
            .All(prices.Assumptions)
            .Select(scenario => (scenario.Name, Bill: model.Compute(scenario)))
            .ToList();
        return string.Join(
                "\n\n",
                Introduction(prices),
                Totals(prices, months),
                Resources(months),
                Requests(counts, model),
                Bounds(prices),
                Journeys(counts),
                Assumed(counts, prices)
            ) + "\n";
    }

    /// <summary>The sentence that the README quotes.</summary>
    public static string Summary(IReadOnlyDictionary<string, JourneyCounts> counts, Prices prices)
    {
        var model = new CostModel(counts, prices);
        var months = Scenario.All(prices.Assumptions).ToDictionary(month => month.Name, model.Compute);
        return $"An idle month costs ${Money(months["idle"].Total)}, one with {Scenario.Views100000} "
            + $"${Money(months[Scenario.Views100000].Total)}";
    }

    private static string Introduction(Prices prices) =>
        $"""
            # What the blog costs

            {Wrap(
                "Written by a command; do not edit it. It runs each journey against the real "
                    + "functions, counts what Azure "
                    + "bills, and multiplies the counts into months of 31 days with the prices of "
                    + $"{prices.Date} in {prices.Region} ([prices.json](../infra/prices.json)):"
            )}

            ```sh
            dotnet run -c Release --project tests/Benchmarks -- bill
            ```

            {Wrap(
                "US dollars. Every month but the idle one has 40 posts and 1,000 comments. The last "
                    + "two have 100,000 views, "
                    + "and a front page: 50,000 views more in one hour; or a flood: 100,000 spam "
                    + "comments in one day, each "
                    + "from another address. Mail and the domain are not part of it, nor is what is off by default: "
                    + "[Front Door and log alerts](../infra/README.md#what-is-created)."
            )}
            """;

    private static string Totals(Prices prices, List<(string Name, Bill Bill)> months) =>
        $"""
            ## A month

            | month | GB-s (100,000 are free) | executions (250,000 are free) | mails | sent, GB | logs, GB | dollars |
            |---|---|---|---|---|---|---|
            {Lines(
                months.Select(month =>
                    $"| {month.Name} | {Whole(month.Bill.GbSeconds)} | {Whole(month.Bill.Executions)} "
                    + $"| {Whole(month.Bill.Mails)} "
                    + $"| {month.Bill.GbOut.ToString("0.0", CultureInfo.InvariantCulture)} "
                    + $"| {month.Bill.GbLogs.ToString("0.0", CultureInfo.InvariantCulture)} "
                    + $"| **{Money(month.Bill.Total)}** |"
                )
            )}
            | any, on the smallest plan that is always on: {prices.AlwaysOn.Name} | | | | | | {Money(
                prices.AlwaysOn.Price
            )} and storage |
            """;

    private static string Resources(List<(string Name, Bill Bill)> months) =>
        $"""
            ## By resource

            | resource | {string.Join(" | ", months.Select(month => month.Name))} |
            |---|{string.Concat(months.Select(_ => "---|"))}
            {Lines(
                months[0]
                    .Bill.Dollars.Keys.Select(resource =>
                        $"| {resource} | "
                            + $"{string.Join(" | ", months.Select(month => Money(month.Bill.Dollars[resource])))} |"
                    )
            )}
            """;

    private static string Requests(IReadOnlyDictionary<string, JourneyCounts> counts, CostModel model)
    {
        var dearest = counts
            .Keys.Where(name => name.StartsWith(Cost.Journeys.Request, StringComparison.Ordinal))
            .Select(name => (Name: name[Cost.Journeys.Request.Length..], Dollars: model.PriceOfMillion(name)))
            .OrderByDescending(request => request.Dollars)
            .ToList();
        return $"""
            ## What a stranger can ask for

            {Wrap(
                $"The {DearestRequests} dearest of {dearest.Count} kinds of requests, with all that "
                    + "follows from them: a "
                    + "million of each, far enough apart that none shares an instance's time with another, and nothing "
                    + "of it free."
            )}

            | request | dollars a million |
            |---|---|
            {Lines(
                dearest
                    .Take(DearestRequests)
                    .Select(request => $"| {request.Name} | {Money(request.Dollars)} |")
            )}
            """;
    }

    private static string Bounds(Prices prices)
    {
        var gigabytes = BlogSettings.DefaultMediaGigabytesPerDay;
        var instance = Days * 86_400 * prices.Functions.InstanceGb * prices.Functions.GbSecond;
        return $"""
            What bounds them ([settings](settings.md)):

            {Item(
                $"**Downloads of files are the dearest.** All addresses together get {gigabytes} GB a day "
                    + "(`Blog__MediaGigabytesPerDay`), so a month of them costs at most "
                    + $"${Money(prices.Bandwidth.For(Days * gigabytes))}; one address gets a tenth of that from an "
                    + "instance. A CDN serves most of it instead."
            )}
            {Item(
                "Comments: an address may send one in 15 s (`Blog__Comments__FloodSeconds`), all together "
                    + $"{Whole(CommentSettings.DefaultMaxPerDay)} a day (`Blog__Comments__MaxPerDay`), "
                    + "which also bounds "
                    + "the mails. A refused one costs what a page costs."
            )}
            {Item(
                "Searches: an address 20 at once, then one in 2 s, all together "
                    + $"{Whole(BlogSettings.DefaultSearchesPerDay)} a day (`Blog__SearchesPerDay`)."
            )}
            {Item("Sign-in: five mails an hour for each author. Any other request for a link sends nothing.")}
            {Item(
                "Pages: nothing bounds how many are asked for, but an instance answers 100 requests at a time in the "
                    + $"time that one costs. An instance that is busy all month costs ${Money(instance)}, and "
                    + "`maximumInstanceCount` (40, the least that Azure allows) is how many there may be."
            )}
            """;
    }

    private static string Journeys(IReadOnlyDictionary<string, JourneyCounts> counts) =>
        $"""
            ## What was counted

            Executions of HTTP functions, then of others; calls to storage, with those of the Functions host to queues.

            | journey | HTTP | others | blobs read | blobs written | tables | queues | bytes sent |
            |---|---|---|---|---|---|---|---|
            {Lines(
                counts
                    .Where(item => !item.Key.StartsWith(Cost.Journeys.Request, StringComparison.Ordinal))
                    .Select(item =>
                        $"| {item.Key} | {item.Value.Requests} | {Others(item.Value)} | {item.Value.BlobReads} "
                        + $"| {item.Value.BlobWrites} | {item.Value.TableOperations} | {item.Value.QueueOperations} "
                        + $"| {Whole(item.Value.BytesOut)} |"
                    )
            )}
            """;

    private static string Assumed(IReadOnlyDictionary<string, JourneyCounts> counts, Prices prices)
    {
        var assumed = prices.Assumptions;
        var longer = prices with { Assumptions = assumed with { SecondsUntilInstanceEnds = LongerIdle } };
        var views = Scenario.All(longer.Assumptions).Single(month => month.Name == Scenario.Views100000);
        return $"""
            ## What is assumed

            {Item(
                "Every execution takes less than a second, so it is billed for one, with "
                    + $"{prices.Functions.InstanceGb} GB. "
                    + "Those that overlap on one instance share its time. Journeys begin at random, "
                    + "so of a time T with n "
                    + "of them, L seconds each, T·(1 − exp(−n·L/T)) is billed. All HTTP functions "
                    + "share instances; each "
                    + "queue and timer function has instances of its own."
            )}
            {Item(
                $"{Whole(100 * assumed.NewReaders)} of 100 views are by new readers, whose browsers "
                    + "load style sheet and "
                    + "script too. No page has pictures. No view finds its page in the instance's memory, which is the "
                    + "dearest case. One view in 100 is followed by a search, the first of its instance. "
                    + $"A publication has {Whole(assumed.PagesOfABlog)} pages rendered again, a comment "
                    + $"{Whole(assumed.PagesOfAComment)}."
            )}
            {Item(
                $"An idle instance ends after {Whole(assumed.SecondsUntilInstanceEnds)} s; one of a "
                    + "queue function looks "
                    + "for messages every 2 s until then. Azure does not publish the time. With "
                    + $"{Whole(LongerIdle)} s, {Scenario.Views100000} cost "
                    + $"${Money(new CostModel(counts, longer).Compute(views).Total)}."
            )}
            {Item(
                "Azure's own looks at the queues while no instance runs, and the leases of the Functions host, are not "
                    + "counted: only a real bill shows them, as transactions of the two storage accounts."
            )}
            {Item(
                $"The host logs {Whole(assumed.TelemetryBytesPerExecution)} bytes an execution, "
                    + "before sampling. The blog "
                    + $"stores {Whole(1000 * assumed.BlobGb)} MB of files."
            )}
            """;
    }

    /// <summary>Breaks a paragraph into lines of at most 115 characters.</summary>
    private static string Wrap(string text, string indent = "")
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length + word.Length + 1 > MaxLine)
            {
                lines.Add(indent + word);
            }
            else
            {
                lines[^1] += lines[^1].Length == 0 ? word : " " + word;
            }
        }

        return Lines(lines);
    }

    private static string Item(string text) => Wrap("- " + text, "  ");

    private static string Others(JourneyCounts counts) =>
        counts.Executions.Count == 0
            ? "0"
            : string.Join(", ", counts.Executions.Select(item => $"{item.Key} {item.Value}"));

    private static string Lines(IEnumerable<string> lines) => string.Join("\n", lines);

    private static string Money(double dollars) => dollars.ToString("N2", CultureInfo.InvariantCulture);

    private static string Whole(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
