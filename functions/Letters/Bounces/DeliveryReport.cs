using MimeKit;

namespace ServerlessBlog.Letters.Bounces;

/// <summary>A mail server's report on a letter: that it came back (RFC 3464), or a complaint (RFC 5965).</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Ids">
/// What may be the id of the recipient: parts of the letter's Message-ID, which nobody knows but the recipient and mail
/// servers. So nobody ends somebody else's letters by a forged report.
/// </param>
public sealed record DeliveryReport(DeliveryReportKind Kind, IReadOnlyList<string> Ids)
{
    /// <summary>
    /// The maximum size of a mail that is read, in bytes: 1 MiB. Reports quote the headers of the letter.
    /// </summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly ParserOptions Options = new() { MaxMimeDepth = 16 };

    /// <summary>Parses a mail from outside; null when it is no report on a letter. Never throws.</summary>
    public static DeliveryReport? TryParse(byte[] mail)
    {
        try
        {
            using var stream = new MemoryStream(mail);
            using var message = MimeMessage.Load(Options, stream);
            return
                message.Body is MultipartReport report
                && KindOf(report) is { } kind
                && IdsOf(report) is { Count: > 0 } ids
                ? new DeliveryReport(kind, ids)
                : null;
        }
        catch (Exception problem) when (problem is FormatException or ParseException or InvalidOperationException)
        {
            return null;
        }
    }

    private static DeliveryReportKind? KindOf(MultipartReport report) =>
        report.OfType<MessageFeedbackReport>().Any() ? DeliveryReportKind.Complaint
        : report.OfType<MessageDeliveryStatus>().FirstOrDefault() is { } status ? KindOf(status)
        : null;

    /// <summary>Only "failed" ends a delivery; "delayed" and the others are ignored (RFC 3464, 2.3.3).</summary>
    private static DeliveryReportKind? KindOf(MessageDeliveryStatus status)
    {
        var failed = status.StatusGroups.FirstOrDefault(group =>
            string.Equals(group["Action"]?.Trim(), "failed", StringComparison.OrdinalIgnoreCase)
        );
        return failed is null ? null
            : failed["Status"]?.Trim().StartsWith('5') == true ? DeliveryReportKind.Permanent
            : DeliveryReportKind.Temporary;
    }

    private static List<string> IdsOf(MultipartReport report) =>
        [
            .. report
                .OfType<MessagePart>()
                .Select(part => part.Message?.MessageId?.Split('@')[0] ?? "")
                .SelectMany(id => id.Split('-'))
                .Where(Recipient.IsId),
        ];
}

/// <summary>What a report says of a letter.</summary>
public enum DeliveryReportKind
{
    /// <summary>It cannot be delivered: 5.x.x of RFC 3463.</summary>
    Permanent,

    /// <summary>It could not be delivered, and is not tried any more.</summary>
    Temporary,

    /// <summary>The recipient says that it is spam.</summary>
    Complaint,
}
