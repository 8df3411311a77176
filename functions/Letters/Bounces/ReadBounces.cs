namespace ServerlessBlog.Letters.Bounces;

/// <summary>
/// Daily: reads the reports on letters that came back, and on complaints. A letter that cannot be delivered ends all
/// until the address is confirmed again, as do three in a row that could not; a complaint ends them for good.
/// </summary>
public sealed partial class ReadBounces(
    BounceFiles files,
    RecipientTable recipients,
    BlogSettings settings,
    TimeProvider clock,
    ILogger<ReadBounces> logger
) : IDailyTask
{
    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!settings.SendsMail)
        {
            return;
        }

        await foreach (var mail in files.ReadAsync(cancellationToken))
        {
            var report = DeliveryReport.TryParse(mail.Bytes);
            var recipient = report is null ? null : await FindAsync(report, cancellationToken);
            if (report is null || recipient is null)
            {
                LogOther(mail.Name);
                await files.MarkSeenAsync(mail, cancellationToken);
                continue;
            }

            await ApplyAsync(report.Kind, recipient, mail.Time, cancellationToken);
            LogReport(recipient.Id, report.Kind);
            await files.DeleteAsync(mail, cancellationToken);
        }
    }

    private async Task<Recipient?> FindAsync(DeliveryReport report, CancellationToken cancellationToken)
    {
        foreach (var id in report.Ids)
        {
            if (await recipients.FindAsync(id, cancellationToken) is { Value: var recipient })
            {
                return recipient;
            }
        }

        return null;
    }

    private Task ApplyAsync(
        DeliveryReportKind kind,
        Recipient recipient,
        DateTimeOffset time,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        return kind switch
        {
            DeliveryReportKind.Complaint => recipients.SuppressAsync(recipient, cancellationToken),
            DeliveryReportKind.Permanent => recipients.ChangeAsync(
                recipient.Id,
                read => read.WithBounce(now),
                cancellationToken
            ),
            // After a crash, a report that was counted is not counted again.
            _ => recipients.ChangeAsync(
                recipient.Id,
                read => read.LastRefusal > time ? null : read.WithRefusal(now),
                cancellationToken
            ),
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The recipient {Id}: a report of a mail server ({Kind}).")]
    private partial void LogReport(string id, DeliveryReportKind kind);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The mail {Name} in bounces is no report on a letter: it stays."
    )]
    private partial void LogOther(string name);
}
