using System.Text.Json;
using ServerlessBlog.Tests.Repository;

namespace ServerlessBlog.Tests.Cost;

/// <summary>The prices of infra/prices.json, in US dollars, and what the model assumes about the platform.</summary>
public sealed record Prices
{
    /// <summary>The file in the repository.</summary>
    public const string File = "infra/prices.json";

    /// <summary>The month of the prices, such as "October 2026".</summary>
    public required string Date { get; init; }

    /// <summary>The region of the prices.</summary>
    public required string Region { get; init; }

    /// <summary>Functions on Flex Consumption.</summary>
    public required FunctionPrices Functions { get; init; }

    /// <summary>The storage accounts.</summary>
    public required StoragePrices Storage { get; init; }

    /// <summary>Traffic to readers, for a GB.</summary>
    public required FreeThenPrice Bandwidth { get; init; }

    /// <summary>Logs, for a GB.</summary>
    public required FreeThenPrice Logs { get; init; }

    /// <summary>Event Grid, for a million events and deliveries.</summary>
    public required FreeThenPrice Events { get; init; }

    /// <summary>A metric alert, a month.</summary>
    public required double MetricAlert { get; init; }

    /// <summary>A log alert that looks every 15 minutes, a month.</summary>
    public required double LogAlert { get; init; }

    /// <summary>10,000 reads of the key vault.</summary>
    public required double KeyVaultPer10000 { get; init; }

    /// <summary>The smallest plan that is always on, a month.</summary>
    public required NamedPrice AlwaysOn { get; init; }

    /// <summary>What the model assumes.</summary>
    public required Assumptions Assumptions { get; init; }

    /// <summary>Reads the file.</summary>
    public static Prices Read() =>
        JsonSerializer.Deserialize<Prices>(
            System.IO.File.ReadAllText(RepositoryFiles.FullPath(File)),
            CostFiles.JsonOptions
        )!;
}

/// <summary>Prices of Flex Consumption.</summary>
/// <param name="GbSecond">A GB-second.</param>
/// <param name="FreeGbSeconds">GB-seconds that are free in a month.</param>
/// <param name="MillionExecutions">A million executions.</param>
/// <param name="FreeExecutions">Executions that are free in a month.</param>
/// <param name="InstanceGb">The memory of an instance, in GB.</param>
/// <param name="MinimumSeconds">The billed time of an execution, at least.</param>
public sealed record FunctionPrices(
    double GbSecond,
    double FreeGbSeconds,
    double MillionExecutions,
    double FreeExecutions,
    double InstanceGb,
    double MinimumSeconds
);

/// <summary>Prices of a storage account.</summary>
/// <param name="BlobReadsPer10000">10,000 reads of blobs.</param>
/// <param name="BlobWritesPer10000">10,000 writes or listings of blobs.</param>
/// <param name="TablesPer10000">10,000 calls to tables.</param>
/// <param name="QueuesPer10000">10,000 calls to queues.</param>
/// <param name="BlobGb">A GB of blobs, a month.</param>
/// <param name="TableGb">A GB of tables, a month.</param>
public sealed record StoragePrices(
    double BlobReadsPer10000,
    double BlobWritesPer10000,
    double TablesPer10000,
    double QueuesPer10000,
    double BlobGb,
    double TableGb
);

/// <summary>A price that is paid beyond a free amount a month.</summary>
/// <param name="Free">The amount that is free.</param>
/// <param name="Price">The price of one more.</param>
public sealed record FreeThenPrice(double Free, double Price)
{
    /// <summary>The price of an amount.</summary>
    public double For(double amount) => Math.Max(0, amount - Free) * Price;
}

/// <summary>The price of something with a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Price">The price.</param>
public sealed record NamedPrice(string Name, double Price);

/// <summary>What the model assumes; Azure publishes none of it.</summary>
/// <param name="SecondsUntilInstanceEnds">How long an instance is idle until it ends.</param>
/// <param name="TelemetryBytesPerExecution">What the host logs about an execution, before sampling.</param>
/// <param name="NewReaders">The share of views by readers whose browser has no file of the blog yet.</param>
/// <param name="PagesOfABlog">Pages that are rendered again after a publication, at the next view of each.</param>
/// <param name="PagesOfAComment">Pages that are rendered again after a comment.</param>
/// <param name="BlobGb">What the blog stores in blobs, in GB.</param>
/// <param name="TableGb">What the blog stores in tables, in GB.</param>
/// <param name="KeyVaultReads">Reads of the vault a month.</param>
public sealed record Assumptions(
    double SecondsUntilInstanceEnds,
    double TelemetryBytesPerExecution,
    double NewReaders,
    double PagesOfABlog,
    double PagesOfAComment,
    double BlobGb,
    double TableGb,
    double KeyVaultReads
);
