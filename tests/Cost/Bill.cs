namespace ServerlessBlog.Tests.Cost;

/// <summary>What a month costs.</summary>
internal sealed record Bill
{
    /// <summary>Billed GB-seconds, with the free ones.</summary>
    public required double GbSeconds { get; init; }

    /// <summary>Executions, with the free ones.</summary>
    public required double Executions { get; init; }

    /// <summary>GB that readers are sent, with the free ones.</summary>
    public required double GbOut { get; init; }

    /// <summary>GB of logs, with the free ones.</summary>
    public required double GbLogs { get; init; }

    /// <summary>The number of mails; the mail server is not part of the bill.</summary>
    public required double Mails { get; init; }

    /// <summary>US dollars by resource.</summary>
    public required IReadOnlyDictionary<string, double> Dollars { get; init; }

    /// <summary>US dollars.</summary>
    public double Total => Dollars.Values.Sum();
}
