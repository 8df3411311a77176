using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting.Caching;

namespace ServerlessBlog.Tests.Cost;

/// <summary>
/// Computes bills from counts and prices by the rules of Flex Consumption: all HTTP functions are one group of
/// instances, every queue and timer function is one of its own; an execution is billed for at least a second; those
/// that overlap on one instance share its time.
/// </summary>
/// <remarks>
/// Journeys begin at random. Of a time T with n of them, L seconds each, an instance is busy for T·(1 − exp(−n·L/T)):
/// the expected length of the union of intervals that begin independently of each other.
/// </remarks>
internal sealed class CostModel(IReadOnlyDictionary<string, JourneyCounts> counts, Prices prices)
{
    private const string Http = "HTTP";

    /// <summary>How often a running instance looks into its queue: maxPollingInterval in host.json.</summary>
    private const double SecondsBetweenPolls = 2;

    private static readonly HashSet<string> QueueFunctions =
    [
        .. Program.Functions.With<QueueTriggerAttribute>().Select(queue => queue.Function.Name),
    ];

    /// <summary>Computes the bill of a month.</summary>
    public Bill Compute(Scenario scenario)
    {
        var usage = scenario.Parts.Select(Measure).Aggregate((sum, part) => sum.Add(part));
        return new Bill
        {
            GbSeconds = usage.Seconds * prices.Functions.InstanceGb,
            Executions = usage.Executions,
            GbOut = usage.BytesOut / 1e9,
            GbLogs = usage.LogBytes / 1e9,
            Mails = usage.Mails,
            Dollars = Price(usage),
        };
    }

    /// <summary>
    /// The price of a million journeys that overlap with nothing, in US dollars, without anything that is free.
    /// </summary>
    public double PriceOfMillion(string journey)
    {
        var used = counts[journey];
        var seconds = used.HttpSeconds + used.Executions.Values.Sum();
        var executions = used.Requests + used.Executions.Values.Sum();
        return (seconds * prices.Functions.InstanceGb * prices.Functions.GbSecond * 1e6)
            + (executions * prices.Functions.MillionExecutions)
            + (Operations(used).Sum(operation => operation.Dollars) * 1e6)
            + (used.BytesOut * prices.Bandwidth.Price / 1e3)
            + (LogBytes(used) * prices.Logs.Price / 1e3);
    }

    private Dictionary<string, double> Price(Usage usage)
    {
        var (functions, storage, assumed) = (prices.Functions, prices.Storage, prices.Assumptions);
        return new()
        {
            ["Functions, time"] = new FreeThenPrice(functions.FreeGbSeconds, functions.GbSecond).For(
                usage.Seconds * functions.InstanceGb
            ),
            ["Functions, executions"] = new FreeThenPrice(
                functions.FreeExecutions,
                functions.MillionExecutions / 1e6
            ).For(usage.Executions),
            ["Storage, blobs"] = usage.Blobs + (assumed.BlobGb * storage.BlobGb),
            ["Storage, tables"] = usage.Tables + (assumed.TableGb * storage.TableGb),
            ["Storage, queues"] = usage.Queues,
            ["Event Grid"] = prices.Events.For(usage.Events / 1e6),
            ["Key Vault"] = assumed.KeyVaultReads * prices.KeyVaultPer10000 / 1e4,
            ["Logs"] = prices.Logs.For(usage.LogBytes / 1e9),
            ["Alert"] = prices.MetricAlert,
            ["Traffic"] = prices.Bandwidth.For(usage.BytesOut / 1e9),
        };
    }

    private Usage Measure(ScenarioPart part)
    {
        var journeys = part.Journeys.Select(item => (Times: item.Value, Used: counts[item.Key])).ToList();
        double Sum(Func<JourneyCounts, double> of) => journeys.Sum(journey => journey.Times * of(journey.Used));

        var groups = journeys
            .SelectMany(journey =>
                journey
                    .Used.Executions.Select(group => (group.Key, Times: journey.Times * group.Value))
                    .Append((Key: Http, Times: journey.Times * journey.Used.HttpSeconds))
            )
            .ToLookup(group => group.Key, group => group.Times);
        var busy = groups.Sum(group =>
            Busy(part.Time, group.Sum(), group.Key == Http ? 1 : prices.Functions.MinimumSeconds)
        );
        var polls =
            groups
                .Where(group => QueueFunctions.Contains(group.Key))
                .Sum(group => Busy(part.Time, group.Sum(), prices.Assumptions.SecondsUntilInstanceEnds))
            / SecondsBetweenPolls;
        var revisionReads =
            Busy(part.Time, Sum(used => used.Requests), CacheLimits.SiteIdleAfter.TotalSeconds)
            / CacheLimits.Lifetime.TotalSeconds;
        return new Usage
        {
            Seconds = busy,
            Executions = Sum(used => used.Requests + used.Executions.Values.Sum()),
            Blobs = Sum(used => Operations(used)[0].Dollars),
            Tables = Sum(used => Operations(used)[1].Dollars) + (revisionReads * prices.Storage.TablesPer10000 / 1e4),
            Queues = Sum(used => Operations(used)[2].Dollars) + (polls * prices.Storage.QueuesPer10000 / 1e4),
            Events = Sum(used => 2 * used.Events), // published and delivered
            BytesOut = Sum(used => used.BytesOut),
            LogBytes = Sum(LogBytes),
            Mails = Sum(used => used.Mails),
        };
    }

    /// <summary>The seconds in which an instance is busy, see the remarks.</summary>
    private static double Busy(TimeSpan time, double times, double seconds) =>
        time.TotalSeconds * (1 - Math.Exp(-times * seconds / time.TotalSeconds));

    private double LogBytes(JourneyCounts used) =>
        used.LogBytes
        + ((used.Requests + used.Executions.Values.Sum()) * prices.Assumptions.TelemetryBytesPerExecution);

    private (string Name, double Dollars)[] Operations(JourneyCounts used) =>
        [
            (
                "blobs",
                (
                    (used.BlobReads * prices.Storage.BlobReadsPer10000)
                    + (used.BlobWrites * prices.Storage.BlobWritesPer10000)
                ) / 1e4
            ),
            ("tables", used.TableOperations * prices.Storage.TablesPer10000 / 1e4),
            ("queues", used.QueueOperations * prices.Storage.QueuesPer10000 / 1e4),
        ];

    private sealed record Usage
    {
        public double Seconds { get; init; }
        public double Executions { get; init; }
        public double Blobs { get; init; }
        public double Tables { get; init; }
        public double Queues { get; init; }
        public double Events { get; init; }
        public double BytesOut { get; init; }
        public double LogBytes { get; init; }
        public double Mails { get; init; }

        public Usage Add(Usage other) =>
            new()
            {
                Seconds = Seconds + other.Seconds,
                Executions = Executions + other.Executions,
                Blobs = Blobs + other.Blobs,
                Tables = Tables + other.Tables,
                Queues = Queues + other.Queues,
                Events = Events + other.Events,
                BytesOut = BytesOut + other.BytesOut,
                LogBytes = LogBytes + other.LogBytes,
                Mails = Mails + other.Mails,
            };
    }
}
